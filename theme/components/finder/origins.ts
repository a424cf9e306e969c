import type { Origin } from "./contract"
import { load, type Index, type OriginRow, type Places } from "./data"
import { kilometres, type Point } from "./distance"
import { spelled } from "./fold"

/** Somewhere to search from, by the id that stands in an address. */
export interface Known extends Origin {
  readonly id: string
  /** Of a place the name of its municipality, which tells it from others of its name. */
  readonly within: string
  /** The name of the municipality that it lies in or is; empty when nobody knows. */
  readonly municipality: string
  /** The ids of the areas that it lies in. */
  readonly areas: readonly string[]
  /** Its name as it is compared: see `spelled`. */
  readonly spelled: string
}

/** From here on the beginning of a name of several words stands for the name: "Sint Anna". */
const BEGUN_FROM = 7
/** Of a postcode only the digits count. */
const POSTCODE = /^(\d{4}) ?[a-z]{1,2}$/
/** What tells municipalities of one name apart: "Bergen (Limburg)". */
const PROVINCE = / \(.+\)$/
/** The area that every place lies in. */
export const NATIONWIDE = "landelijk"
const KINDS = ["azc", "gemeente", "plaats", "postcode", "hier"]

/** All origins: reception locations at once, the rest when it is first asked for. */
export class Origins {
  readonly #all: Known[]
  readonly #address: string
  #rest: Promise<boolean> | null = null
  #areRead = false

  constructor(index: Index, address: string) {
    this.#all = index.origins.map(known)
    this.#address = address
  }

  /** Whether municipalities and places were read: what is not known then does not exist. */
  get areRead(): boolean {
    return this.#areRead
  }

  /** Read municipalities and places too; says whether they could be read. */
  complete(): Promise<boolean> {
    return (this.#rest ??= load<Places>(this.#address).then(
      rest => {
        this.#all.push(...rest.origins.map(known), ...once(placesOf(rest)))
        return (this.#areRead = true)
      },
      () => {
        this.#rest = null
        return false
      },
    ))
  }

  get(id: string): Known | undefined {
    return this.#all.find(one => one.id === id)
  }

  /** Look an id up, among places if need be. */
  async find(id: string): Promise<Known | undefined> {
    if (!this.get(id)) await this.complete()
    return this.get(id)
  }

  /** All that go by a name, or else by a name that begins like it. */
  named(name: string): Known[] {
    const asked = spelled(name.replace(PROVINCE, ""))
    const same = this.#all.filter(one => closed(one.spelled) === closed(asked))
    if (same.length || !asked.includes(" ") || asked.length < BEGUN_FROM) return same
    return this.#all.filter(one => one.spelled.startsWith(asked))
  }

  /** The places that an id without its municipality may mean: `oudega`. */
  alike(id: string): Known[] {
    const asked = closed(spelled(id))
    return this.#all.filter(one => one.kind === "plaats" && closed(one.spelled) === asked)
  }

  /** The place nearest to a point, if places were read. */
  nearest(point: Point, earth: number): Known | undefined {
    const away = (one: Known): number => kilometres(point, one, earth)
    return this.#all.filter(one => one.kind === "plaats").reduce<Known | undefined>(
      (best, one) => (best && away(best) <= away(one) ? best : one), undefined,
    )
  }

  /** The best that a few letters may mean. */
  suggest(text: string, most: number): Known[] {
    const asked = spelled(text.replace(PROVINCE, "")).replace(POSTCODE, "$1")
    if (asked === "") return this.#all.filter(one => one.kind === "azc").slice(0, most)
    const rank = (one: Known): number => {
      const at = one.spelled.indexOf(asked)
      if (at < 0 && closed(one.spelled) === closed(asked)) return 1
      if (at < 0) return -1
      const kind = KINDS.indexOf(one.kind)
      if (one.kind === "azc") return 0
      return at === 0 ? (one.spelled.length === asked.length ? 1 : 10) + kind : one.spelled[at - 1] === " " ? 20 + kind : 30
    }
    return this.#all
      .map(one => ({ one, rank: rank(one) }))
      .filter(({ rank: found }) => found >= 0)
      .sort((one, other) => one.rank - other.rank)
      .slice(0, most)
      .map(({ one }) => one)
  }
}

/** Without spaces: "terapel" is Ter Apel. */
function closed(spelled: string): string {
  return spelled.replaceAll(" ", "")
}

function known([id, name, kind, lat, lon, municipality, within, province]: OriginRow): Known {
  const areas = areasOf(municipality, province)
  return { id, name, kind, lat, lon, within: "", municipality: within, areas, spelled: spelled(name.replace(PROVINCE, "")) }
}

function areasOf(municipality: string, province: string): string[] {
  return [municipality, province, NATIONWIDE].filter(Boolean)
}

/** One for each place: the table of places has some under two spellings. */
function once(places: readonly Known[]): Known[] {
  const seen = new Set<string>()
  return places.filter(({ spelled, within }) => {
    const place = `${closed(spelled)}, ${within}`
    return !seen.has(place) && seen.add(place)
  })
}

function placesOf({ places, municipalities }: Places): Known[] {
  return places.name.map((name, row) => {
    const [within, municipality, province] = municipalities[places.municipality[row] as number] ?? ["", "", ""]
    return {
      id: places.id[row] || name.toLowerCase(),
      name,
      kind: "plaats",
      lat: places.latitude[row] ?? 0,
      lon: places.longitude[row] ?? 0,
      within,
      municipality: within,
      areas: areasOf(municipality, province),
      spelled: spelled(name),
    }
  })
}
