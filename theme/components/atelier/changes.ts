import { slugOf } from "../form/alike"
import type { Tree } from "../form/model"
import { type Path, changed, fieldKey, moved, without } from "../form/yaml"
import type { Data, Field } from "./data"
import { type Kind, PARTS, type RouteView, circle, countIn, listIn, pathsOf, textIn, valueIn, viewOf } from "./route"

/** What a field can become: a text, texts, yes or no; `undefined` takes it away. */
export type Value = string | string[] | boolean | undefined
/** Values of a new record by field; also of a part of it: `{ title: …, within: { number: … } }`. */
export interface Values {
  [field: string]: Value | Values
}

export interface Added {
  text: string
  id: string
}

/** Why a step can't follow on another. */
export type Unconnectable = "same" | "there" | "circle" | "too-many" | "unknown"

/** What a part is called in an id when its title gives none. */
const NAMELESS: Record<Kind, string> = { actors: "wie", phases: "fase", lanes: "baan", steps: "stap" }
/** What notes are about beside steps: no step may have such an id. */
const RESERVED = ["regisseur", "budget", "status"]
/** What other programs take for something else than a text. */
const MISLEADING = /^(?:[\d-]+|null|true|false|yes|no|on|off|y|n)$/
const HALF = /\p{Surrogate}/gu

/** Set, or take away, one value; or take a whole part away. A text that stands in several languages changes in Dutch. */
export function set(text: string, data: Data, path: Path, value: Value): string {
  const view = viewOf(text)
  const field = view && fieldAt(data, path)
  if (view && !field && value === undefined && path.length) return removePart(text, data, path)
  if (!field || !isThere(view, path)) return text
  const present = valueIn(view.tree, path)
  const wanted = written(value)
  if (wanted === undefined) return present === undefined ? text : emptied(text, data, view, path, field)
  if (same(present, wanted)) return text
  const isTranslated = typeof present === "object" && !Array.isArray(present)
  if (isTranslated && present["nl"] === wanted) return text
  return changed(text, isTranslated ? [...path, "nl"] : path, wanted, data)
}

/** Add a step behind the others of its phase and lane, or behind the one that it follows on. */
export function addStep(text: string, data: Data, values: Values & { title: string; phase: string }): Added {
  const added = addPart(text, data, "steps", values)
  const { phase, lane, after } = values
  const place = { phase, lane: typeof lane === "string" ? lane : "" }
  const id = added.id
  const start = Array.isArray(after) ? after.at(-1) : undefined
  return { text: placed(added.text, id, place, start), id }
}

/** Add a phase, a lane, somebody who does something or a step at the end, with an id made of its title. */
export function addPart(text: string, data: Data, kind: Kind, values: Values): Added {
  const view = viewOf(text)
  if (!view) return { text, id: "" }
  const id = idFor(idsOf(view, kind), kind, String(values["title"] ?? values["name"] ?? ""))
  return { text: changed(text, [kind, id], recordOf(data, `${kind}.*`, values), data), id }
}

/** Add a note, money, a source or where the source breaks off at the end, or a link of a step: what a list holds. */
export function addItem(text: string, data: Data, list: Path, values: Values = {}): string {
  const view = viewOf(text)
  if (!view || !isThere(view, list) || !Object.keys(data.fields).some(one => one.startsWith(`${fieldKey(data.order, list)}.`))) return text
  const item = recordOf(data, fieldKey(data.order, list), values)
  return changed(text, [...list, countIn(view.tree, list)], item, data)
}

/** Take away a part, with all that names it; what came after a step then follows on what was before it. */
export function removePart(text: string, data: Data, path: Path): string {
  const view = viewOf(text)
  const [kind, id] = path
  if (!view || valueIn(view.tree, path) === undefined) return text
  if (path.length !== 2 || typeof id !== "string" || !isKind(kind)) return orAsItWas(text, withoutPins(without(text, path), data, path))
  const renamed: Record<Kind, (text: string) => string> = {
    steps: text => withoutStep(text, data, view, id),
    phases: text => withoutPhase(text, data, view, id),
    lanes: text => withoutNamed(text, data, view, "lanes", id),
    actors: text => withoutNamed(text, data, view, "actors", id),
  }
  return orAsItWas(text, without(renamed[kind](text), path))
}

/** Return a changed text, unless nothing would be left of the file. */
function orAsItWas(text: string, now: string): string {
  return viewOf(now) ? now : text
}

/** Put a part, or an item of a list, before another one in the file, or at the end. */
export function movePart(text: string, path: Path, before: string | number | undefined): string {
  const view = viewOf(text)
  return view && valueIn(view.tree, path) !== undefined && path.at(-1) !== before ? moved(text, path, before) : text
}

/** Put a step into a phase and a lane (empty: for everyone), before another one or behind those that stand there. */
export function moveStep(text: string, data: Data, id: string, to: { phase: string; lane: string; before?: string }): string {
  const view = viewOf(text)
  const step = view?.steps.find(one => one.id === id)
  if (!view || !step) return text
  const order = view.phases.map(one => one.id)
  let now = set(text, data, ["steps", id, "phase"], to.phase)
  now = set(now, data, ["steps", id, "lane"], to.lane || undefined)
  if (step.until && order.indexOf(step.until) <= order.indexOf(to.phase)) now = set(now, data, ["steps", id, "until_phase"], undefined)
  if (to.before !== undefined) return movePart(now, ["steps", id], to.before)
  return step.phase === to.phase && step.lane === to.lane ? now : placed(now, id, to, undefined)
}

/** Say why a step can't follow on another; nothing when it can. */
export function unconnectable(view: RouteView, data: Data, from: string, to: string): Unconnectable | undefined {
  const step = view.steps.find(one => one.id === to)
  if (!step || !view.steps.some(one => one.id === from)) return "unknown"
  if (from === to) return "same"
  if (step.after.includes(from)) return "there"
  if (circle(view, from, to).length) return "circle"
  return step.after.length >= (data.most["steps.*.after"] ?? Infinity) ? "too-many" : undefined
}

/** Let a step follow on another, where it can. */
export function connect(text: string, data: Data, from: string, to: string): string {
  const view = viewOf(text)
  if (!view || unconnectable(view, data, from, to)) return text
  return set(text, data, ["steps", to, "after"], [...listIn(view.tree, ["steps", to, "after"]), from])
}

/** Let a step no longer follow on another. */
export function disconnect(text: string, data: Data, from: string, to: string): string {
  const view = viewOf(text)
  if (!view) return text
  return leftOut(text, data, view, ["steps", to, "after"], from)
}

/** Let each of several lanes have a step of its own in the place of one; what follows in a lane follows on that lane's. */
export function splitTo(text: string, data: Data, id: string, lanes: string[]): string {
  const view = viewOf(text)
  const step = view?.steps.find(one => one.id === id)
  const wanted = [...new Set(lanes)].filter(lane => view?.lanes.some(one => one.id === lane))
  const [own, ...others] = wanted.includes(step?.lane ?? "") ? [step?.lane ?? "", ...wanted.filter(one => one !== step?.lane)] : wanted
  if (!view || !step || own === undefined) return text
  const laneOf = (one: string): string => view.steps.find(other => other.id === one)?.lane ?? ""
  const fitting = (lane: string): string[] => step.after.filter(one => !wanted.includes(laneOf(one)) || laneOf(one) === lane)
  let now = set(text, data, ["steps", id, "lane"], own)
  now = set(now, data, ["steps", id, "after"], fitting(own))
  const copies = new Map([[own, id]])
  for (const [index, lane] of others.entries()) {
    const copy = { ...(valueIn(view.tree, ["steps", id]) as { [name: string]: Tree }) }
    delete copy["accent"] // one step at most has it
    delete copy["after"]
    const made = idFor(idsOf(viewOf(now) ?? view, "steps"), "steps", `${id}-${lane}`)
    const tree = inOrder(data, "steps.*", { ...copy, lane, ...(fitting(lane).length ? { after: fitting(lane) } : {}) })
    const following = followingOf(viewOf(now) ?? view, copies.get(index ? (others[index - 1] ?? own) : own) ?? id)
    now = moved(changed(now, ["steps", made], tree, data), ["steps", made], following)
    copies.set(lane, made)
  }
  for (const other of view.steps.filter(one => one.after.includes(id))) {
    const all = wanted.includes(other.lane) ? [copies.get(other.lane) ?? id] : [...copies.values()]
    const most = data.most["steps.*.after"] ?? Infinity
    const after = other.after.flatMap(one => (one === id ? all : [one]))
    now = set(now, data, ["steps", other.id, "after"], [...new Set(after)].slice(0, most))
  }
  for (let end = 0; end < countIn(view.tree, ["breaks_off"]); end++) {
    const path = ["breaks_off", end, "after"]
    const copy = copies.get(textIn(view.tree, ["breaks_off", end, "lane"]))
    if (copy) now = set(now, data, path, listIn(view.tree, path).map(one => (one === id ? copy : one)))
  }
  return now
}

function withoutStep(text: string, data: Data, view: RouteView, id: string): string {
  const gone = view.steps.find(one => one.id === id)
  const most = data.most["steps.*.after"] ?? Infinity
  const bridged = (after: string[]): string[] => {
    const all = after.flatMap(one => (one === id ? (gone?.after ?? []) : [one]))
    return [...new Set(all)].filter(one => one !== id).slice(0, most)
  }
  let now = text
  for (const step of view.steps) {
    if (step.id === id) continue
    if (step.after.includes(id)) now = set(now, data, ["steps", step.id, "after"], bridged(step.after).filter(one => one !== step.id))
    now = leftOut(now, data, view, ["steps", step.id, "back_to"], id)
  }
  for (let index = 0; index < countIn(view.tree, ["breaks_off"]); index++) {
    const path = ["breaks_off", index, "after"]
    const after = listIn(view.tree, path)
    if (after.includes(id)) now = set(now, data, path, bridged(after))
  }
  if (textIn(view.tree, ["regisseur", "starts_at"]) === id) now = set(now, data, ["regisseur", "starts_at"], "")
  return withoutPins(now, data, ["steps", id])
}

/** Let the steps of a phase that goes belong to the one before it, or after it when it is the first. */
function withoutPhase(text: string, data: Data, view: RouteView, id: string): string {
  const order = view.phases.map(one => one.id)
  const index = order.indexOf(id)
  const [before, after] = [order[index - 1], order[index + 1]]
  const instead = before ?? after ?? ""
  const rank = (phase: string): number => order.indexOf(phase === id ? instead : phase)
  let now = text
  for (const { id: step, phase, until } of view.steps) {
    if (phase === id) now = set(now, data, ["steps", step, "phase"], instead)
    if (until !== id && phase !== id) continue
    const last = until === id ? (before ?? "") : until
    const goesOn = last !== "" && rank(last) > rank(phase)
    now = set(now, data, ["steps", step, "until_phase"], goesOn ? last : undefined)
  }
  if (textIn(view.tree, ["regisseur", "until_phase"]) === id) now = set(now, data, ["regisseur", "until_phase"], before)
  for (let end = 0; end < countIn(view.tree, ["breaks_off"]); end++) {
    if (textIn(view.tree, ["breaks_off", end, "phase"]) === id) now = set(now, data, ["breaks_off", end, "phase"], instead)
  }
  return now
}

/** Take a lane or somebody who does something out of all fields that name it. */
function withoutNamed(text: string, data: Data, view: RouteView, kind: Kind, id: string): string {
  let now = text
  for (const path of fieldsThatName(data, view, kind)) now = leftOut(now, data, view, path, id)
  return now
}

/** Return the paths of all fields of a file that hold ids of a part. */
function fieldsThatName(data: Data, view: RouteView, kind: Kind): Path[] {
  const named = Object.entries(data.fields).filter(([, field]) => field.refers === kind)
  return named.flatMap(([key]) => pathsOf(view.tree, key.split(".")))
}

/** Take an id out of a field that holds one or several. */
function leftOut(text: string, data: Data, view: RouteView, path: Path, id: string): string {
  const ids = listIn(view.tree, path)
  if (!ids.includes(id)) return text
  const left = ids.filter(one => one !== id)
  return set(text, data, path, left.length ? left : undefined)
}

/** Let notes about what is gone be about the whole route. */
function withoutPins(text: string, data: Data, path: Path): string {
  const view = viewOf(text)
  const [part, id] = path
  const gone = part === "steps" ? id : part === "money" ? "budget" : path.length === 1 ? part : undefined
  if (!view || gone === undefined) return text
  const kinds = Array.from({ length: countIn(view.tree, ["money"]) }, (_, index) => textIn(view.tree, ["money", index, "kind"]))
  if (gone === "budget" && kinds.includes("budget")) return text
  let now = text
  for (let index = 0; index < countIn(view.tree, ["notes"]); index++) {
    if (textIn(view.tree, ["notes", index, "about"]) === gone) now = set(now, data, ["notes", index, "about"], undefined)
  }
  return now
}

/** Put a step behind another one, or behind the last of its phase and lane; where none stands it stays. */
function placed(text: string, id: string, { phase, lane }: { phase: string; lane: string }, behind: string | undefined): string {
  const view = viewOf(text)
  const others = view?.steps.filter(one => one.id !== id && one.phase === phase && one.lane === lane) ?? []
  const start = others.find(one => one.id === behind) ?? others.at(-1) ?? view?.steps.find(one => one.id === behind)
  if (!view || !start) return text
  const following = followingOf(view, start.id)
  return following === id ? text : moved(text, ["steps", id], following)
}

function followingOf({ steps }: RouteView, id: string): string | undefined {
  return steps[steps.findIndex(one => one.id === id) + 1]?.id
}

/** Return an id that no part of its kind has, made of a title. */
export function idFor(ids: string[], kind: Kind, title: string): string {
  const taken = new Set([...ids, ...(kind === "steps" ? RESERVED : [])])
  const slug = slugOf(title)
  const id = slug && !MISLEADING.test(slug) ? slug : [NAMELESS[kind], slug].filter(Boolean).join("-").replace(/-+$/, "")
  let free = id
  for (let number = 2; taken.has(free); number++) free = `${id.slice(0, 74).replace(/-$/, "")}-${number}`
  return free
}

function idsOf(view: RouteView, kind: Kind): string[] {
  return view[kind].map(one => one.id)
}

function fieldAt(data: Data, path: Path): Field | undefined {
  const key = fieldKey(data.order, path)
  return Object.hasOwn(data.fields, key) && typeof path.at(-1) === "string" ? data.fields[key] : undefined
}

/** Say whether the part or the item stands in the file that a path leads into; the next one of a list may begin. */
function isThere(view: RouteView, path: Path): boolean {
  const [kind, id] = path
  if (isKind(kind) && !view[kind].some(one => one.id === id)) return false
  return path.every((key, depth) => typeof key !== "number" || (key >= 0 && key <= countIn(view.tree, path.slice(0, depth))))
}

function isKind(name: unknown): name is Kind {
  return PARTS.some(one => one === name)
}

/** Take a value away; a record of a list or by id stays, and asks for what it can't do without. */
function emptied(text: string, data: Data, view: RouteView, path: Path, field: Field): string {
  const isItem = (length: number): boolean => typeof path[length - 1] === "number" || (length === 2 && isKind(path[0]))
  const own = [...path.keys()].filter(isItem).at(-1) ?? 0
  let top = path.length - 1
  while (top > own && sizeOf(view, path.slice(0, top)) === 1) top--
  const present = valueIn(view.tree, path)
  const isNeeded = (own === path.length - 1 && own > 0 && field.required) || sizeOf(view, path.slice(0, top)) === 1
  if (!isNeeded) return changed(text, path, undefined, data)
  const isTranslated = typeof present === "object" && !Array.isArray(present)
  return present === "" ? text : changed(text, isTranslated ? [...path, "nl"] : path, "", data)
}

function sizeOf(view: RouteView, path: Path): number {
  const value = valueIn(view.tree, path)
  return typeof value === "object" ? Object.keys(value).length : 0
}

function written(value: Value): string | string[] | undefined {
  if (typeof value === "boolean") return value ? "ja" : undefined
  if (Array.isArray(value)) {
    const texts = value.map(tidy).filter(Boolean)
    return texts.length ? texts : undefined
  }
  return tidy(value ?? "") || undefined
}

/** Return a text as a file has it: on one line, and without half a character. */
function tidy(text: string): string {
  return text.replace(HALF, "\ufffd").split(/\s+/u).join(" ").trim()
}

function same(present: Tree | undefined, wanted: string | string[]): boolean {
  if (!Array.isArray(wanted)) return present === wanted
  return Array.isArray(present) && present.length === wanted.length && wanted.every((one, index) => one === present[index])
}

/** Return a new record, its fields in order; what it can't do without is there, empty. */
function recordOf(data: Data, key: string, values: Values): Tree {
  const tree: { [name: string]: Tree } = {}
  for (const [name, field] of fieldsOf(data, key)) {
    const value = values[name]
    const inner = isValues(value) ? recordOf(data, `${key}.${name}`, value) : written(value)
    if (inner !== undefined) tree[name] = inner
    else if (field?.required) tree[name] = ""
  }
  return tree
}

function isValues(value: Value | Values): value is Values {
  return typeof value === "object" && !Array.isArray(value)
}

/** Return the names of a record's own fields in order, with what is known of those that hold a value. */
function fieldsOf(data: Data, key: string): [string, Field | undefined][] {
  let within = data.order
  for (const name of key.split(".")) within = within.find(([one]) => one === name)?.[1] ?? []
  return within.map(([name]) => [name, data.fields[`${key}.${name}`]])
}

function inOrder(data: Data, key: string, tree: { [name: string]: Tree }): Tree {
  const known = fieldsOf(data, key).map(([name]) => name)
  const names = [...known, ...Object.keys(tree).filter(one => !known.includes(one))]
  return Object.fromEntries(names.flatMap(name => (Object.hasOwn(tree, name) ? [[name, tree[name] as Tree]] : [])))
}
