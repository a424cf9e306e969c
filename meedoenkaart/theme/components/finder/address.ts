import type { Look } from "./contract"
import { EVERYTHING, RADII, UNKNOWN, withValue, type Filter, type Radius } from "./filter"

/** What may stand in an address: the facets with their values, and the levels of Dutch. */
export interface Known {
  readonly facets: ReadonlyMap<string, ReadonlySet<string>>
  readonly levels: ReadonlySet<string>
}

/** Whether the map is shown: with the results (`ja`), or with a part of the country that somebody chose. */
export type MapShown = Look | "ja" | null

export interface Read {
  readonly filter: Filter
  /** A question that was typed on another page and is still to be understood. */
  readonly question: string
  readonly map: MapShown
  /** Values that do not exist (any more). */
  readonly gone: readonly string[]
}

const LONGEST = 200
const MOST_GONE = 5
const LOOK = /^(\d\d(?:\.\d{1,4})?),(\d(?:\.\d{1,4})?),(\d\d?)$/

/** Read a filter from the query of an address; what it can't hold is told, and does nothing. */
export function read(query: string, known: Known): Read {
  const given = new URLSearchParams(query)
  const gone: string[] = []
  const text = (name: string): string => (given.get(name) ?? "").slice(0, LONGEST).trim()
  const one = <T extends string>(name: string, allowed: (value: string) => value is T): T | null => {
    const value = text(name)
    if (value === "") return null
    if (allowed(value)) return value
    gone.push(value)
    return null
  }
  let filter: Filter = {
    ...EVERYTHING,
    where: text("bij") || null,
    permit: one("vergunning", (value): value is "nee" | "ja" => value === "nee" || value === "ja"),
    level: one("taal", (value): value is string => known.levels.has(value)),
    sure: text("zeker") === "ja",
    words: text("woorden"),
  }
  const radius = text("straal")
  const age = text("leeftijd")
  if (radius) filter = { ...filter, radius: radiusOf(radius) ?? said(gone, radius) }
  if (age) filter = { ...filter, age: ageOf(age) ?? said(gone, age) }
  const put = (facet: string, value: string, to: "in" | "out"): void => {
    if (known.facets.get(facet)?.has(value) || (known.facets.has(facet) && value === UNKNOWN)) {
      filter = withValue(filter, facet, value, to)
    } else {
      gone.push(value)
    }
  }
  for (const facet of known.facets.keys()) {
    for (const value of listed(text(facet))) put(facet, value, "in")
  }
  for (const value of listed(text("niet"))) {
    const [facet = "", id = "ja"] = value.split(".")
    put(facet, id, "out")
  }
  const map = text("kaart")
  const shown = map === "" || map === "ja" ? map || null : (lookIn(map) ?? said(gone, map))
  return { filter, question: text("vraag"), map: shown, gone: gone.slice(0, MOST_GONE).map(value => value.slice(0, 40)) }
}

/** The query that holds a filter, a question that is still to be understood, and the map; empty when nothing is asked. */
export function write(filter: Filter, question = "", map: MapShown = null): string {
  const parts: string[] = []
  const put = (name: string, value: string | number | null): void => {
    if (value !== null && value !== "") parts.push(`${name}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%20/g, "+")}`)
  }
  put("vraag", question)
  put("bij", filter.where)
  put("straal", filter.radius)
  put("taal", filter.level)
  put("vergunning", filter.permit)
  put("leeftijd", filter.age)
  for (const [facet, values] of filter.include) put(facet, [...values].join(","))
  const ruledOut = [...filter.exclude].flatMap(([facet, values]) =>
    [...values].map(value => (value === "ja" ? facet : `${facet}.${value}`)),
  )
  put("niet", ruledOut.join(","))
  put("zeker", filter.sure ? "ja" : null)
  put("woorden", filter.words)
  put("kaart", map === null || map === "ja" ? map : [map.lat, map.lon, map.zoom].join(","))
  return parts.length ? `?${parts.join("&")}` : ""
}

export function radiusOf(text: string): Radius | null {
  if (text === "gemeente" || text === "alles") return text
  const number = Number(text)
  return RADII.includes(number) || (Number.isInteger(number) && number > 0 && number <= 300) ? number : null
}

export function ageOf(text: string): number | null {
  const number = Number(text)
  return /^\d{1,3}$/.test(text) && number <= 120 ? number : null
}

/** The part of the country that a value names, as far as maps go that show the Netherlands. */
function lookIn(text: string): Look | null {
  const [lat = 0, lon = 0, zoom = 0] = (LOOK.exec(text) ?? []).slice(1).map(Number)
  return lat >= 50 && lat <= 54 && lon >= 2 && lon <= 8 && zoom >= 6 && zoom <= 18 ? { lat, lon, zoom } : null
}

function listed(text: string): string[] {
  return text.split(",").filter(Boolean)
}

function said(gone: string[], value: string): null {
  gone.push(value)
  return null
}
