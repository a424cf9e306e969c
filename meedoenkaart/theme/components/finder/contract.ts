/** What the finder tells other components on its page, and hears from them. All travels as events on its root element. */

/** One opportunity that the finder shows now. */
export interface Result {
  /** `<municipality>/<organisation>#<id>`: the same in every build as long as nobody renames the record. */
  readonly key: string
  readonly title: string
  readonly who: string
  readonly place: string
  /** Relative to the page that shows it. */
  readonly url: string
  readonly activity: string
  /** The name of a symbol in `assets/icons.svg`. */
  readonly icon: string
  /** The nearest place where one can take part; NaN when one need not go anywhere. */
  readonly lat: number
  readonly lon: number
  /** In a straight line from the origin; null without one. */
  readonly km: number | null
  /** The other places where one can take part. */
  readonly others: readonly Pick<Result, "lat" | "lon" | "place" | "km">[]
}

/** Where distances count from. */
export interface Origin {
  readonly name: string
  readonly lat: number
  readonly lon: number
  readonly kind: "azc" | "gemeente" | "plaats" | "postcode" | "hier"
}

/** What the finder found, nearest first. */
export interface Found {
  readonly results: readonly Result[]
  readonly origin: Origin | null
  /** Kilometres around the origin; null: all. */
  readonly radius: number | null
}

/** The result that hover or focus is on; null: none. */
export interface Mark {
  readonly key: string | null
}

/** The part of the country that a map shows. */
export interface Look {
  readonly lat: number
  readonly lon: number
  readonly zoom: number
}

/** The root element of a finder. */
export const ROOT = ".finder"

/** Dispatched by the finder after every change, once it shows: a moment later than `foundBy` knows of it. */
export const RESULTS = "finder:results"

/** Dispatched by the finder and by the map; both listen. */
export const MARK = "finder:mark"

/** Dispatched by the map when somebody moved it, or when it shows what was found again: null. */
export const LOOK = "finder:look"

export type ResultsEvent = CustomEvent<Found>
export type MarkEvent = CustomEvent<Mark>

declare global {
  interface HTMLElementEventMap {
    [RESULTS]: ResultsEvent
    [MARK]: MarkEvent
    [LOOK]: CustomEvent<Look | null>
  }
}

/**
 * The last results, for a component that starts later than the finder.
 *
 * The finder keeps them on its root element, as the property `found`.
 */
export function foundBy(root: HTMLElement): Found | undefined {
  return (root as HTMLElement & { found?: Found }).found
}

/** The part of the country that somebody chose, by hand or by the address; null: what fits the results. Kept as `look`. */
export function lookOf(root: HTMLElement): Look | null {
  return (root as HTMLElement & { look?: Look | null }).look ?? null
}
