import { fold } from "../../fold"
import { closed } from "./fold"

/** The file that `meedoenkaart/publishing/places.py` writes; most columns hold the difference from the row before. */
export interface PlacesFile {
  /** Each with its id where the site has it, the id of its province, and other names; those of the region first. */
  readonly municipalities: readonly (readonly [name: string, id: string, province: string, ...also: string[]])[]
  /** How many of them are of the region. */
  readonly regional: number
  /** The row of each one's seat, or of the place that stands for it. */
  readonly seats: readonly number[]
  /** Municipalities that ended: the first year without, and the numbers of those that have their land. */
  readonly former: readonly (readonly [name: string, year: number, ...number[]])[]
  readonly name: readonly string[]
  /** Other names, by row. */
  readonly also: Readonly<Record<number, readonly string[]>>
  /** Ids that do not follow from the name, by row. */
  readonly id: Readonly<Record<number, string>>
  readonly municipality: readonly number[]
  readonly latitude: readonly number[]
  readonly longitude: readonly number[]
  readonly postcodes: {
    readonly digits: readonly number[]
    readonly place: readonly number[]
    readonly latitude: readonly number[]
    readonly longitude: readonly number[]
    /** The digits that other places have too. */
    readonly shared: readonly number[]
  }
}

export interface Municipality {
  readonly name: string
  readonly also: readonly string[]
  /** What stands in an address for it. */
  readonly id: string
  /** Its id; empty when the site does not have it. */
  readonly slug: string
  /** The id of its province. */
  readonly province: string
  readonly isRegional: boolean
}

export interface Place {
  /** What stands in an address for it. */
  readonly id: string
  readonly name: string
  readonly also: readonly string[]
  readonly municipality: Municipality
  readonly lat: number
  readonly lon: number
}

/** The postcodes that begin with the same four digits. */
export interface PostcodeArea {
  readonly digits: string
  /** The place to which most of them belong. */
  readonly place: Place
  /** Whether other places have them too. */
  readonly isShared: boolean
  readonly lat: number
  readonly lon: number
}

/** A municipality that ended. */
export interface Former {
  readonly name: string
  readonly year: number
  /** The seats of the municipalities that have its land now. */
  readonly seats: readonly Place[]
}

export interface PlaceTable {
  /** By name, those of the region first. */
  readonly places: readonly Place[]
  /** The seat of each municipality, those of the region first. */
  readonly seats: readonly Place[]
  readonly former: readonly Former[]
  readonly postcodes: readonly PostcodeArea[]
}

const PER_DEGREE = 1000
const POSTCODE = /^([1-9]\d{3}) ?(?:[a-z]{1,2})?$/i

/** The four digits of a postcode, whole or not: `9203`, `9203cd`; nothing if it is none. */
export function digitsOf(postcode: string): string {
  return POSTCODE.exec(postcode.trim())?.[1] ?? ""
}

export function readPlaces(file: PlacesFile): PlaceTable {
  const municipalities = file.municipalities.map(([name, slug, province, ...also], at): Municipality => {
    return { id: `gemeente-${slug || slugOf(name)}`, name, slug, province, also, isRegional: at < file.regional }
  })
  const count = new Map<string, number>()
  for (const id of file.name.map(slugOf)) count.set(id, (count.get(id) ?? 0) + 1)
  const [of, lats, lons] = [file.municipality, file.latitude, file.longitude].map(sums) as [number[], number[], number[]]
  const rows = file.name.map((name, at): Place => {
    const municipality = municipalities[of[at] as number] as Municipality
    const usual = slugOf(name)
    return {
      id: file.id[at] ?? ((count.get(usual) ?? 0) > 1 ? `${usual}-${slugOf(municipality.name)}` : usual),
      name,
      also: file.also[at] ?? [],
      municipality,
      lat: (lats[at] as number) / PER_DEGREE,
      lon: (lons[at] as number) / PER_DEGREE,
    }
  })
  const placeOf = sums(file.postcodes.place)
  const shared = new Set(file.postcodes.shared)
  const postcodes = sums(file.postcodes.digits).map((digits, at): PostcodeArea => {
    const row = placeOf[at] as number
    return {
      digits: `${digits}`,
      place: rows[row] as Place,
      isShared: shared.has(digits),
      lat: ((lats[row] as number) + (file.postcodes.latitude[at] as number)) / PER_DEGREE,
      lon: ((lons[row] as number) + (file.postcodes.longitude[at] as number)) / PER_DEGREE,
    }
  })
  const keys = new Map(rows.map(one => [one, `${one.municipality.isRegional ? 0 : 1}${closed(one.name)}`]))
  const keyOf = (one: Place): string => keys.get(one) ?? ""
  const places = [...rows].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : keyOf(one) > keyOf(other) ? 1 : 0))
  const seats = sums(file.seats).map(row => rows[row] as Place)
  const former = file.former.map(([name, year, ...now]): Former => ({ name, year, seats: now.map(at => seats[at] as Place) }))
  return { places, postcodes, seats, former }
}

/** A name as it stands in an address; `slug` of `meedoenkaart/publishing/places.py` is the same. */
function slugOf(name: string): string {
  return fold(name)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
}

function sums(steps: readonly number[]): number[] {
  let sum = 0
  return steps.map(step => (sum += step))
}
