import { type Pair, type ParsedNode, type YAMLMap, isAlias, isCollection, isMap, isScalar, isSeq, visit } from "yaml"
import type { Tree } from "../form/model"
import { type Path, parsed } from "../form/yaml"

/** What a file holds at most, of characters, lines, separators, open brackets and items: more would keep a browser busy. */
const [LONGEST, MOST_LINES, MOST_SEPARATORS, DEEPEST, MOST_ITEMS] = [200_000, 8_000, 10_000, 20, 300]

/** What stands in the text of a route. Values stand there as in the file; texts are the Dutch ones. */
export interface RouteView {
  tree: { [name: string]: Tree }
  actors: Part[]
  phases: Part[]
  lanes: Part[]
  steps: StepView[]
}

/** A record that a file keeps by id. */
export interface Part {
  id: string
  /** Its title or name; may be empty. */
  title: string
}

/** What places a step on the board. Ids that are not in the file stay as they are. */
export interface StepView extends Part {
  phase: string
  until: string
  lane: string
  actor: string
  together: string[]
  after: string[]
  backTo: string[]
  fulfils: string[]
  onlyIn: string[]
  accent: boolean
  contactMoment: boolean
  fromBudget: boolean
}

/** Why a text can't be edited part by part. */
export type Refusal = "too-large" | "not-yaml" | "not-a-route" | "shared"

export const PARTS = ["actors", "phases", "lanes", "steps"] as const
export type Kind = (typeof PARTS)[number]

let last: { text: string; read: RouteView | Refusal } | undefined

/** Return what stands in a text; nothing when it can't be edited part by part. */
export function viewOf(text: string): RouteView | undefined {
  const found = read(text)
  return typeof found === "string" ? undefined : found
}

/** Return why a text can't be edited part by part; nothing when it can. */
export function refusalOf(text: string): Refusal | undefined {
  const found = read(text)
  return typeof found === "string" ? found : undefined
}

function read(text: string): RouteView | Refusal {
  if (last?.text !== text) last = { text, read: readAnew(text) }
  return last.read
}

function readAnew(text: string): RouteView | Refusal {
  if (text.length > LONGEST || countOf("\n", text) > MOST_LINES || countOf(":", text) + countOf(",", text) > MOST_SEPARATORS) return "too-large"
  if (isDeep(text)) return "not-yaml"
  try {
    const document = parsed(text)
    const root = document.contents
    if (document.errors.length) return "not-yaml"
    if (!isMap(root)) return "not-a-route"
    const refused = refusedIn(root as ParsedNode)
    if (refused) return refused
    const tree = treeOf(root as ParsedNode) as { [name: string]: Tree }
    const ids = (kind: Kind): Part[] => idsOf(root, kind).map(id => ({ id, title: textIn(tree, [kind, id, kind === "actors" ? "name" : "title"]) }))
    return { tree, actors: ids("actors"), phases: ids("phases"), lanes: ids("lanes"), steps: ids("steps").map(part => stepOf(tree, part)) }
  } catch {
    return "not-yaml" // nested so deeply that it can't be read at all
  }
}

function countOf(sign: string, text: string): number {
  return text.split(sign).length - 1
}

/** Say whether brackets, or items within items, stand deeper than any file's. */
function isDeep(text: string): boolean {
  if (/(?:- +){12}/.test(text) || text.includes(`\n${" ".repeat(20 * DEEPEST)}`)) return true
  let depth = 0
  for (const sign of text.match(/[[\]{}]/g) ?? []) {
    depth = "[{".includes(sign) ? depth + 1 : Math.max(0, depth - 1)
    if (depth > DEEPEST) return true
  }
  return false
}

/** Refuse values that are written once and used elsewhere, or have a type: a change here would be one there. */
function refusedIn(root: ParsedNode): Refusal | undefined {
  let refused: Refusal | undefined
  visit(root, {
    Pair: (_, { key }) => {
      if (!isScalar(key)) refused = "not-yaml"
      return refused ? visit.BREAK : undefined
    },
    Node: (_, node) => {
      if (isAlias(node) || node.anchor !== undefined || node.tag !== undefined) refused = "shared"
      else if (isCollection(node) && node.items.length > MOST_ITEMS) refused = "too-large"
      return refused ? visit.BREAK : undefined
    },
  })
  return refused
}

function treeOf(node: ParsedNode | null): Tree {
  if (isSeq(node)) return node.items.map(item => treeOf(item as ParsedNode))
  if (isScalar(node)) return String(node.value ?? "")
  const tree = Object.create(null) as { [name: string]: Tree } // nobody's `constructor` or `__proto__`
  if (isMap(node)) for (const { key, value } of pairsOf(node)) tree[String(key)] = treeOf(value)
  return tree
}

function pairsOf(node: unknown): Pair<ParsedNode, ParsedNode | null>[] {
  return (node as YAMLMap.Parsed).items
}

/** Return ids in the order of the file; an object would put numbers first. */
function idsOf(root: unknown, kind: Kind): string[] {
  const part = pairsOf(root).find(({ key }) => String(key) === kind)?.value
  return isMap(part) ? pairsOf(part).map(({ key }) => String(key)) : []
}

function stepOf(tree: Tree, part: Part): StepView {
  const at = (name: string): Path => ["steps", part.id, name]
  return {
    ...part,
    phase: textIn(tree, at("phase")),
    until: textIn(tree, at("until_phase")),
    lane: textIn(tree, at("lane")),
    actor: textIn(tree, at("actor")),
    together: listIn(tree, at("together_with")),
    after: listIn(tree, at("after")),
    backTo: listIn(tree, at("back_to")),
    fulfils: listIn(tree, at("fulfils")),
    onlyIn: listIn(tree, at("only_in")),
    accent: textIn(tree, at("accent")) === "ja",
    contactMoment: textIn(tree, at("contact_moment")) === "ja",
    fromBudget: textIn(tree, at("from_budget")) === "ja",
  }
}

/** Return the value that a path leads to. */
export function valueIn(tree: Tree, path: Path): Tree | undefined {
  return path.reduce<Tree | undefined>((inner, key) => {
    if (typeof inner !== "object") return undefined
    return Array.isArray(inner) ? inner[Number(key)] : inner[String(key)]
  }, tree)
}

/** Return a text, of several languages the Dutch one; empty when there is none. */
export function textIn(tree: Tree, path: Path): string {
  const value = valueIn(tree, path)
  if (typeof value === "string") return value.trim()
  const dutch = typeof value === "object" && !Array.isArray(value) ? value["nl"] : undefined
  return typeof dutch === "string" ? dutch.trim() : ""
}

/** Return a list of texts; one that was written without brackets counts. */
export function listIn(tree: Tree, path: Path): string[] {
  const value = valueIn(tree, path)
  if (typeof value === "string") return value ? [value] : []
  return Array.isArray(value) ? value.filter(one => typeof one === "string") : []
}

/** Return how many items a list of records has. */
export function countIn(tree: Tree, path: Path): number {
  const value = valueIn(tree, path)
  return Array.isArray(value) ? value.length : 0
}

/** Return the languages, beside Dutch, in which a text stands: what is changed in Dutch may be wrong there. */
export function languagesIn(tree: Tree, path: Path): string[] {
  const value = valueIn(tree, path)
  return typeof value === "object" && !Array.isArray(value) && "nl" in value ? Object.keys(value).filter(one => one !== "nl") : []
}

/** Return the path of what stands at a place of a text, lines and columns counted from 1: a problem belongs there. */
export function pathAt(text: string, line: number, column: number): Path {
  let start = 0
  for (let number = 1; number < line; number++) start = text.indexOf("\n", start) + 1 || text.length
  const offset = Math.min(start + column - 1, text.length)
  const path: Path = []
  let node: ParsedNode | null = viewOf(text) ? (parsed(text).contents as ParsedNode) : null
  while (isMap(node) || isSeq(node)) {
    const inner: [key: string | number, from: number, node: ParsedNode | null][] = isMap(node)
      ? pairsOf(node).map(({ key, value }) => [String(key), key.range[0], value])
      : node.items.map((item, index) => [index, (item as ParsedNode).range[0], item as ParsedNode])
    const found = inner.filter(([, from]) => from <= offset).at(-1)
    // Before the first item's text stands its dash, and before the first key of a part perhaps nothing.
    const [key, , next] = found ?? inner[0] ?? []
    if (key === undefined || (!found && !isSeq(node))) break
    path.push(key)
    node = next ?? null
  }
  return path
}

/** Return the steps from `to` on that lead to `from`: they would be a circle if `to` followed on `from`; else none. */
export function circle({ steps }: RouteView, from: string, to: string): string[] {
  const after = new Map(steps.map(one => [one.id, one.after]))
  const next = new Map([[from, ""]])
  const open = [from]
  for (let id = open.pop(); id !== undefined && !next.has(to); id = open.pop()) {
    for (const one of after.get(id) ?? []) {
      if (next.has(one)) continue
      next.set(one, id)
      open.push(one)
    }
  }
  const way: string[] = []
  for (let id = next.has(to) ? to : ""; id; id = next.get(id) ?? "") way.push(id)
  return way
}

/** Return the ids along a circle of `after`, its first step at both ends; empty when there is none. */
export function firstCircle({ steps }: RouteView): string[] {
  const after = new Map(steps.map(one => [one.id, one.after]))
  const done = new Set<string>()
  const visit = (id: string, trail: string[]): string[] => {
    if (trail.includes(id)) return [...trail.slice(trail.indexOf(id)), id].reverse()
    if (done.has(id)) return []
    for (const one of after.get(id) ?? []) {
      const found = visit(one, [...trail, id])
      if (found.length) return found
    }
    done.add(id)
    return []
  }
  for (const { id } of steps) {
    const found = visit(id, [])
    if (found.length) return found
  }
  return []
}

/** Return the paths that lead to a field, of which the key has `*` for an id, in all parts that have it. */
export function pathsOf(tree: Tree | undefined, names: string[], before: Path = []): Path[] {
  const [name, ...rest] = names
  if (Array.isArray(tree) && name !== undefined) return tree.flatMap((one, index) => pathsOf(one, names, [...before, index]))
  if (name === undefined) return tree === undefined ? [] : [before]
  if (typeof tree !== "object") return []
  const keys = name === "*" ? Object.keys(tree) : [name]
  return keys.flatMap(key => pathsOf((tree as { [name: string]: Tree })[key], rest, [...before, key]))
}
