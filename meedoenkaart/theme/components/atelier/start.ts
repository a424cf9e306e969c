import { slugOf } from "../form/alike"
import type { Tree } from "../form/model"
import { type Path, newFile } from "../form/yaml"
import { idFor, set } from "./changes"
import type { Data } from "./data"
import { type Remark, labelAt } from "./hints"
import { type Kind, PARTS, type Refusal, type RouteView, countIn, listIn, refusalOf, textIn, valueIn, viewOf } from "./route"

/** A route made after that of another municipality. */
export interface Begun {
  text: string
  /** What did not come along, in words. */
  left: string[]
  /** What came along and may be called, or be, otherwise here. */
  check: Remark[]
}

interface Group {
  [name: string]: Tree
}

const SCHEMA = "../schemas/route.json"
const SOURCES: Tree = [{ address: "", title: "" }]
/** Letters of a word that may be somebody's name. */
const LONG_ENOUGH = 4
/** A word with capitals within, as programmes and organisations write their names. */
const OWN_SPELLING = /\p{L}*\p{Lu}\p{L}*\p{Lu}\p{L}*\p{L}{2}/gu

/** Return the text of a route of which nothing is known but whose it is. */
export function fromNothing(data: Data, slug: string): string {
  const tree = { title: titleFor(data, slug), law: "", period: "", status: { stage: "" }, sources: SOURCES }
  return newFile(tree, data, SCHEMA)
}

/** Return what the law asks as the text of a municipality's route: `text` is the file at `data.statutory`. */
export function fromLaw(text: string, data: Data, slug: string): string {
  return set(text, data, ["title"], titleFor(data, slug))
}

/** Return the text of a file and whose route it is by its name; or why it can't be used. */
export function fromFile(name: string, written: string): { slug: string; text: string } | Refusal {
  const text = written.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n")
  const slug = slugOf(name.replace(/\.ya?ml$/i, ""))
  return refusalOf(text) ?? { slug, text }
}

/**
 * Return the text of a route after that of another municipality.
 *
 * Its plan comes along: phases, lanes and steps, and who does what by role. What is a fact about that municipality does
 * not: names, terms, money, links, notes, sources, and who said so. A text in which such a name stands is told.
 */
export function fromExample(text: string, data: Data, slug: string, of: string[]): Begun | undefined {
  const view = viewOf(text)
  if (!view) return undefined
  const left: string[] = []
  const leave = (what: string, text: string): void => {
    if (text) left.push((data.start.left[what] ?? "{text}").replace("{text}", () => text))
  }
  const at = (...path: Path): string => textIn(view.tree, path)
  for (const name of ["title", "subtitle", "period"]) leave(name, at(name))
  if (at("law") !== data.law) leave("law", at("law"))
  leave("status", at("status", "text") || at("status", "stage"))

  const local = new Set(of.map(one => own(data.municipalities, one) ?? one))
  const named = (name: string, role: string): string => {
    const general = own(data.roles, role)?.title ?? ""
    if (general.toLowerCase() !== name.toLowerCase()) {
      local.add(name)
      leave("name", name)
    }
    return general
  }
  const names = new Map(view.actors.map(({ id, title }) => [id, named(title, at("actors", id, "role"))]))
  const regisseur = at("regisseur", "title") ? named(at("regisseur", "title"), "regisseur") || at("regisseur", "title") : ""
  const ids = renamed(view, names, local)
  const kept = (path: Path, fields: string[]): Group => plain(view, ids, path, fields)

  const actors = view.actors.map(({ id, title }): [string, Tree] => {
    leave("about", at("actors", id, "text") && title)
    return [ids.actors.get(id) ?? id, { name: names.get(id) ?? "", ...kept(["actors", id], ["role", "icon"]) }]
  })
  const phases = view.phases.map(({ id }): [string, Tree] => {
    leaveSpans(["phases", id])
    return [ids.phases.get(id) ?? id, kept(["phases", id], ["title", "when", "goal"])]
  })
  const lanes = view.lanes.map(({ id }): [string, Tree] => [ids.lanes.get(id) ?? id, kept(["lanes", id], ["title", "text"])])
  const steps = view.steps.map(({ id, title, onlyIn, fromBudget }): [string, Tree] => {
    leaveSpans(["steps", id])
    if (onlyIn.length) leave("only-in", title)
    if (fromBudget) leave("budget", title)
    if (countIn(view.tree, ["steps", id, "links"])) leave("link", title)
    const fields = ["title", "text", "phase", "until_phase", "lane", "actor", "together_with", "after", "back_to", "condition", "accent", "contact_moment"]
    return [ids.steps.get(id) ?? id, kept(["steps", id], at("law") === data.law ? [...fields, "fulfils"] : fields)]
  })
  leave("about", at("regisseur", "text") && at("regisseur", "title"))
  for (const [list, name, what] of [["money", "amount", "money"], ["breaks_off", "phase", "breaks-off"], ["notes", "title", "note"], ["sources", "title", "source"]] as const) {
    for (let index = 0; index < countIn(view.tree, [list]); index++) {
      const told = at(list, index, name)
      leave(what, list === "breaks_off" ? at("phases", told, "title") || told : told || at(list, index, "address"))
    }
  }
  leave("contact", ["website", "email", "phone"].map(way => at("contact", way)).filter(Boolean).join(", "))
  leave("confirmation", at("confirmation", "by"))

  function leaveSpans(path: Path): void {
    const [number, unit] = ["within", "lasts"].map(span => [at(...path, span, "number"), at(...path, span, "unit")]).find(([one]) => one) ?? []
    const term = at(...path, "term") || (number ? `${number} ${unit ?? ""}`.trim() : "")
    leave("term", term && `${at(...path, "title")}: ${term}`)
  }

  const tree: Group = {
    title: titleFor(data, slug),
    law: at("law") === data.law ? data.law : "",
    period: "",
    status: { stage: "" },
    ...groups({ actors, phases, lanes, steps }),
    ...(regisseur ? { regisseur: { title: regisseur, ...kept(["regisseur"], ["starts_at", "until_phase"]) } } : {}),
    sources: SOURCES,
  }
  const made = newFile(tree, data, SCHEMA)
  const result = viewOf(made)
  return result && { text: made, left: [...new Set(left)], check: [...nameless(view, ids, names, data), ...called(result, data, local)] }
}

function titleFor(data: Data, slug: string): string {
  const name = own(data.municipalities, slug)
  return name === undefined ? "" : data.start.title.replace("{name}", () => name)
}

type Ids = Record<Kind, Map<string, string>>

/** Return the ids of all parts: an id with a name in it is made anew, and somebody's is that of the role. */
function renamed(view: RouteView, names: ReadonlyMap<string, string>, local: ReadonlySet<string>): Ids {
  const slugs = [...local].map(slugOf).filter(Boolean)
  const rename = (kind: Kind): [Kind, Map<string, string>] => {
    const ids = new Map<string, string>()
    for (const { id } of view[kind]) {
      const isLocal = slugs.some(one => `-${id}-`.includes(`-${one}-`))
      const role = names.get(id) ? textIn(view.tree, ["actors", id, "role"]) : ""
      ids.set(id, idFor([...ids.values()], kind, kind === "actors" ? role : isLocal ? "" : id))
    }
    return [kind, ids]
  }
  return Object.fromEntries(PARTS.map(rename)) as Ids
}

/** Return fields of a part as they stand in Dutch, with the new ids in those that name other parts. */
function plain(view: RouteView, ids: Ids, path: Path, fields: string[]): Group {
  const all: Group = {}
  const refers: Record<string, Kind> = {
    ...{ phase: "phases", until_phase: "phases", lane: "lanes", actor: "actors", together_with: "actors" },
    ...{ after: "steps", back_to: "steps", starts_at: "steps" },
  }
  for (const name of fields) {
    const here = [...path, name]
    const renamed = (id: string): string => ids[refers[name] ?? "steps"].get(id) ?? id
    const swap = name in refers ? renamed : (text: string): string => text
    if (Array.isArray(valueIn(view.tree, here))) all[name] = listIn(view.tree, here).map(swap)
    else if (textIn(view.tree, here)) all[name] = swap(textIn(view.tree, here))
  }
  return all
}

/** Return groups of parts by id, without those that are empty. */
function groups(parts: Record<string, [string, Tree][]>): Group {
  return Object.fromEntries(Object.entries(parts).flatMap(([kind, all]) => (all.length ? [[kind, Object.fromEntries(all)]] : [])))
}

/** Ask who does something where no role says it. */
function nameless(view: RouteView, ids: Ids, names: ReadonlyMap<string, string>, data: Data): Remark[] {
  return view.actors.filter(({ id }) => !names.get(id)).map(({ id, title }) => remark(["actors", ids.actors.get(id) ?? id, "name"], "nameless", title, data))
}

/** Tell in which texts a name of the other municipality still stands, or a word of it. */
function called(view: RouteView, data: Data, local: ReadonlySet<string>): Remark[] {
  const general = new Set(Object.values(data.roles).flatMap(one => one.title.toLowerCase().split(/[^\p{L}\p{N}]+/u)))
  const words = [...local].flatMap(name => [name, ...name.split(/[^\p{L}\p{N}]+/u)])
  const sought = new Set(words.filter(one => one.length >= LONG_ENOUGH).map(one => one.toLowerCase()).filter(one => !general.has(one)))
  const known = new Set([...general, ...data.terms.map(one => one.toLowerCase())])
  const texts: Path[] = PARTS.flatMap(kind => view[kind].flatMap(({ id }) => ["title", "text", "when", "goal", "condition"].map(name => [kind, id, name])))
  return texts.flatMap(path => {
    const own = ` ${textIn(view.tree, path).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `
    const found = [...sought].filter(one => own.includes(` ${one.replace(/[^\p{L}\p{N}]+/gu, " ")} `))
    found.push(...(textIn(view.tree, path).match(OWN_SPELLING) ?? []).filter(one => !known.has(one.toLowerCase())))
    const longest = found.sort((one, other) => other.length - one.length)[0]
    return longest === undefined ? [] : [remark(path, "name", longest, data)]
  })
}

function remark(path: Path, what: string, text: string, data: Data): Remark {
  const message = (data.start.check[what] ?? labelAt(data, path)).replace("{text}", () => text)
  return { path, rule: what, severity: "hint", message }
}

/** Return what stands under a name that anybody may have written. */
function own<T>(all: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined
}
