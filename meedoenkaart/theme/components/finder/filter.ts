/** What somebody asks of the finder. */

/** A radius: kilometres, the origin's own municipality, or any distance. */
export type Radius = number | "gemeente" | "alles"

export const RADII: readonly number[] = [5, 10, 25]
/** How far one looks from an origin when nothing else is said. */
export const USUAL_RADIUS = 25
/** Stands beside the values of a facet: nobody knows. */
export const UNKNOWN = "onbekend"

export type Chosen = ReadonlyMap<string, ReadonlySet<string>>

export interface Filter {
  /** The id of an origin; `hier` is where the device is. */
  readonly where: string | null
  /** null: what is usual for the origin. */
  readonly radius: Radius | null
  /** Whether the person has a residence permit. */
  readonly permit: "nee" | "ja" | null
  /** The person's level of Dutch. */
  readonly level: string | null
  readonly age: number | null
  /** Values by facet of which at least one has to fit. */
  readonly include: Chosen
  /** Values by facet of which none may fit. */
  readonly exclude: Chosen
  /** Leave out what may fit, but nobody knows. */
  readonly sure: boolean
  readonly words: string
}

export const EVERYTHING: Filter = {
  where: null,
  radius: null,
  permit: null,
  level: null,
  age: null,
  include: new Map(),
  exclude: new Map(),
  sure: false,
  words: "",
}

/** Where a value stands now: chosen, ruled out, or neither. */
export function standing(filter: Filter, facet: string, value: string): "in" | "out" | null {
  if (filter.include.get(facet)?.has(value)) return "in"
  return filter.exclude.get(facet)?.has(value) ? "out" : null
}

/** The filter with a value chosen, ruled out, or neither. */
export function withValue(filter: Filter, facet: string, value: string, to: "in" | "out" | null): Filter {
  return {
    ...filter,
    include: changed(filter.include, facet, value, to === "in"),
    exclude: changed(filter.exclude, facet, value, to === "out"),
  }
}

function changed(chosen: Chosen, facet: string, value: string, present: boolean): Chosen {
  const values = new Set(chosen.get(facet))
  if (present) values.add(value)
  else values.delete(value)
  const all = new Map(chosen)
  if (values.size) all.set(facet, values)
  else all.delete(facet)
  return all
}
