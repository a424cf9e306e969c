import type { Origin } from "./contract"
import { fill, load, type Index, type OriginRow, type Words } from "./data"
import { kilometres, type Point } from "./distance"
import { closed, spelled } from "./fold"
import { closest } from "./spelling"
import { digitsOf, readPlaces, type Former, type Municipality, type Place, type PlacesFile, type PostcodeArea } from "./places"

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
  /** Its turn among what answers equally well, when that is not the turn of its kind. */
  readonly turn?: number
  /** The municipality that ended by which it was found, and until when. */
  readonly former?: string
}

/** From here on the beginning of a name of several words stands for the name: "Sint Anna". */
const BEGUN_FROM = 7
/** What tells municipalities of one name apart: "Bergen (Limburg)". */
const PROVINCE = / \(.+\)$/
/** The area that every place lies in. */
export const NATIONWIDE = "landelijk"
/** The turn of each kind, the best first. */
const TURNS = { azc: 0, gemeente: 1, plaats: 2, postcode: 3, hier: 4 }

/** All origins: reception locations at once, the rest when it is first asked for. */
export class Origins {
  readonly #all: Known[]
  /** Municipalities of today under the names of those that ended. */
  #former: Known[] = []
  readonly #address: string
  readonly #words: Pick<Words, "former">
  readonly #postcodes = new Map<string, Known>()
  #byName = new Map<string, Known[]>()
  #rest: Promise<boolean> | null = null
  #areRead = false

  constructor(index: Index, address: string) {
    this.#all = index.origins.map(known)
    this.#address = address
    this.#words = index.words
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
        const { places, seats, postcodes, former } = readPlaces(file)
        const [ours, others] = [true, false].map(isOurs => {
          const isThere = ({ municipality }: Place): boolean => municipality.isRegional === isOurs
          return [...seats.filter(isThere).map(municipalityOf), ...places.filter(isThere).map(placeOf)]
        }) as [Known[], Known[]]
        this.#all.push(...ours, ...others)
        this.#former = former.flatMap(one => formerOf(one, this.#words.former))
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

  /** The best of some kinds that a few letters or digits may mean. */
  suggest(text: string, most: number, isOffered = (_: Known): boolean => true): Known[] {
    const asked = spelled(text)
    if (asked === "") return this.#all.filter(one => one.kind === "azc" && isOffered(one)).slice(0, most)
    if (/^\d/.test(asked)) {
      const digits = digitsOf(text) || asked
      return [...this.#postcodes.values()].filter(one => one.name.startsWith(digits)).slice(0, most)
    }
    const key = closed(text)
    const taken = new Set<string>() // a municipality may answer by former names too
    return [...this.#all, ...this.#former]
      .filter(isOffered)
      .map(one => ({ one, rank: Math.min(...one.spelled.map(name => rank(name, asked, key, one))) }))
      .filter(({ rank: found }) => found < NONE)
      .sort((one, other) => one.rank - other.rank)
      .map(({ one }) => one)
      .filter(({ id }) => !taken.has(id) && taken.add(id))
      .slice(0, most)
  }

  #learnNames(): void {
    this.#byName = new Map()
    for (const one of [...this.#all, ...this.#former]) {
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
function rank(name: string, asked: string, key: string, { kind, turn = TURNS[kind] }: Known): number {
  const at = name.indexOf(asked)
  if (at < 0) return name.replaceAll(" ", "") === key ? 1 : NONE
  if (kind === "azc") return 0
  return at === 0 ? (name.length === asked.length ? 1 : 10) + turn : name[at - 1] === " " ? 20 + turn : 30
}

function known([id, name, kind, lat, lon, slug, municipality, province]: OriginRow): Known {
  return { id, name, kind, lat, lon, within: "", municipality, areas: areasOf(slug, province), also: [], spelled: [spelled(name)] }
}

function areasOf(municipality: string, province: string): string[] {
  return [municipality, province, NATIONWIDE].filter(Boolean)
}

function municipalityOf({ lat, lon, municipality }: Place): Known {
  const { id, name, also, isRegional } = municipality
  const names = [name.replace(PROVINCE, ""), name, ...also]
  const turn = isRegional ? TURNS.gemeente : TURNS.plaats // the region's own come first
  const found = { id, name, kind: "gemeente", lat, lon, within: "", ...liesIn(municipality), also, turn } as const
  return { ...found, spelled: [...new Set(names.map(spelled))] }
}

function formerOf({ name, year, seats }: Former, called: string): Known[] {
  const former = fill(called, { name, year })
  return seats.map(seat => ({ ...municipalityOf(seat), spelled: [spelled(name)], former }))
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
