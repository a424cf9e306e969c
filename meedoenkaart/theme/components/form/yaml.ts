import {
  Document,
  type ParsedNode,
  Scalar,
  YAMLMap,
  YAMLSeq,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  parse,
  parseDocument,
  visit,
} from "yaml"
import { ANY_ID, type Layout, type Order, type Shape, type Tree } from "./model"

/** Columns that a line of a file has at most, where it can be broken. */
const WIDTH = 100
/** All scalars are text to us: the record gives them a type. */
const TEXTS = { schema: "failsafe" } as const
const LAYOUT = { indentSeq: true, flowCollectionPadding: false, lineWidth: 0 }
export type Path = (string | number)[]

/** Return a new file, laid out as `meedoenkaart format` does; editors find its `schema` there. */
export function newFile(tree: Tree, data: Layout, schema = "../../../schemas/organisation.json"): string {
  return `# yaml-language-server: $schema=${schema}\n${written(tree, [], 0, data)}`
}

let last: { text: string; document: Parsed } | undefined
type Parsed = ReturnType<typeof parseDocument>

/** Return what the library reads in a text: of the last one it is remembered. */
export function parsed(text: string): Parsed {
  if (last?.text !== text) last = { text, document: parseDocument(text, TEXTS) }
  return last.document
}

/** Return the values of a file; raises an error when it can't be read. */
export function valuesOf(source: string): Tree {
  const document = parsed(source)
  if (document.errors.length || !isMap(document.contents)) throw new Error("not a file of the catalogue")
  return document.toJS() as Tree
}

/**
 * Set, add or take away (`undefined`) one value of a file, and leave every other line as it is.
 *
 * The library says where each value stands; writing the whole document anew would break lines elsewhere.
 */
export function changed(source: string, path: Path, value: Tree | undefined, data: Layout): string {
  const text = ended(source)
  const { steps, node } = wayTo(text, path)
  const end = steps.at(-1)
  if (!end) return text
  const flow = steps.findIndex(step => step.parent.flow)
  if (flow >= 0) return inFlow(text, steps[flow] as Step, flow, path, value, data)
  if (node && steps.length === path.length) {
    return value === undefined ? removed(text, steps) : replaced(text, node, end, path, value, data)
  }
  if (value === undefined) return text
  if (!node) return inserted(text, end, path, steps.length, value, data)
  return replaced(text, node, end, path.slice(0, steps.length), nested(path.slice(steps.length), value), data)
}

/** Take an item of a list, or of records by id, out of a file: with the comments above it, which are about it. */
export function without(source: string, path: Path): string {
  const { chunks, before, after, index } = chunksAt(source, path)
  if (index < 0 || chunks.length < 2) return changed(source, path, undefined, { fields: {}, order: [], shapes: [] })
  return before + joined(chunks, chunks.filter((_, at) => at !== index)) + after
}

/** Put an item of a list, or of records by id, before another one, or at the end: with the comments above it. */
export function moved(source: string, path: Path, to: string | number | undefined): string {
  const { chunks, before, after, index } = chunksAt(source, path)
  const target = to === undefined ? chunks.length : chunks.findIndex(one => one.key === to)
  const item = chunks[index]
  if (!item || target < 0) return source
  const others = (from: number, to: number): Chunk[] => chunks.slice(from, to).filter(one => one !== item)
  return before + joined(chunks, [...others(0, target), item, ...others(target, chunks.length)]) + after
}

interface Chunk {
  key: string | number
  /** The empty lines above. */
  room: string
  /** The lines of an item, and the comments above it. */
  body: string
}

/** Return the lines of the items beside the one that a path leads to; none where they do not stand on lines of their own. */
function chunksAt(source: string, path: Path): { chunks: Chunk[]; before: string; after: string; index: number } {
  const text = ended(source)
  const { steps, node } = wayTo(text, path)
  const parent = steps.at(-1)?.parent
  const none = { chunks: [], before: text, after: "", index: -1 }
  if (!parent || !node || steps.length < path.length || steps.some(step => step.parent.flow)) return none
  const items = isMap(parent)
    ? (parent as YAMLMap.Parsed).items.map(({ key, value }) => ({ key: String(key), node: value ?? key }))
    : (parent as YAMLSeq.Parsed).items.map((one, key) => ({ key, node: one as ParsedNode }))
  const starts = items.map(({ key }) => keyStart(text, { parent, key }))
  const first = lineStart(text, starts[0] ?? 0)
  const column = (starts[0] ?? 0) - first
  if (!starts.every(start => text.slice(lineStart(text, start), start).trim() === "")) return none
  let end = steps.length > 1 ? above(text, first) : first // the head of a file stays where it is
  const before = text.slice(0, end)
  const chunks: Chunk[] = []
  for (const [index, { key, node: item }] of items.entries()) {
    const start = starts[index] ?? 0
    const lines = text.slice(end, lineStart(text, start))
    // A comment that stands deeper is still about the item before.
    const deeper = new RegExp(`^(?: *\n)*(?: {${column + 1},}#[^\n]*\n)+`).exec(lines)?.[0] ?? ""
    const previous = chunks.at(-1)
    if (previous) previous.body += deeper
    const rest = previous ? lines.slice(deeper.length) : lines
    const room = /^(?:[ \t]*\n)*/.exec(rest)?.[0] ?? ""
    end = lineEnd(text, endOf(text, item)) + 1
    chunks.push({ key, room, body: rest.slice(room.length) + text.slice(lineStart(text, start), end) })
  }
  return { chunks, before, after: text.slice(end), index: chunks.findIndex(one => one.key === path.at(-1)) }
}

/** Return where the comments begin that stand right above a line, as deep as it. */
function above(text: string, line: number): number {
  const depth = /^ */.exec(text.slice(line))?.[0] ?? ""
  let start = line
  while (start > 0) {
    const previous = lineStart(text, start - 1)
    if (!text.startsWith(`${depth}#`, previous)) break
    start = previous
  }
  return start
}

/** Join items in another order: the room between them stays where it is. */
function joined(before: Chunk[], now: Chunk[]): string {
  return now.map(({ body }, index) => (before[index]?.room ?? "") + body).join("")
}

function ended(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`
}

/** Return the collections on the way to a value, and what stands where the way ends. */
function wayTo(text: string, path: Path): { steps: Step[]; node: ParsedNode | null } {
  const steps: Step[] = []
  let node = parsed(text).contents as ParsedNode | null
  for (const key of path) {
    // Empty brackets, like an empty value, and what is of another kind give way to what is written.
    if (!isCollection(node) || (node.flow && !node.items.length) || isSeq(node) !== (typeof key === "number")) break
    steps.push({ parent: node, key })
    node = childOf(node, key)
    if (!node) break
  }
  return { steps, node }
}

/** Return a value with the parts of a file around it that a path names. */
function nested(path: Path, value: Tree): Tree {
  return path.reduceRight<Tree>((inner, key) => (typeof key === "number" ? [inner] : { [key]: inner }), value)
}

interface Step {
  parent: YAMLMap.Parsed | YAMLSeq.Parsed
  key: string | number
}

function childOf(node: ParsedNode, key: string | number): ParsedNode | null {
  if (isMap(node)) return pairIn(node as YAMLMap.Parsed, key)?.value ?? null
  if (isSeq(node)) return ((node as YAMLSeq.Parsed).items[Number(key)] as ParsedNode | undefined) ?? null
  return null
}

function replaced(text: string, node: ParsedNode, at: Step, path: Path, value: Tree, data: Layout): string {
  if (isSeq(node) && !node.flow && isInOrder(node as YAMLSeq.Parsed, value)) {
    return changedList(text, node as YAMLSeq.Parsed, value as Tree[], path, data)
  }
  const [start, end] = [node.range[0], Math.max(endOf(text, node), node.range[0])]
  const indent = indentOf(text, keyStart(text, at))
  const beside = text.slice(end, lineEnd(text, end)).trim() !== "" || behind(text, node, indent) > lineEnd(text, end) + 1
  if (isSeq(at.parent)) {
    const dash = keyStart(text, at)
    const item = written([value], path.slice(0, -1), indent, data, beside, true).trim()
    const isBare = text.slice(dash + 1, start).trim() === ""
    return isBare ? text.slice(0, dash) + item + text.slice(end) : text.slice(0, start) + item.slice(2) + text.slice(end)
  }
  const whole = written({ [String(path.at(-1))]: value }, path.slice(0, -1), indent, data, beside)
  const name = `${path.at(-1)}:`
  const fresh = whole.slice(whole.indexOf(name) + name.length).replace(/\n$/, "")
  // What was written over several lines, or will be, begins behind the colon.
  const colon = text.indexOf(":", keyEnd(at)) + 1
  if (text.slice(colon, start).trim() === "") return text.slice(0, colon) + fresh + text.slice(end)
  const before = text.slice(0, start)
  return (fresh.startsWith("\n") ? before.trimEnd() + fresh : before + fresh.trimStart()) + text.slice(end)
}

/** Say whether those texts of a list that stay do so in their order. */
function isInOrder(node: YAMLSeq.Parsed, value: Tree): boolean {
  if (!Array.isArray(value) || !node.items.every(isScalar)) return false
  const present = node.items.map(item => valueOf(item as ParsedNode))
  const kept = value.filter(one => present.includes(String(one)))
  return present.filter(one => kept.includes(one)).every((one, index) => one === kept[index])
}

/** Change which values a list has that is written over several lines, item by item. */
function changedList(text: string, node: YAMLSeq.Parsed, value: Tree[], path: Path, data: Layout): string {
  const wanted = value.map(String)
  const items = node.items.map(item => item as ParsedNode)
  const startOf = (item: ParsedNode): number => lineStart(text, keyStart(text, { parent: node, key: items.indexOf(item) }))
  const lineBehind = (item: ParsedNode): number => lineEnd(text, endOf(text, item)) + 1
  const indent = indentOf(text, node.range[0])
  const gone = items.filter(item => !wanted.includes(valueOf(item)))
  const edits = gone.map(item => ({ start: startOf(item), end: lineBehind(item), fresh: "" }))
  let place = startOf(items[0] as ParsedNode)
  for (const one of wanted) {
    const item = items.find(item => valueOf(item) === one)
    if (item) place = lineBehind(item)
    else edits.push({ start: place, end: place, fresh: written([one], path, indent, data, false, true) })
  }
  // From the last to the first; of those at one place the last that was found is put in first.
  const ordered = edits.reverse().sort((one, other) => other.start - one.start || other.end - one.end)
  return ordered.reduce((now, { start, end, fresh }) => now.slice(0, start) + fresh + now.slice(end), text)
}

function removed(text: string, steps: Step[]): string {
  const { parent, key } = steps.at(-1) as Step
  if (parent.items.length === 1 && steps.length > 1) return removed(text, steps.slice(0, -1))
  const node = childOf(parent, key) as ParsedNode
  const start = keyStart(text, { parent, key })
  const onlyKeyBefore = text.slice(lineStart(text, start), start).trim() === ""
  const end = lineEnd(text, endOf(text, node)) + 1
  if (onlyKeyBefore || isSeq(parent)) return text.slice(0, lineStart(text, start)) + text.slice(end)
  return text.slice(0, start) + text.slice(end).replace(/^ +/, "") // "- " goes before the next field
}

function inserted(text: string, at: Step, path: Path, depth: number, value: Tree, data: Layout): string {
  const within = path.slice(0, depth - 1)
  const rest = path.slice(depth)
  const whole = nested(rest, value)
  if (isSeq(at.parent)) {
    const last = at.parent.items.at(-1) as ParsedNode
    const indent = indentOf(text, (at.parent as YAMLSeq.Parsed).range[0])
    const after = behind(text, last, indent)
    return text.slice(0, after) + written([whole], within, indent, data, false, true) + text.slice(after)
  }
  const map = at.parent as YAMLMap.Parsed
  const order = orderAt(data.order, within).map(([name]) => name)
  const rank = (name: unknown): number => order.indexOf(String(name))
  const before = order[0] === ANY_ID ? map.items.at(-1) : map.items.filter(one => rank(one.key) < rank(at.key) && rank(one.key) >= 0).at(-1)
  const first = map.items[0]?.key.range[0] ?? 0
  const indent = first - lineStart(text, first)
  const fresh = written({ [String(at.key)]: whole }, within, indent, data)
  if (before) {
    const after = behind(text, before.value ?? before.key, indent)
    return text.slice(0, after) + fresh + text.slice(after)
  }
  return text.slice(0, first) + fresh.trimStart() + " ".repeat(indent) + text.slice(first)
}

/** Write a collection in brackets anew with one value changed: it stands on one line. */
function inFlow(text: string, step: Step, depth: number, path: Path, value: Tree | undefined, data: Layout): string {
  const outer = step.parent
  const document = new Document(outer.toJSON() as Tree, TEXTS)
  const inner = path.slice(depth)
  if (value === undefined) document.deleteIn(inner)
  else document.setIn(inner, document.createNode(value))
  visit(document, {
    Collection: (_, node) => {
      node.flow = true
    },
    Scalar: (_, node, ancestors) => quoteWhatMisleads(node, shapeAt(data, [...path.slice(0, depth), ...keysOf(ancestors)])),
  })
  const [start, end] = outer.range
  return text.slice(0, start) + document.toString(LAYOUT).trimEnd() + text.slice(end)
}

/** Return where the line begins behind a value and the comments that stand deeper than its part: these are about it. */
function behind(text: string, node: ParsedNode, indent: number): number {
  const next = lineEnd(text, endOf(text, node)) + 1
  return next + deeperComments(text.slice(next), indent).length
}

/** Return the lines that a text begins with as far as they are comments which stand deeper. */
function deeperComments(text: string, indent: number): string {
  return new RegExp(`^(?:(?: *\\n)* {${indent + 1},}#[^\\n]*\\n)+`).exec(text)?.[0] ?? ""
}

/** Return where a value ends, without the line end that belongs to a text over several lines. */
function endOf(text: string, node: ParsedNode): number {
  if (isCollection(node) && !node.flow && node.items.length) {
    const last = isMap(node) ? (node as YAMLMap.Parsed).items.at(-1) : undefined
    const inner = last ? (last.value ?? last.key) : (node.items.at(-1) as ParsedNode)
    return endOf(text, inner as ParsedNode)
  }
  const [start, end] = node.range
  return start + text.slice(start, end).trimEnd().length
}

/** Return where the name of a field stands, or the dash of an item. */
function keyStart(text: string, { parent, key }: Step): number {
  if (isMap(parent)) return pairIn(parent as YAMLMap.Parsed, key)?.key.range[0] ?? 0
  const start = (parent.items[Number(key)] as ParsedNode).range[0]
  const first = (parent as YAMLSeq.Parsed).range[0]
  const dash = `${" ".repeat(indentOf(text, first))}-`
  for (let line = lineStart(text, start); line > first; line = lineStart(text, line - 1)) {
    if (text.startsWith(dash, line)) return line + dash.length - 1
  }
  return first
}

function keyEnd({ parent, key }: Step): number {
  return pairIn(parent as YAMLMap.Parsed, key)?.key.range[1] ?? 0
}

function pairIn(map: YAMLMap.Parsed, key: string | number): YAMLMap.Parsed["items"][number] | undefined {
  return map.items.find(one => String(one.key) === key)
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset)
  return end < 0 ? text.length : end
}

/** Return the column at which the fields beside a field begin; a dash before the first does not count. */
function indentOf(text: string, offset: number): number {
  return offset - lineStart(text, offset)
}

function valueOf(node: ParsedNode): string {
  return isScalar(node) ? String(node.value) : ""
}

/** Return the order of the fields within the part of a file that a path leads to. */
function orderAt(order: Order, path: Path): Order {
  return path.reduce<Order>((within, key) => {
    return typeof key === "number" ? within : (fieldIn(within, key)?.[1] ?? [])
  }, order)
}

/** Return values as YAML, each line indented; `oneLine` breaks no text, `asList` puts each item on a line of its own. */
function written(tree: Tree, path: Path, indent: number, data: Layout, oneLine = false, asList = false): string {
  const document = new Document(tree, TEXTS)
  const room = WIDTH - indent
  visit(document, {
    Seq: (key, node) => {
      const plain = node.items.every(isScalar)
      const length = node.items.reduce<number>((sum, item) => sum + String(item).length + 2, 20)
      if (plain && !(asList && key === null) && length < room) node.flow = true
    },
    Scalar: (key, node, ancestors) => {
      if (key === "key") return
      const shape = shapeAt(data, [...path, ...keysOf(ancestors)])
      quoteWhatMisleads(node, shape)
      const line = String(node.value)
      const isLong = shape?.kind === "text" && line.length + 2 * ancestors.length + 12 > room
      if (isLong && !oneLine) node.type = Scalar.BLOCK_FOLDED
    },
  })
  const lines = document.toString(LAYOUT).trimEnd().split("\n")
  return lines.flatMap((line, index) => folded(line, lines[index - 1] ?? "", room)).map(line => " ".repeat(indent) + line).join("\n") + "\n"
}

/** Break the line of a folded text (`>-`) at spaces; YAML reads the breaks as spaces. */
function folded(line: string, before: string, width: number): string[] {
  if (!/: >-?$/.test(before)) return [line]
  const margin = /^ */.exec(line)?.[0] ?? ""
  const lines: string[] = []
  let current = ""
  for (const word of line.trim().split(" ")) {
    if (current && margin.length + current.length + word.length + 1 > width) {
      lines.push(margin + current)
      current = word
    } else {
      current = current ? `${current} ${word}` : word
    }
  }
  return [...lines, margin + current]
}

function keysOf(ancestors: readonly unknown[]): Path {
  return ancestors.flatMap(one => {
    const key = (one as { key?: unknown }).key
    return isScalar(key) ? [String(key.value)] : []
  })
}

function fieldIn(within: Order, key: string): Order[number] | undefined {
  return within.find(([name]) => name === key || name === ANY_ID)
}

/** Return the key of the field that a path leads to: without the indexes of lists, and with `*` for an id. */
export function fieldKey(order: Order, path: Path): string {
  let within = order
  const names = path.flatMap(key => {
    if (typeof key === "number") return []
    const field = fieldIn(within, key)
    within = field?.[1] ?? []
    return [field?.[0] ?? key]
  })
  return names.join(".")
}

function shapeAt(data: Layout, path: Path): Shape | undefined {
  const key = fieldKey(data.order, path)
  const shape = Object.hasOwn(data.fields, key) ? data.fields[key]?.shape : undefined
  return shape === undefined ? undefined : data.shapes[shape]
}

/** Put a text between quotes that other programs would take for a number, a date, or yes or no. */
function quoteWhatMisleads(node: Scalar, shape: Shape | undefined): void {
  const isTyped = shape?.kind === "day" || shape?.kind === "number" || shape?.rule === "not-a-time"
  if (isTyped || typeof node.value !== "string") return
  if (misleads(node.value, "1.1") || misleads(node.value, "1.2")) node.type = Scalar.QUOTE_DOUBLE
}

function misleads(text: string, version: "1.1" | "1.2"): boolean {
  try {
    const read: unknown = parse(text, { version, logLevel: "silent" })
    return read !== text && (typeof read !== "object" || read instanceof Date || read === null)
  } catch {
    return false // not plain YAML at all: the library puts it between quotes itself
  }
}
