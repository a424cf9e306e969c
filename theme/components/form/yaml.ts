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
import { type Data, type Order, type Shape, type Tree, fieldPath } from "./model"

/** Columns that a line of a file has at most, where it can be broken. */
const WIDTH = 100
const HEADER = "# yaml-language-server: $schema=../../../schemas/organisation.json\n"
/** All scalars are text to us: the record gives them a type. */
const TEXTS = { schema: "failsafe" } as const
const LAYOUT = { indentSeq: true, flowCollectionPadding: false, lineWidth: 0 }
export type Path = (string | number)[]

/** Return a new file, laid out as `meedoenkaart format` does. */
export function newFile(tree: Tree, data: Data): string {
  return HEADER + written(tree, [], 0, data)
}

/** Return the values of a file; raises an error when it can't be read. */
export function valuesOf(source: string): Tree {
  const document = parseDocument(source, TEXTS)
  if (document.errors.length || !isMap(document.contents)) throw new Error("not a file of the catalogue")
  return document.toJS() as Tree
}

/**
 * Set, add or take away (`undefined`) one value of a file, and leave every other line as it is.
 *
 * The library says where each value stands; writing the whole document anew would break lines elsewhere.
 */
export function changed(source: string, path: Path, value: Tree | undefined, data: Data): string {
  const text = source.endsWith("\n") ? source : `${source}\n`
  const root = parseDocument(text, TEXTS).contents
  const steps: Step[] = []
  let node: ParsedNode | null = root
  for (const key of path) {
    if (!isCollection(node)) break
    steps.push({ parent: node, key })
    node = childOf(node, key)
    if (!node) break
  }
  const last = steps.at(-1)
  if (!last) return text
  const flow = steps.findIndex(step => step.parent.flow)
  if (flow >= 0) return inFlow(text, steps[flow] as Step, flow, path, value)
  if (node && steps.length === path.length) {
    return value === undefined ? removed(text, steps) : replaced(text, node, last, path, value, data)
  }
  return value === undefined || node ? text : inserted(text, last, path, steps.length, value, data)
}

interface Step {
  parent: YAMLMap.Parsed | YAMLSeq.Parsed
  key: string | number
}

function childOf(node: ParsedNode, key: string | number): ParsedNode | null {
  if (isMap(node)) return (node as YAMLMap.Parsed).items.find(one => String(one.key) === key)?.value ?? null
  if (isSeq(node)) return ((node as YAMLSeq.Parsed).items[Number(key)] as ParsedNode | undefined) ?? null
  return null
}

function replaced(text: string, node: ParsedNode, at: Step, path: Path, value: Tree, data: Data): string {
  if (isSeq(node) && !node.flow && Array.isArray(value)) return changedList(text, node as YAMLSeq.Parsed, value, path, data)
  const [start, end] = [node.range[0], endOf(text, node)]
  const beside = text.slice(end, lineEnd(text, end)).trim() !== ""
  const column = start - lineStart(text, keyStart(at))
  const indent = indentOf(text, keyStart(at))
  const whole = written({ [String(path.at(-1))]: value }, path.slice(0, -1), indent, data, beside || column < 0)
  const name = `${path.at(-1)}:`
  const fresh = whole.slice(whole.indexOf(name) + name.length).replace(/^ /, "").replace(/\n$/, "")
  return text.slice(0, start) + fresh + text.slice(end)
}

/** Change which values a list has that is written over several lines, item by item. */
function changedList(text: string, node: YAMLSeq.Parsed, value: Tree[], path: Path, data: Data): string {
  const wanted = value.map(String)
  const items = node.items.map(item => item as ParsedNode)
  const kept = items.filter(item => wanted.includes(valueOf(item)))
  const fresh = wanted.filter(one => !items.some(item => valueOf(item) === one))
  const after = lineEnd(text, endOf(text, items.at(-1) as ParsedNode)) + 1
  const indent = indentOf(text, items[0]?.range[0] ?? 0)
  const added = fresh.length ? written(fresh, path, indent, data, false, true) : ""
  let result = text.slice(0, after) + added + text.slice(after)
  for (const item of items.filter(one => !kept.includes(one)).reverse()) {
    result = result.slice(0, lineStart(result, item.range[0])) + result.slice(lineEnd(result, endOf(result, item)) + 1)
  }
  return result
}

function removed(text: string, steps: Step[]): string {
  const { parent, key } = steps.at(-1) as Step
  if (parent.items.length === 1 && steps.length > 1) return removed(text, steps.slice(0, -1))
  const node = childOf(parent, key) as ParsedNode
  const start = keyStart({ parent, key })
  const onlyKeyBefore = text.slice(lineStart(text, start), start).trim() === ""
  const end = lineEnd(text, endOf(text, node)) + 1
  if (onlyKeyBefore || isSeq(parent)) return text.slice(0, lineStart(text, start)) + text.slice(end)
  return text.slice(0, start) + text.slice(end).replace(/^ +/, "") // "- " goes before the next field
}

function inserted(text: string, at: Step, path: Path, depth: number, value: Tree, data: Data): string {
  const within = path.slice(0, depth - 1)
  const rest = path.slice(depth)
  const whole = rest.reduceRight<Tree>((inner, key) => (typeof key === "number" ? [inner] : { [key]: inner }), value)
  if (isSeq(at.parent)) {
    const last = at.parent.items.at(-1) as ParsedNode
    const after = lineEnd(text, endOf(text, last)) + 1
    const indent = text.slice(lineStart(text, last.range[0]), last.range[0]).indexOf("-")
    return text.slice(0, after) + written([whole], within, indent, data, false, true) + text.slice(after)
  }
  const map = at.parent as YAMLMap.Parsed
  const order = orderAt(data.order, within).map(([name]) => name)
  const rank = (name: unknown): number => order.indexOf(String(name))
  const before = map.items.filter(pair => rank(pair.key) < rank(at.key) && rank(pair.key) >= 0).at(-1)
  const first = map.items[0]?.key.range[0] ?? 0
  const indent = first - lineStart(text, first)
  const fresh = written({ [String(at.key)]: whole }, within, indent, data)
  if (before) {
    const after = lineEnd(text, endOf(text, before.value ?? before.key)) + 1
    return text.slice(0, after) + fresh + text.slice(after)
  }
  return text.slice(0, first) + fresh.trimStart() + " ".repeat(indent) + text.slice(first)
}

/** Write a collection in brackets anew with one value changed: it stands on one line. */
function inFlow(text: string, step: Step, depth: number, path: Path, value: Tree | undefined): string {
  const outer = step.parent
  const document = new Document(outer.toJSON() as Tree, TEXTS)
  const inner = path.slice(depth)
  if (value === undefined) document.deleteIn(inner)
  else document.setIn(inner, document.createNode(value))
  visit(document, {
    Collection: (_, node) => {
      node.flow = true
    },
    Scalar: (_, node) => quoteWhatMisleads(node, undefined),
  })
  const [start, end] = outer.range
  return text.slice(0, start) + document.toString(LAYOUT).trimEnd() + text.slice(end)
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

function keyStart({ parent, key }: Step): number {
  if (isMap(parent)) return (parent as YAMLMap.Parsed).items.find(one => String(one.key) === key)?.key.range[0] ?? 0
  return (parent.items[Number(key)] as ParsedNode).range[0]
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
    return typeof key === "number" ? within : (within.find(([name]) => name === key)?.[1] ?? [])
  }, order)
}

/** Return values as YAML, each line indented; `oneLine` breaks no text, `asList` puts each item on a line of its own. */
function written(tree: Tree, path: Path, indent: number, data: Data, oneLine = false, asList = false): string {
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

function shapeAt(data: Data, path: Path): Shape | undefined {
  const field = data.fields[fieldPath(path.join("."))]
  return field?.shape === undefined ? undefined : data.shapes[field.shape]
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
