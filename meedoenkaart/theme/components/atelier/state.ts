import type { Path } from "../form/yaml"
import type { Remark } from "./hints"
import type { History } from "./history"
import type { Untold } from "./protocol"
import { type Kind, type RouteView, textIn } from "./route"

/** What is in front on a phone; on a laptop the board, the drawing and one of the others are there at once. */
export type Tab = "board" | "fields" | "drawing" | "check"

/** How far the engine is: it draws and checks by all rules once it is ready. */
export type Readiness = "asleep" | "loading" | "ready" | "failed"

/** A problem, or a hint, with the field it is about. */
export interface Placed extends Remark {
  /** What can be done about it, where the message does not say it. */
  readonly remedy?: string
}

/** All that the atelier shows: one value, replaced with every change. */
export interface State {
  readonly slug: string
  readonly history: History
  readonly view: RouteView
  /** Whether the text can't be read as a route: then `view` is that of before. */
  readonly isBroken: boolean
  /** Which part the fields are about; empty: the route itself. */
  readonly selected: Path
  readonly tab: Tab
  readonly readiness: Readiness
  /** What is wrong, by the rules that the page knows and by those of the engine. */
  readonly problems: readonly Placed[]
  /** How texts could read better. */
  readonly hints: readonly Placed[]
  readonly untold: readonly Untold[]
  /** Whether what is missing is told too: not before somebody wants to send it or looks at the list. */
  readonly tellsMissing: boolean
}

/** Return the kind of part at a path: `step`, `phase`, `link` …; `route` for the whole. */
export function kindOf(path: Path): string {
  if (path.includes("links")) return "link"
  return KINDS[String(path[0] ?? "")] ?? "route"
}

const KINDS: Record<string, string> = {
  steps: "step",
  phases: "phase",
  lanes: "lane",
  actors: "actor",
  notes: "note",
  money: "money",
  breaks_off: "break",
  sources: "source",
  regisseur: "regisseur",
  status: "status",
  contact: "contact",
  confirmation: "confirmation",
}

/** Return how many steps of a path name its part: the rest is a field within it. */
export function partOf(path: Path): Path {
  if (path[0] === "steps" && path[2] === "links" && path.length > 3) return path.slice(0, 4)
  const kind = kindOf(path)
  if (kind === "route") return []
  const isOne = ["regisseur", "status", "contact", "confirmation"].includes(kind)
  return path.slice(0, isOne ? 1 : 2)
}

export function same(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index])
}

/** What a part is called: its title or name. */
export function nameOf({ view }: State, part: Path): string {
  return textIn(view.tree, [...part, part[0] === "actors" ? "name" : "title"]) || String(part.at(-1) ?? "")
}

/** Return the ids of parts with what they are called, in the order of the file. */
export function named(state: State, list: Kind): [id: string, name: string][] {
  return state.view[list].map(({ id, title }) => [id, title || id])
}

/** Return the numbers that steps have in the drawing: by phase, and in each by their order in the file. */
export function numbersOf({ phases, steps }: RouteView): ReadonlyMap<string, number> {
  const rank = new Map(phases.map(({ id }, index) => [id, index]))
  const sorted = [...steps].sort((one, other) => (rank.get(one.phase) ?? 99) - (rank.get(other.phase) ?? 99))
  return new Map(sorted.map(({ id }, index) => [id, index + 1]))
}

/** Return the colour of each actor, as the drawing has it: that of the band for the regisseur, the others in turn. */
export function huesOf({ view }: State): ReadonlyMap<string, number> {
  const [HUES, BAND] = [10, 1]
  const title = textIn(view.tree, ["regisseur", "title"]).toLowerCase()
  const others = [...Array(HUES).keys()].filter(hue => hue !== BAND || !title)
  let turn = 0
  return new Map(view.actors.map(one => [one.id, title && one.title && title.startsWith(one.title.toLowerCase()) ? BAND : (others[turn++ % others.length] ?? 0)]))
}
