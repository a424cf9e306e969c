import { checkAnswer, checkLetters } from "../form/checks"
import type { Order, Tree } from "../form/model"
import { words } from "../form/rules"
import { type Path, fieldKey } from "../form/yaml"
import type { Data, Field, Hint } from "./data"
import { type RouteView, firstCircle, listIn, pathsOf, textIn, valueIn } from "./route"

/** Something that is wrong or could be better at a field. */
export interface Remark {
  path: Path
  rule: string
  severity: "error" | "warning" | "hint"
  message: string
}

const [MOST_WORDS, LONG_WORD] = [20, 24]
/** A text this long is told to be too long; nobody reads what else could be better there. */
const READABLE = 1000
const MOST = 100
const ABOUT = ["regisseur", "budget", "status"]

/** Return what is wrong with a route as far as it shows without the engine: empty, too long, unknown, in a circle. */
export function problemsOf(view: RouteView, data: Data): Remark[] {
  const told = (path: Path, rule: string, values: Record<string, string> = {}): Remark => ({
    path,
    rule,
    severity: data.rules[rule]?.severity ?? "error",
    message: words(data, { rule, values: { field: labelAt(data, path), suggestion: "", ...values } }),
  })
  return [...first(MOST, inFields(view, data, told)), ...first(MOST, inOrder(view, told))]
}

/** Return the first of many: nobody reads more. */
function first(most: number, remarks: Iterable<Remark>): Remark[] {
  const found: Remark[] = []
  for (const one of remarks) if (found.push(one) >= most) break
  return found
}

type Tell = (path: Path, rule: string, values?: Record<string, string>) => Remark

function* inFields(view: RouteView, data: Data, told: Tell): Generator<Remark> {
  const known = idsOf(view, data)
  function* within(order: Order, tree: Tree, path: Path): Generator<Remark> {
    for (const [name, inner, needed] of order) {
      const here = [...path, name]
      const key = fieldKey(data.order, here)
      const value = typeof tree === "object" && !Array.isArray(tree) ? tree[name] : undefined
      const field = inner ? undefined : data.fields[key]
      if (value === undefined) {
        if (needed || field?.required) yield told(here, inner ? "too-few" : "missing-field")
        continue
      }
      const count = typeof value === "object" ? Object.keys(value).length : 1
      const most = data.most[key]
      if (most !== undefined && count > most) yield told(here, "too-many", { actual_length: `${count}`, max_length: `${most}` })
      if (field) yield* single(field, value, here)
      else if (inner?.[0]?.[0] === "*") {
        for (const id of typeof value === "object" ? Object.keys(value) : []) yield* within(inner[0][1] ?? [], (value as { [id: string]: Tree })[id] ?? "", [...here, id])
      } else if (Array.isArray(value)) {
        for (const [index, item] of value.entries()) yield* within(inner ?? [], item, [...here, index])
      } else yield* within(inner ?? [], value, here)
    }
  }
  function* single(field: Field, value: Tree, path: Path): Generator<Remark> {
    const texts = field.many ? listIn(value, []) : [textIn(value, [])]
    for (const text of texts) {
      if (!text) yield told(path, "empty-value")
      else if (field.choices && !field.choices.includes(text)) {
        yield told(path, "unknown-choice", { value: text, choices: field.choices.join(", ") })
      } else if (field.refers && known[field.refers] && !known[field.refers]?.has(text) && !(path.at(-1) === "about" && ABOUT.includes(text))) {
        yield told(path, "unknown-reference", { id: text, what: data.references[field.refers] ?? "" })
      } else {
        const shape = field.shape === undefined ? undefined : data.shapes[field.shape]
        const found = text.length > 10 * READABLE ? [] : [...checkAnswer(data, shape, text), ...checkLetters(data, text)]
        if (text.length > 10 * READABLE) yield told(path, "text-too-long", { length: `${text.length}`, longest: `${shape?.longest ?? READABLE}` })
        for (const [rule, values] of found) yield told(path, rule, values)
      }
    }
  }
  yield* within(data.order, view.tree, [])
}

/** Return the ids that fields may name; of phases and steps that are still to come nobody knows them. */
function idsOf(view: RouteView, data: Data): Record<string, Set<string>> {
  const { actors, phases, lanes, steps } = view
  const own = { actors, lanes, ...(phases.length ? { phases } : {}), ...(steps.length ? { steps } : {}) }
  const others = { elements: data.elements, roles: data.roles, municipalities: data.municipalities }
  return Object.fromEntries([
    ...Object.entries(own).map(([kind, parts]) => [kind, new Set(parts.map(one => one.id))] as const),
    ...Object.entries(others).map(([kind, all]) => [kind, new Set(Object.keys(all))] as const),
  ])
}

function* inOrder(view: RouteView, told: Tell): Generator<Remark> {
  const { steps, phases, lanes, actors, tree } = view
  const order = new Map(phases.map(({ id }, index) => [id, index]))
  const byId = new Map(steps.map(one => [one.id, one]))
  const circle = firstCircle(view)
  if (circle.length) {
    const titles = circle.slice(0, 12).map(id => byId.get(id)?.title || id)
    yield told(["steps", circle[0] ?? "", "after"], "route-cycle", { steps: titles.join(" → ") })
  }
  const accents = steps.filter(one => one.accent)
  for (const { id } of accents.slice(1)) yield told(["steps", id, "accent"], "two-accents", { other: accents[0]?.title ?? "" })
  for (const { id, phase, until, after } of steps) {
    const begin = order.get(phase)
    if (begin === undefined) continue
    const title = (one: string): string => phases[order.get(one) ?? 0]?.title ?? one
    if ((order.get(until) ?? begin) < begin) yield told(["steps", id, "until_phase"], "end-before-start", { start: title(phase), end: title(until) })
    for (const other of after) {
      const before = byId.get(other)
      if (before && (order.get(before.phase) ?? begin) > begin) {
        yield told(["steps", id, "after"], "step-too-early", { other: before.title, phase: title(before.phase) })
      }
    }
  }
  const used = new Set(steps.flatMap(one => [`phases ${one.phase}`, `lanes ${one.lane}`, `actors ${one.actor}`, ...one.together.map(id => `actors ${id}`)]))
  const list = (path: Path): Tree[] => {
    const items = valueIn(tree, path)
    return Array.isArray(items) ? items : []
  }
  for (const money of list(["money"])) used.add(`actors ${textIn(money, ["actor"])}`)
  for (const end of list(["breaks_off"])) used.add(`phases ${textIn(end, ["phase"])}`).add(`lanes ${textIn(end, ["lane"])}`)
  for (const [kind, parts] of Object.entries({ phases, lanes, actors })) {
    for (const { id, title } of parts) if (!used.has(`${kind} ${id}`)) yield told([kind, id], "unused-part", { title: title || id })
  }
  for (const { id } of steps) {
    for (const [index, link] of list(["steps", id, "links"]).entries()) {
      if (!textIn(link, ["organisation"]) && !textIn(link, ["address"])) yield told(["steps", id, "links", index], "empty-link")
    }
  }
}

/** Return the label of the field that a path leads to; of a part, its own name. */
export function labelAt(data: Data, path: Path): string {
  const key = fieldKey(data.order, path)
  return (Object.hasOwn(data.fields, key) ? data.fields[key]?.label : undefined) ?? data.labels[key] ?? String(path.at(-1) ?? "")
}

/** Return how the texts of a route could read better. These are hints: nobody has to follow them. */
export function hintsOf(view: RouteView, data: Data): Remark[] {
  const found: Remark[] = []
  const told = new Set<string>()
  for (const path of textsOf(view, data)) {
    const text = textIn(view.tree, path)
    const label = path.at(-1)
    if (text.length > READABLE || label === "name") continue
    const say = (rule: Hint, values: Record<string, string>): void => {
      const message = (data.hints[rule] ?? "").replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "")
      if (found.length < MOST) found.push({ path, rule, severity: "hint", message })
    }
    for (const sentence of text.match(/[^.!?]+[.!?]*/gu) ?? []) {
      const count = sentence.split(/\s+/u).filter(one => /[\p{L}\p{N}]/u.test(one)).length
      if (count > MOST_WORDS) say("long-sentence", { count: `${count}`, text: `${sentence.trim().split(/\s+/u).slice(0, 5).join(" ")} …` })
    }
    const long = new Set((text.match(/\p{L}+/gu) ?? []).filter(one => one.length >= LONG_WORD))
    for (const word of long) say("long-word", { text: word })
    const formal = /(?:^|[^\p{L}\p{N}'’])(u|uw|uzelf)(?![\p{L}.])/u.exec(text)?.[1]
    if (formal) say("formal", { text: formal })
    const fresh = termsIn(text, data).filter(one => !told.has(one.toLowerCase()))
    if (fresh.length) say("term", { text: fresh.map(one => `“${one}”`).join(", ") })
    for (const one of fresh) told.add(one.toLowerCase()) // once is enough
  }
  return found
}

/** Return the paths of texts that readers read as sentences. */
function textsOf(view: RouteView, data: Data): Path[] {
  const fields = Object.entries(data.fields).filter(([, field]) => field.shape !== undefined && data.shapes[field.shape]?.kind === "text")
  return fields.flatMap(([key]) => pathsOf(view.tree, key.split(".")))
}

let terms: { of: string[]; pattern: RegExp } | undefined

/** Return words that not every reader knows: those that the site explains. "Map" is no MAP. */
function termsIn(text: string, data: Data): string[] {
  if (terms?.of !== data.terms) {
    const escaped = data.terms.map(one => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    terms = { of: data.terms, pattern: new RegExp(`(?:^|[^\\p{L}\\p{N}])(${escaped.join("|") || "(?!)"})(?![\\p{L}\\p{N}])`, "giu") }
  }
  const isOther = (term: string): boolean => /^\p{Lu}?\p{Ll}+$/u.test(term) && data.terms.includes(term.toUpperCase())
  return [...new Set([...text.matchAll(terms.pattern)].map(([, term = ""]) => term))].filter(term => !isOther(term))
}
