import { AT_A_PLACE, WAYS } from "../finder/engine"
import { areasOf, type Facet, type Index } from "../finder/data"
import { kilometres, type Point } from "../finder/distance"
import { NATIONWIDE } from "../finder/origins"

/**
 * What goes on after a move: for each opportunity the rules that hold, in this order. `docs/developers/continuity.md`
 * explains them; `tests/continuity/` reckons the same slowly.
 */
export const RULES = ["mee", "blijft", "organisatie", "netwerk", "soortgelijk", "overal", "stopt"] as const
export type Rule = (typeof RULES)[number]

/** A new home this near, in kilometres in a straight line, is near enough to go on. */
export const NEAR_KM = 15
/** So many things alike are named. */
const MOST_ALIKE = 3
/** So many places of networks are named. */
const MOST_NAMED = 3

/** Before a kind of what needs no travel, where nothing of it is near. */
const ANYWHERE = "overal "

/** What the index does not say: the file `continuity` of `meedoenkaart/publishing/finder.py`. */
export interface ContinuityFile {
  /** Umbrella organisations in the order of the facet: 1 all over the country, 0 in the region, -1 at reception locations only. */
  readonly networks: readonly (readonly [reach: 1 | 0 | -1, site: string])[]
  /** What is said of each opportunity: the number of one of `said`, or -1. */
  readonly continuity: readonly number[]
  readonly said: readonly (readonly [ways: string, note: string])[]
  /** A way to reach each organisation of the index: a telephone number, a mail address or a page; empty when none is known. */
  readonly contact: readonly string[]
}

/** Where somebody goes to live. */
export interface Home extends Point {
  /** The ids of the areas that it lies in: its municipality, its province, the country. */
  readonly areas: readonly string[]
}

/** Another opportunity, and how far it is from the new home; null: one goes nowhere, or nobody knows. */
export interface Target {
  readonly row: number
  readonly km: number | null
}

/** A rule that holds, with what it found. */
export interface Outcome {
  readonly rule: Rule
  readonly targets: readonly Target[]
  /** Numbers of networks that are all over the country, of which no place near the new home is known. */
  readonly networks: readonly number[]
  /** By which network, of `netwerk`. */
  readonly via?: number
  /** Whether the record itself says that it can go on from a distance. */
  readonly bySource?: boolean
}

/** What there is around a new home, or in the country when nobody knows where that will be. */
export class Onward {
  readonly #index: Index
  readonly #file: ContinuityFile
  readonly #activity: Facet
  readonly #sector: Facet
  readonly #network: Facet
  readonly #withoutTravel: readonly boolean[]
  readonly #km: Float64Array
  readonly #reached: readonly boolean[]
  readonly #nationwide: readonly boolean[]
  readonly #near: readonly number[]
  readonly #byOrganisation = new Map<number, number[]>()
  readonly #byNetwork = new Map<number, number[]>()
  readonly #byKind = new Map<string, number[]>()

  constructor(index: Index, file: ContinuityFile, home: Home | null) {
    this.#index = index
    this.#file = file
    const facet = (name: string): Facet => index.facets.find(one => one.name === name) as Facet
    this.#activity = facet("activiteit")
    this.#sector = facet("sector")
    this.#network = facet("netwerk")
    const ways = facet(WAYS)
    const place = ways.values.findIndex(([id]) => id === AT_A_PLACE)
    const travels = ways.sets.map(set => set.every(one => one === place))
    this.#withoutTravel = ways.rows.map(set => !travels[set])
    const areas = areasOf(index)
    const wished = new Set(home?.areas ?? [])
    const { offers } = index
    const within = (one: (id: string) => boolean): boolean[] => {
      const reaches = index.reaches.map(set => set.some(area => one(areas[area]?.[0] ?? "")))
      return offers.reach.map(set => reaches[set] ?? false)
    }
    this.#reached = within(id => wished.has(id))
    this.#nationwide = within(id => id === NATIONWIDE)
    this.#km = home ? kmFrom(index, home) : new Float64Array(offers.id.length).fill(Infinity)
    const rows = offers.id.map((_, row) => row).filter(row => !offers.paused[row] && !this.#isOfReception(row))
    const there = rows.filter(row => this.#isNear(row))
    this.#near = there.sort((one, other) => (this.#km[one] as number) - (this.#km[other] as number) || one - other)
    const elsewhere = rows.filter(row => this.#isReached(row) && !this.#isNear(row))
    for (const row of [...this.#near, ...elsewhere]) {
      push(this.#byOrganisation, offers.organisation[row] as number, row)
      for (const network of this.#networks(row)) push(this.#byNetwork, network, row)
      const from = this.#withoutTravel[row] && !this.#isNear(row) ? ANYWHERE : ""
      for (const kind of this.#kinds(row)) push(this.#byKind, from + kind, row)
    }
  }

  /** Whether anything that one can do is known to be near the new home. */
  get knowsNearby(): boolean {
    return this.#near.length > 0
  }

  /** The rules that hold for an opportunity, the best first; the only one of the first two that hold says enough. */
  of(row: number): Outcome[] {
    const { stays, bySource } = this.#told(row)
    if (stays && this.#withoutTravel[row] && this.#isReached(row)) return [outcome("mee", [this.#target(row)])]
    if (stays && this.#isNear(row)) return [outcome("blijft", [this.#target(row)])]
    const found: Outcome[] = []
    if (bySource) found.push({ ...outcome("mee", [this.#target(row)]), bySource })
    const organisation = this.#index.offers.organisation[row] as number
    const own = this.#likest(row, this.#byOrganisation.get(organisation) ?? [])
    const same = this.#first(stays && this.#isReached(row) ? [row, ...own] : own, 1)
    if (same.length) found.push(outcome("organisatie", same))
    const named = new Set(same.map(one => one.row))
    const networks = this.#networks(row)
    const members = this.#likest(row, networks.flatMap(one => this.#byNetwork.get(one) ?? []))
    const network = this.#first(members.filter(one => this.#index.offers.organisation[one] !== organisation), MOST_NAMED)
    const absent = networks.filter(one => this.#isEverywhere(one) && !network.some(({ row: member }) => this.#networks(member).includes(one)))
    if (network.length || absent.length) found.push({ ...outcome("netwerk", network), networks: absent, via: networks[0] as number })
    for (const one of network) named.add(one.row)
    const kinds = this.#sought(row)
    const alike = (before: string): Target[] => {
      const others = kinds.flatMap(kind => this.#byKind.get(before + kind) ?? [])
      return this.#first(others.filter(one => one !== row && !named.has(one) && this.#fitsLevel(one, row)), MOST_ALIKE)
    }
    const [near, everywhere] = [alike(""), alike(ANYWHERE)]
    if (near.length) found.push(outcome("soortgelijk", near))
    if (everywhere.length) found.push(outcome("overal", everywhere))
    return found.length ? found : [outcome("stopt", [])]
  }

  /** How well an opportunity travels when nobody knows yet where to: the first rule that may hold anywhere. */
  travels(row: number): Outcome {
    const { said, stays, bySource } = this.#told(row)
    if (stays && this.#withoutTravel[row] && this.#isNationwide(row)) return outcome("mee", [this.#target(row)])
    if (bySource) return { ...outcome("mee", [this.#target(row)]), bySource }
    if (stays && this.#isNationwide(row)) return outcome("organisatie", [])
    const networks = this.#networks(row).filter(one => this.#isEverywhere(one))
    if (networks.length) return { ...outcome("netwerk", []), networks, via: networks[0] as number }
    return outcome(said.includes("zelfde-soort") ? "soortgelijk" : "stopt", [])
  }

  /** What the record says about going on, in its own words. */
  note(row: number): string {
    return this.#file.said[this.#file.continuity[row] as number]?.[1] ?? ""
  }

  /** The ways that the record names, whether it goes on at all, and whether it says that it can from a distance. */
  #told(row: number): { readonly said: readonly string[]; readonly stays: boolean; readonly bySource: boolean } {
    const said = this.#file.said[this.#file.continuity[row] as number]?.[0].split(" ") ?? []
    const stays = !said.includes("niet") && !this.#isOfReception(row)
    return { said, stays, bySource: stays && (said.includes("online") || said.includes("op-afstand")) }
  }

  #isNear(row: number): boolean {
    return (this.#km[row] as number) <= NEAR_KM
  }

  #isReached(row: number): boolean {
    return this.#reached[row] ?? false
  }

  #isNationwide(row: number): boolean {
    return this.#nationwide[row] ?? false
  }

  /** The networks that may go on outside a reception location. */
  #networks(row: number): readonly number[] {
    return (this.#network.sets[this.#network.rows[row] as number] ?? []).filter(one => this.#file.networks[one]?.[0] !== -1)
  }

  /** Whether its organisation works at reception locations only: that is not for who lives elsewhere. */
  #isOfReception(row: number): boolean {
    const all = this.#network.sets[this.#network.rows[row] as number] ?? []
    return all.length > 0 && this.#networks(row).length === 0
  }

  #isEverywhere(network: number): boolean {
    return this.#file.networks[network]?.[0] === 1
  }

  /** By what something is found as alike: its activity in each of its sectors, those sectors, and the activity. */
  #kinds(row: number): string[] {
    const [activities, sectors] = this.#about(row)
    const both = activities.flatMap(activity => sectors.map(sector => `${activity}/${sector}`))
    return [...both, ...sectors.map(one => `/${one}`), ...activities.map(one => `${one}/`)]
  }

  /** By what something alike is sought, the best first; the activity alone says enough only where no sector is known. */
  #sought(row: number): string[] {
    const [, sectors] = this.#about(row)
    return this.#kinds(row).filter(kind => sectors.length === 0 || !kind.endsWith("/"))
  }

  #about(row: number): readonly [activities: readonly number[], sectors: readonly number[]] {
    return [this.#activity.sets[this.#activity.rows[row] as number] ?? [], this.#sector.sets[this.#sector.rows[row] as number] ?? []]
  }

  /** Other opportunities, the most alike first: of the same activity and in the same sector, of either, of neither. */
  #likest(row: number, others: readonly number[]): number[] {
    const [activities, sectors] = this.#about(row)
    const likeness = (one: number): number => {
      const [its, theirs] = this.#about(one)
      return Number(its.some(id => activities.includes(id))) + Number(theirs.some(id => sectors.includes(id)))
    }
    const ranked = others.filter(one => one !== row).map(one => ({ one, likeness: likeness(one) }))
    return ranked.sort((one, other) => other.likeness - one.likeness).map(({ one }) => one)
  }

  /** Whether somebody who can do `row` has Dutch enough for another: no higher level is asked, as far as anybody knows. */
  #fitsLevel(other: number, row: number): boolean {
    const { level } = this.#index.offers
    return (level[row] as number) < 0 || (level[other] as number) <= (level[row] as number)
  }

  /** The first few of some opportunities, each organisation once. */
  #first(rows: readonly number[], most: number): Target[] {
    const seen = new Set<number>()
    const found: Target[] = []
    for (const row of rows) {
      const organisation = this.#index.offers.organisation[row] as number
      if (seen.has(organisation)) continue
      seen.add(organisation)
      found.push(this.#target(row))
      if (found.length === most) break
    }
    return found
  }

  #target(row: number): Target {
    const km = this.#km[row] as number
    return { row, km: Number.isFinite(km) ? km : null }
  }
}

/** How far the nearest place of each opportunity is from a point, in kilometres; infinite when one goes nowhere. */
export function kmFrom({ venues, sites, offers, ride }: Index, point: Point): Float64Array {
  const away = venues.map(([lat, lon]) => kilometres(point, { lat, lon }, ride.earth))
  const nearest = sites.map(site => Math.min(...site.map(one => away[one] as number)))
  return Float64Array.from(offers.site, site => nearest[site] ?? Infinity)
}

function outcome(rule: Rule, targets: readonly Target[]): Outcome {
  return { rule, targets, networks: [] }
}

function push<Key>(map: Map<Key, number[]>, key: Key, row: number): void {
  const rows = map.get(key)
  if (rows) rows.push(row)
  else map.set(key, [row])
}
