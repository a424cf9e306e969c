import type { Origin } from "./contract"
import { load, type Index, type OriginRow } from "./data"
import { kilometres, type Point } from "./distance"
import { closed, spelled } from "./fold"
import { closest } from "./spelling"
import { digitsOf, readPlaces, type Municipality, type Place, type PlacesFile, type PostcodeArea } from "./places"

/** Somewhere to search from, by the id that stands in an address. */
export interface Known extends Origin {
  readonly id: string
  /** What tells a place from others of its name, its municipality; of a postcode its place. */
  readonly within: string
  /** The name of the municipality that it lies in or is; empty when nobody knows. */
  readonly municipality: string
  /** The ids of the areas that it lies in. */
  readonly areas: readonly string[]
  /** Other names, as people write them. */
  readonly also: readonly string[]
  /** Its names as they are compared: see `spelled`. */
  readonly spelled: readonly string[]
}

/** From here on the beginning of a name of several words stands for the name: "Sint Anna". */
const BEGUN_FROM = 7
/** What tells municipalities of one name apart: "Bergen (Limburg)". */
const PROVINCE = / \(.+\)$/
/** The area that every place lies in. */
export const NATIONWIDE = "landelijk"
const KINDS = ["azc", "gemeente", "plaats", "postcode", "hier"]

/** All origins: reception locations at once, the rest when it is first asked for. */
export class Origins {
  readonly #all: Known[]
  readonly #address: string
  readonly #postcodes = new Map<string, Known>()
  #byName = new Map<string, Known[]>()
  #rest: Promise<boolean> | null = null
  #areRead = false

  constructor(index: Index, address: string) {
    this.#all = index.origins.map(known)
    this.#address = address
    this.#learnNames()
  }

  /** Whether municipalities and places were read: what is not known then does not exist. */
  get areRead(): boolean {
    return this.#areRead
  }

  /** Read municipalities, places and postcodes too; says whether they could be read. */
  complete(): Promise<boolean> {
    return (this.#rest ??= load<PlacesFile>(this.#address).then(
      file => {
        const { places, seats, postcodes } = readPlaces(file)
        this.#all.push(...seats.map(municipalityOf), ...places.map(placeOf))
        for (const one of postcodes) this.#postcodes.set(one.digits, postcodeOf(one))
        this.#learnNames()
        return (this.#areRead = true)
      },
      () => {
        this.#rest = null
        return false
      },
    ))
  }

  get(id: string): Known | undefined {
    return this.#postcodes.get(id) ?? this.#all.find(one => one.id === id)
  }

  /** Look an id up, among places if need be. */
  async find(id: string): Promise<Known | undefined> {
    if (!this.get(id)) await this.complete()
    return this.get(id)
  }

  /** All that go by a name, or else by a name that begins like it; or the one that a postcode stands for. */
  named(name: string): Known[] {
    const postcode = this.#postcodes.get(digitsOf(name))
    if (postcode) return [postcode]
    const asked = spelled(name)
    const same = this.#byName.get(closed(name)) ?? []
    if (same.length || !asked.includes(" ") || asked.length < BEGUN_FROM) return same
    return this.#all.filter(one => one.spelled.some(begun => begun.startsWith(asked)))
  }

  /** Those whose name is written almost so; none when different places are. */
  almost(name: string): Known[] {
    const [one = [], ...others] = closest(closed(name), this.#byName.keys()).map(near => this.#byName.get(near) ?? [])
    return others.every(other => other.some(place => one.includes(place))) ? one : []
  }

  /** The reception location at a place, or else in its municipality, if there is one only; else the places themselves. */
  receptionsIn(places: readonly Known[]): readonly Known[] {
    const receptions = this.#all.filter(one => one.kind === "azc")
    const towns = places.filter(one => one.kind !== "azc")
    const named = receptions.filter(one => towns.some(town => town.spelled.some(name => ` ${one.spelled[0]} `.includes(` ${name} `))))
    const within = receptions.filter(one => towns.some(town => town.municipality !== "" && town.municipality === one.municipality))
    return [named, within].find(those => those.length === 1) ?? places
  }

  /** The places that an id without its municipality may mean: `oudega`. */
  alike(id: string): Known[] {
    return (this.#byName.get(closed(id)) ?? []).filter(one => one.kind === "plaats")
  }

  /** The place nearest to a point, if places were read. */
  nearest(point: Point, earth: number): Known | undefined {
    const away = (one: Known): number => kilometres(point, one, earth)
    return this.#all.filter(one => one.kind === "plaats").reduce<Known | undefined>(
      (best, one) => (best && away(best) <= away(one) ? best : one), undefined,
    )
  }

  /** The best that a few letters or digits may mean. */
  suggest(text: string, most: number): Known[] {
    const asked = spelled(text)
    if (asked === "") return this.#all.filter(one => one.kind === "azc").slice(0, most)
    if (/^\d/.test(asked)) {
      const digits = digitsOf(text) || asked
      return [...this.#postcodes.values()].filter(one => one.name.startsWith(digits)).slice(0, most)
    }
    const key = closed(text)
    return this.#all
      .map(one => ({ one, rank: Math.min(...one.spelled.map(name => rank(name, asked, key, one.kind))) }))
      .filter(({ rank: found }) => found < NONE)
      .sort((one, other) => one.rank - other.rank)
      .slice(0, most)
      .map(({ one }) => one)
  }

  #learnNames(): void {
    this.#byName = new Map()
    for (const one of this.#all) {
      for (const name of new Set(one.spelled.map(written => written.replaceAll(" ", "")))) {
        const same = this.#byName.get(name)
        if (same) same.push(one)
        else this.#byName.set(name, [one])
      }
    }
  }
}

/** Ranks worse than any. */
const NONE = 100

/** How well a name answers what was typed; `key` is that without spaces. */
function rank(name: string, asked: string, key: string, kind: Origin["kind"]): number {
  const at = name.indexOf(asked)
  if (at < 0) return name.replaceAll(" ", "") === key ? 1 : NONE
  const of = KINDS.indexOf(kind)
  if (kind === "azc") return 0
  return at === 0 ? (name.length === asked.length ? 1 : 10) + of : name[at - 1] === " " ? 20 + of : 30
}

function known([id, name, kind, lat, lon, slug, municipality, province]: OriginRow): Known {
  return { id, name, kind, lat, lon, within: "", municipality, areas: areasOf(slug, province), also: [], spelled: [spelled(name)] }
}

function areasOf(municipality: string, province: string): string[] {
  return [municipality, province, NATIONWIDE].filter(Boolean)
}

function municipalityOf({ lat, lon, municipality }: Place): Known {
  const { name, also, slug } = municipality
  const names = [name.replace(PROVINCE, ""), name, ...also]
  const found = { id: `gemeente-${slug}`, name, kind: "gemeente", lat, lon, within: "", ...liesIn(municipality), also } as const
  return { ...found, spelled: [...new Set(names.map(spelled))] }
}

function placeOf({ id, name, also, lat, lon, municipality }: Place): Known {
  return { id, name, kind: "plaats", lat, lon, within: municipality.name, ...liesIn(municipality), also, spelled: [name, ...also].map(spelled) }
}

function postcodeOf({ digits, place, lat, lon }: PostcodeArea): Known {
  return { id: digits, name: digits, kind: "postcode", lat, lon, within: place.name, ...liesIn(place.municipality), also: [], spelled: [digits] }
}

function liesIn({ name, slug, province }: Municipality): Pick<Known, "municipality" | "areas"> {
  return { municipality: name, areas: areasOf(slug, province) }
}
