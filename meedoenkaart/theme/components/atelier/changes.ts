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
  const named: Record<Kind, (id: string) => Edit[]> = {
    steps: id => [...withoutStep(view, data, id), ...withoutPins(view, path)],
    phases: id => withoutPhase(view, id),
    lanes: id => withoutNamed(view, data, "lanes", id),
    actors: id => withoutNamed(view, data, "actors", id),
  }
  const isPart = path.length === 2 && typeof id === "string" && isKind(kind)
  const edits = isPart ? named[kind](id) : path.length <= 2 ? withoutPins(view, path) : []
  const now = without(allSet(text, data, edits), path)
  return viewOf(now) ? now : text // unless nothing would be left of the file
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
  return view ? allSet(text, data, leftOut(view, ["steps", to, "after"], from)) : text
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
  const most = data.most["steps.*.after"] ?? Infinity
  const following = view.steps.filter(one => one.after.includes(id)).map((other): Edit => {
    const all = wanted.includes(other.lane) ? [copies.get(other.lane) ?? id] : [...copies.values()]
    const after = other.after.flatMap(one => (one === id ? all : [one]))
    return [["steps", other.id, "after"], [...new Set(after)].slice(0, most)]
  })
  const ends = pathsOf(view.tree, ["breaks_off", "after"]).map((path): Edit => {
    const copy = copies.get(textIn(view.tree, [...path.slice(0, -1), "lane"])) ?? id
    return [path, listIn(view.tree, path).map(one => (one === id ? copy : one))]
  })
  return allSet(now, data, [...following, ...ends])
}

/** A value that changes together with others. */
type Edit = [path: Path, value: Value]

/** Set values that lie apart, each in the text as it is: reading it anew after each of them would take long. */
function allSet(text: string, data: Data, edits: Edit[]): string {
  const one = (text: string, [path, value]: Edit): string => set(text, data, path, value)
  const places = edits.map(edit => placeOf(text, one(text, edit))).filter(({ start, end, fresh }) => start < end || fresh)
  places.sort((one, other) => other.start - one.start)
  const isApart = places.every(({ end }, index) => end < (places[index - 1]?.start ?? Infinity))
  if (!isApart) return edits.reduce(one, text)
  return places.reduce((now, { start, end, fresh }) => now.slice(0, start) + fresh + now.slice(end), text)
}

/** Return where two texts differ, and what the other has there. */
function placeOf(text: string, other: string): { start: number; end: number; fresh: string } {
  const most = Math.min(text.length, other.length)
  let [start, behind] = [0, 0]
  while (start < most && text[start] === other[start]) start++
  while (behind < most - start && text.at(-1 - behind) === other.at(-1 - behind)) behind++
  return { start, end: text.length - behind, fresh: other.slice(start, other.length - behind) }
}

/** Return what changes when a step goes: what came after it follows on what was before it. */
function withoutStep(view: RouteView, data: Data, id: string): Edit[] {
  const gone = view.steps.find(one => one.id === id)?.after ?? []
  const most = data.most["steps.*.after"] ?? Infinity
  const paths = [...view.steps.filter(one => one.id !== id).map((one): Path => ["steps", one.id, "after"]), ...pathsOf(view.tree, ["breaks_off", "after"])]
  const bridged = paths.filter(path => listIn(view.tree, path).includes(id)).map((path): Edit => {
    const after = listIn(view.tree, path).flatMap(one => (one === id ? gone : [one]))
    return [path, [...new Set(after)].filter(one => one !== id && one !== path[1]).slice(0, most)]
  })
  const loops = view.steps.filter(one => one.id !== id).flatMap(one => leftOut(view, ["steps", one.id, "back_to"], id))
  return [...bridged, ...loops, ...leftOut(view, ["regisseur", "starts_at"], id)]
}

/** Return what changes when a phase goes: its steps belong to the one before it, or after it when it is the first. */
function withoutPhase(view: RouteView, id: string): Edit[] {
  const order = view.phases.map(one => one.id)
  const index = order.indexOf(id)
  const [before, instead] = [order[index - 1], order[index - 1] ?? order[index + 1] ?? ""]
  const rank = (phase: string): number => order.indexOf(phase === id ? instead : phase)
  const steps = view.steps.flatMap(({ id: step, phase, until }): Edit[] => {
    const last = until === id ? (before ?? "") : until
    const goesOn = last !== "" && rank(last) > rank(phase)
    const moved: Edit[] = phase === id ? [[["steps", step, "phase"], instead]] : []
    return until === id || phase === id ? [...moved, [["steps", step, "until_phase"], goesOn ? last : undefined]] : moved
  })
  const others = [...pathsOf(view.tree, ["regisseur", "until_phase"]), ...pathsOf(view.tree, ["breaks_off", "phase"])]
  const named = others.filter(path => textIn(view.tree, path) === id)
  return [...steps, ...named.map((path): Edit => [path, path[0] === "regisseur" ? before : instead])]
}

/** Return what changes when a lane or somebody goes: no field names it. */
function withoutNamed(view: RouteView, data: Data, kind: Kind, id: string): Edit[] {
  return fieldsThatName(data, view, kind).flatMap(path => leftOut(view, path, id))
}

/** Return the paths of all fields of a file that hold ids of a part. */
function fieldsThatName(data: Data, view: RouteView, kind: Kind): Path[] {
  const named = Object.entries(data.fields).filter(([, field]) => field.refers === kind)
  return named.flatMap(([key]) => pathsOf(view.tree, key.split(".")))
}

/** Return how a field that holds one or several ids changes when one goes. */
function leftOut(view: RouteView, path: Path, id: string): Edit[] {
  const ids = listIn(view.tree, path)
  return ids.includes(id) ? [[path, ids.filter(one => one !== id)]] : []
}

/** Return what changes of notes that are about what goes: they are about the whole route then. */
function withoutPins(view: RouteView, [part, id]: Path): Edit[] {
  const kinds = pathsOf(view.tree, ["money", "kind"]).map(path => textIn(view.tree, path))
  const isLastBudget = part === "money" && kinds[Number(id)] === "budget" && kinds.filter(one => one === "budget").length === 1
  const gone = part === "steps" ? id : part === "money" ? (isLastBudget ? "budget" : "") : id === undefined ? part : ""
  return gone ? pathsOf(view.tree, ["notes", "about"]).flatMap(path => leftOut(view, path, String(gone))) : []
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
