import { read, type Known } from "../finder/address"
import type { Filter } from "../finder/filter"
import { SCHEMES } from "./frame"

/** What stands in the address of a frame. */
export interface Asked {
  readonly kind: "azc" | "gemeente"
  /** The place's name in addresses; empty when none is named. */
  readonly place: string
  readonly filter: Filter
  readonly most: number
  /** What nobody knows here, names and values. */
  readonly unknown: readonly string[]
}

const USUAL = 6
/** More would be more than a frame should weigh. */
const MOST = 12
/** Longer than any value that stands for something; of that many it is told. */
const [LONGEST, TOLD] = [40, 5]
/** What may be asked besides facets. The finder's other names are for what a frame has not: a field for words, a map, a radius. */
const FILTERS = new Set(["vergunning", "taal", "niet", "zeker"])
const NAMES = new Set(["azc", "gemeente", "bij", "aantal", "kleur", ...FILTERS])
const COLOURS = new Set(["", ...Object.keys(SCHEMES)])
const SLUG = /^[a-z0-9-]{1,80}$/
const MUNICIPALITY = "gemeente-"

/** Read what a frame is asked for, with the names of the finder; what is unknown is told, and does nothing. */
export function asked(query: string, known: Known): Asked {
  const given = new URLSearchParams(query)
  const { filter, gone } = read(query, known)
  const unknown = [...[...given.keys()].filter(name => !NAMES.has(name) && !known.facets.has(name)), ...gone]
  const [kind, place] = placeIn(given)
  if (place && !SLUG.test(place)) unknown.push(place)
  const many = given.get("aantal") ?? ""
  const most = Number(many)
  const isMany = /^\d{1,2}$/.test(many) && most > 0 && most <= MOST
  if (many && !isMany) unknown.push(many)
  if (!COLOURS.has(given.get("kleur") ?? "")) unknown.push(given.get("kleur") ?? "")
  const told = [...new Set(unknown)].slice(0, TOLD).map(one => one.slice(0, LONGEST))
  return { kind, place: SLUG.test(place) ? place : "", filter, most: isMany ? most : USUAL, unknown: told }
}

/** The query with which the finder shows the same: what is asked has the same names there. */
export function inFinder(query: string, { kind, place }: Asked, known: Known): string {
  const where: Record<string, string> = !place ? {} : kind === "azc" ? { bij: place } : { bij: MUNICIPALITY + place, straal: "gemeente" }
  const filters = [...new URLSearchParams(query)].filter(([name]) => known.facets.has(name) || FILTERS.has(name))
  return new URLSearchParams({ ...where, ...Object.fromEntries(filters) }).toString()
}

function placeIn(given: URLSearchParams): [kind: "azc" | "gemeente", place: string] {
  const near = given.get("bij") ?? ""
  if (given.get("azc")) return ["azc", given.get("azc") ?? ""]
  if (given.get("gemeente")) return ["gemeente", given.get("gemeente") ?? ""]
  return near.startsWith(MUNICIPALITY) ? ["gemeente", near.slice(MUNICIPALITY.length)] : ["azc", near]
}
