import { areasOf, type Index } from "./data"
import { kilometres, type Point } from "./distance"
import { RADII, UNKNOWN, type Filter, type Radius } from "./filter"
import { ABOUT, FITS, FITS_ALL, LATER, MAYBE, NO, verdict, type Values } from "./verdict"

type Verdicts = Uint8Array
/** Stands for an opportunity that fails more than one criterion. */
const SEVERAL = 255

/** The criteria of a filter that are no facet. */
export type Criterion = "straal" | "vergunning" | "taal" | "leeftijd" | "woorden"

export interface Selection {
  /** What fits for sure: what answers best to the words first, then what is nearest, then what was told last. */
  readonly sure: Uint32Array
  /** What fits as far as it is known: that of which least is unknown first, and the very thing that was asked before all. */
  readonly maybe: Uint32Array
  /** What fits too and needs no travel, with no place near: first what fits for sure, so many. */
  readonly apart: Uint32Array
  readonly apartSure: number
  /** Of how many it is known that they are about what was asked. */
  readonly known: number
  /** Reckoned when first asked for: what fits shows without it. */
  readonly others: Others
}

/** How many opportunities a choice would give: certain ones, and those of which not all is known. */
export interface Tally {
  sure: number
  maybe: number
}

/** How many opportunities other choices would give. */
export interface Others {
  /** For each facet, each value; the last one is for "not known". `own`: how many are known to have the value. */
  readonly counts: ReadonlyMap<string, readonly (Tally & { readonly own: number })[]>
  /** Somebody of each level of Dutch. */
  readonly levels: readonly Tally[]
  readonly permits: { readonly nee: Tally; readonly ja: Tally }
  readonly radii: ReadonlyMap<Radius, Tally>
  /** How many more there are without one criterion or facet. */
  readonly gains: ReadonlyMap<string, number>
}

interface Column extends Values {
  readonly name: string
  readonly rows: Uint16Array
  readonly sets: readonly (readonly number[])[]
  readonly size: number
}

const LATEST = 63
/** How dear it is to go farther than was asked, and for how many kilometres it is one dearer. */
const DISTANCE = { least: 4, km: 8, unknown: 300 }
/** How dear it is that nobody knows whether something is about what was asked. */
const UNKNOWN_COST = 12
/** What is never let go of: what the law says. */
const LAW = "vergunning"

/** The facet of how one takes part, and its value for which one goes somewhere. */
export const WAYS = "meedoen"
export const AT_A_PLACE = "ter-plaatse"

/** The number of a list: of what fits for sure; the next one is of what may fit. */
const SURE = 1
/** So many ranks words give. */
const RANKS = 256
/** What stands in the index for an organisation that is confirmed. */
const CONFIRMED = "ja"
/** How much higher the numbers are of lists of what needs no travel. */
const APART = 2

/** What there is around an origin, by opportunity. */
interface Nearby {
  readonly km: Float32Array
  /** Whether it is for somebody at the origin at whatever distance. */
  readonly reached: Uint8Array
  /** Whether it is in the origin's own municipality. */
  readonly here: Uint8Array
}

interface Active {
  readonly name: string
  readonly column: number
  readonly verdicts: Verdicts
}

/** What is found when nothing at all was asked for. */
export const FITS_NOTHING: Selection = {
  sure: new Uint32Array(),
  maybe: new Uint32Array(),
  apart: new Uint32Array(),
  apartSure: 0,
  known: 0,
  others: { counts: new Map(), levels: [], permits: { nee: { sure: 0, maybe: 0 }, ja: { sure: 0, maybe: 0 } }, radii: new Map(), gains: new Map() },
}

/** Answers filters. Knows no page: see `tests/finder/`. */
export class Engine {
  readonly size: number
  readonly #index: Index
  readonly #columns: readonly Column[]
  readonly #level: Int8Array
  readonly #least: Int16Array
  readonly #most: Int16Array
  readonly #permit: { readonly nee: Verdicts; readonly ja: Verdicts }
  readonly #levels: ReadonlyMap<string, number>
  /** Whether one can take part without travel: at home, by telephone or online. */
  readonly #isFreeOfTravel: Uint8Array
  /** Whether it lies in the site's region; null when everything does. */
  readonly #isRegional: Verdicts | null
  /** Whether it reaches where the origin is. */
  #serves: Uint8Array
  /** The nearest venue of each site; -1 when it has none. */
  #nearest: Int32Array
  /** Whether a site has a venue in the origin's own municipality. */
  #isHere: Uint8Array
  /** All opportunities, those of which was told last first. */
  readonly #byFreshness: Uint32Array
  /** Kilometres from the origin; without one, nothing. */
  #km: Float32Array | null = null
  /** The same to each venue. */
  #from: Float32Array | null = null
  /** All opportunities in the order in which they are shown. */
  #order: Uint32Array

  constructor(index: Index) {
    const { offers } = index
    this.size = offers.id.length
    this.#index = index
    this.#columns = index.facets.map(({ name, rows, sets, values, everybody }) => ({
      name,
      rows: Uint16Array.from(rows),
      sets,
      numbers: new Map(values.map(([id], number) => [id, number])),
      size: values.length,
      everybody: values.findIndex(([id]) => id === everybody),
    }))
    this.#level = Int8Array.from(offers.level)
    this.#least = Int16Array.from(offers.least)
    this.#most = Int16Array.from(offers.most)
    const answers = index.permissions.map(([answer]) => (answer === "nee" ? NO : answer === "onbekend" ? MAYBE : FITS))
    const answered = (rows: readonly number[]): Verdicts => Uint8Array.from(rows, number => answers[number] ?? MAYBE)
    this.#permit = { nee: answered(offers.without), ja: answered(offers.with) }
    this.#isRegional = offers.elsewhere.includes(1) ? Uint8Array.from(offers.elsewhere, one => (one ? NO : FITS)) : null
    this.#levels = new Map(index.levels.map(([id], number) => [id, number]))
    const fresh = index.organisations.fresh
    const told = [...new Set(fresh)].sort((one, other) => (one === CONFIRMED ? -1 : other === CONFIRMED ? 1 : one < other ? 1 : -1))
    const turns = offers.organisation.map(organisation => told.indexOf(fresh[organisation] ?? ""))
    this.#byFreshness = dealt(Uint32Array.from({ length: this.size }, (_, row) => row), turns, told.length)
    this.#order = this.#byFreshness
    const ways = this.#columns.find(({ name }) => name === WAYS)
    const place = ways?.numbers.get(AT_A_PLACE)
    const isFree = ways?.sets.map(set => Number(set.some(way => way !== place))) ?? []
    this.#isFreeOfTravel = this.#verdicts(row => isFree[ways?.rows[row] as number] ?? 0)
    this.#serves = new Uint8Array(this.size)
    this.#isHere = new Uint8Array(index.sites.length)
    this.#nearest = Int32Array.from(index.sites, ([first = -1]) => first)
  }

  /** Reckon distances from here. `areas`: the ids of those that the origin lies in, its own municipality first. */
  from(origin: Point | null, areas: readonly string[] = []): void {
    const { venues, sites, offers, ride, municipalities } = this.#index
    const own = municipalities.findIndex(([slug]) => slug === areas[0])
    this.#isHere = Uint8Array.from(sites, site => Number(site.some(venue => venues[venue]?.[3] === own)))
    const covered = new Set(areas)
    const isCovered = areasOf(this.#index).map(([id]) => covered.has(id))
    const reaches = this.#index.reaches.map(reach => Number(reach.some(area => isCovered[area])))
    this.#serves = this.#verdicts(row => reaches[offers.reach[row] as number] ?? 0)
    if (!origin) {
      this.#km = null
      this.#from = null
      this.#nearest = Int32Array.from(sites, ([first = -1]) => first)
      this.#order = this.#byFreshness
      return
    }
    const from = Float32Array.from(venues, ([lat, lon]) => kilometres(origin, { lat, lon }, ride.earth))
    this.#from = from
    const far = (venue: number): number => from[venue] ?? Infinity
    this.#nearest = Int32Array.from(sites, site => site.reduce((best, one) => (far(one) < far(best) ? one : best), site[0] ?? -1))
    const away = Float32Array.from(this.#nearest, far)
    // Sites are few: sorting those and dealing out the opportunities is faster than sorting opportunities.
    const nearest = Uint32Array.from(sites.keys()).sort((one, other) => ascending(away[one] as number, away[other] as number))
    const rank = new Uint32Array(sites.length)
    nearest.forEach((site, place) => (rank[site] = place))
    this.#order = dealt(this.#byFreshness, offers.site.map(site => rank[site] as number), rank.length)
    this.#km = Float32Array.from(offers.site, site => away[site] ?? Infinity)
  }

  /** Kilometres to the nearest place of an opportunity; null without an origin, or when it has no place. */
  km(row: number): number | null {
    const km = this.#km?.[row] ?? Infinity
    return km < Infinity ? km : null
  }

  /** The places of an opportunity beside the one that counts: the number of each, and kilometres from the origin if there is one. */
  others(row: number): (readonly [venue: number, km: number | null])[] {
    const counts = this.venue(row)
    const venues = this.#index.sites[this.#index.offers.site[row] as number] ?? []
    return venues.filter(venue => venue !== counts).map(venue => [venue, this.#from?.[venue] ?? null])
  }

  /** The number of the place of an opportunity that counts: the nearest, or without an origin the first; -1: none. */
  venue(row: number): number {
    return this.#nearest[this.#index.offers.site[row] as number] ?? -1
  }

  /** Whether one goes elsewhere for it, though it reaches where the origin is. */
  isFromElsewhere(row: number): boolean {
    return this.#km !== null && this.venue(row) >= 0 && this.#serves[row] === 1 && !this.#isIn(row)
  }

  /** Whether it has a place in the origin's own municipality. */
  #isIn(row: number): boolean {
    return this.#isHere[this.#index.offers.site[row] as number] === 1
  }

  /** Whether an opportunity lies within a radius. */
  #isNear(row: number, radius: Radius): boolean {
    if (this.venue(row) < 0) return false
    if (radius === "alles" || !this.#km) return true
    return radius === "gemeente" ? this.#isIn(row) : (this.#km[row] as number) <= radius
  }

  /** Whether it is for somebody at the origin, at whatever distance. */
  #isReached(row: number): boolean {
    return this.#serves[row] === 1 && (this.#isFreeOfTravel[row] === 1 || (this.venue(row) >= 0 && !this.#isIn(row)))
  }

  /** Whether it is listed apart from what is near: one need not travel for it. */
  #isApart(row: number, radius: Radius): boolean {
    return this.#isFreeOfTravel[row] === 1 && !this.#isNear(row, radius)
  }

  /** Opportunities that fit a filter. `words`: how well each answers to its words; the best come first, 0 not at all. */
  select(filter: Filter, radius: Radius, words: Uint8Array | null = null): Selection {
    const active = this.#active(filter, radius)
    const { size } = this
    if (words) active.push({ name: "woorden", column: -1, verdicts: words })
    // For each opportunity: 0 where it fits, or one more than the number of the only criterion that it fails.
    const fails = new Uint8Array(size)
    // The same for the criteria of which nobody knows whether it fits.
    const doubts = new Uint8Array(size)
    // Where each one is listed: what fits and what may fit, near and then apart; 0 nowhere.
    const listed = new Uint8Array(size)
    // How much later each one comes than others of its list, for what is unknown of it.
    const later = new Uint8Array(size)
    let known = 0
    for (let at = 0; at < size; at++) {
      const row = this.#order[at] as number
      let failed = 0
      let doubted = 0
      let behind = 0
      for (let number = 0; number < active.length && failed !== SEVERAL; number++) {
        const { verdicts, name } = active[number] as Active
        const verdict = verdicts[row]
        if (verdict === FITS || (verdict && name === "woorden")) continue
        if (verdict === FITS_ALL) behind += LATER.all
        else if (verdict === MAYBE && !filter.sure) {
          doubted = doubted ? SEVERAL : number + 1
          behind += ABOUT.has(name) ? LATER.about : LATER.unknown
        } else failed = failed ? SEVERAL : number + 1
      }
      fails[row] = failed
      doubts[row] = doubted
      if (failed) continue
      later[row] = Math.min(behind, LATEST)
      known += Number(behind < LATER.about)
      listed[row] = (doubted ? SURE + 1 : SURE) + (this.#isApart(row, radius) ? APART : 0)
    }
    const those = (list: number): Uint32Array => ranked(this.#order.filter(row => listed[row] === list), later, words)
    const [apart, apartMaybe] = [those(SURE + APART), those(SURE + APART + 1)]
    const near = this.#nearby()
    const reckon = (): Others => this.#others(filter, active, fails, doubts, near)
    let others: Others | undefined
    return {
      sure: those(SURE),
      maybe: those(SURE + 1),
      apart: Uint32Array.from([...apart, ...apartMaybe]),
      apartSure: apart.length,
      known,
      get others() {
        return (others ??= reckon())
      },
    }
  }

  /** How many fit for sure at any distance, and how far the nearest is. */
  farther(filter: Filter, words: Uint8Array | null): { readonly count: number; readonly km: number } | null {
    const { sure } = this.select({ ...filter, sure: true }, "alles", words)
    if (sure.length === 0 || !this.#km) return null
    return { count: sure.length, km: sure.reduce((least, row) => Math.min(least, this.km(row) ?? Infinity), Infinity) }
  }

  /** The highest score of what fits a filter, as far as is known, and is about what was asked. */
  best(filter: Filter, radius: Radius, scores: Float32Array): number {
    const active = this.#active(filter, radius)
    return scores.reduce((most, score, row) => (score > most && active.every(one => one.verdicts[row] !== NO && !isUnknown(one, row)) ? score : most), 0)
  }

  /**
   * What to let go of when nothing fits all: the criteria without which something does, and that cost least to miss.
   *
   * `costs`: how dear each is; what is not named costs most. `kept` are not let go of, and never what the law says.
   */
  release(filter: Filter, radius: Radius, words: Uint8Array | null, costs: Readonly<Record<string, number>>, kept: ReadonlySet<string>): string[] {
    const active = this.#active(filter, radius)
    if (words) active.push({ name: "woorden", column: -1, verdicts: words })
    const dearest = Math.max(...Object.values(costs), 0) + 1
    const fails = ({ name, verdicts }: Active, row: number): boolean =>
      verdicts[row] === NO || (verdicts[row] === MAYBE && filter.sure && name !== "woorden")
    const cost = (one: Active, row: number): number => {
      if (!fails(one, row)) return isUnknown(one, row) ? UNKNOWN_COST : 0
      if (one.name === LAW || one.name === "regio" || kept.has(one.name)) return Infinity
      // What is farther away is dearer.
      return one.name === "straal" ? DISTANCE.least + (this.km(row) ?? DISTANCE.unknown) / DISTANCE.km : (costs[one.name] ?? dearest)
    }
    let least = Infinity
    let best = -1
    for (let row = 0; row < this.size; row++) {
      const sum = active.reduce((total, one) => total + cost(one, row), 0)
      if (sum < least) [least, best] = [sum, row]
    }
    return best < 0 ? [] : active.filter(one => fails(one, best)).map(({ name }) => name)
  }

  /** What other choices would give: of what fits or fails only the criterion that the choice is about, counted as in the list. */
  #others(
    filter: Filter,
    active: readonly Active[],
    fails: Uint8Array,
    doubts: Uint8Array,
    near: Nearby | null,
  ): Others {
    // What is not asked has no criterion that could fail: 0.
    const of = (name: string): number => active.findIndex(one => one.name === name) + 1
    const among = (criterion: number, add: (row: number, isSure: boolean) => void): void => {
      for (let row = 0; row < fails.length; row++) {
        if (fails[row] !== 0 && fails[row] !== criterion) continue
        add(row, doubts[row] === 0 || doubts[row] === criterion)
      }
    }
    const counts = this.#columns.map((column, number) => {
      const [sure, maybe] = [new Uint32Array(column.sets.length), new Uint32Array(column.sets.length)]
      among(active.findIndex(one => one.column === number) + 1, (row, isSure) => {
        const combination = column.rows[row] as number
        const hits = isSure ? sure : maybe
        hits[combination] = (hits[combination] as number) + 1
      })
      const mayBeUnknown = !filter.sure && !filter.exclude.get(column.name)?.has(UNKNOWN)
      return [column.name, byValue(column, sure, maybe, mayBeUnknown)] as const
    })
    const tally = (): Tally => ({ sure: 0, maybe: 0 })
    const add = (to: Tally | undefined, isSure: boolean): void => {
      if (to) to[isSure ? "sure" : "maybe"]++
    }
    const levels = Array.from(this.#levels, tally)
    const anyLevel = tally()
    among(of("taal"), (row, isSure) => {
      const level = this.#level[row] as number
      if (level >= 0) add(levels[level], isSure)
      else if (!filter.sure) add(anyLevel, false)
    })
    levels.forEach((level, number) => {
      const lower = levels[number - 1] ?? anyLevel
      level.sure += lower.sure
      level.maybe += lower.maybe
    })
    const permits = { nee: tally(), ja: tally() }
    among(of("vergunning"), (row, isSure) => {
      for (const permit of ["nee", "ja"] as const) {
        const answer = this.#permit[permit][row]
        if (answer === FITS || (answer === MAYBE && !filter.sure)) add(permits[permit], isSure && answer === FITS)
      }
    })
    const radii = new Map<Radius, Tally>([...RADII, "gemeente" as const, "alles" as const].map(radius => [radius, tally()]))
    if (near) among(of("straal"), (row, isSure) => {
      const isReached = near.reached[row] === 1
      add(radii.get("alles"), isSure)
      for (const radius of RADII) if (isReached || (near.km[row] as number) <= radius) add(radii.get(radius), isSure)
      if (isReached || near.here[row]) add(radii.get("gemeente"), isSure)
    })
    const missed = new Uint32Array(active.length + 1)
    for (const failed of fails) if (failed !== SEVERAL) missed[failed] = (missed[failed] as number) + 1
    const gains = new Map(active.map(({ name }, number) => [name, missed[number + 1] as number]))
    return { counts: new Map(counts), levels, permits, radii, gains }
  }

  /** The facets, and what else was asked, of which nobody knows whether an opportunity fits. */
  lacking(row: number, filter: Filter): string[] {
    return this.#active(filter, "alles")
      .filter(({ verdicts }) => verdicts[row] === MAYBE)
      .map(({ name }) => name)
  }

  /** The numbers of a facet's values that an opportunity has. */
  values(facet: number, row: number): readonly number[] {
    const column = this.#columns[facet]
    return column?.sets[column.rows[row] as number] ?? []
  }

  /** What counts of the origin, kept for a selection that is counted later. */
  #nearby(): Nearby | null {
    const km = this.#km
    return km && { km, reached: this.#verdicts(row => Number(this.#isReached(row))), here: this.#verdicts(row => Number(this.#isIn(row))) }
  }

  #last: { filter: Filter; radius: Radius; km: Float32Array | null; active: Active[] } | null = null

  #active(filter: Filter, radius: Radius): Active[] {
    const last = this.#last
    if (last && last.filter === filter && last.radius === radius && last.km === this.#km) return [...last.active]
    const active: Active[] = []
    const put = (name: string, verdicts: Verdicts, column = -1): void => {
      active.push({ name, column, verdicts })
    }
    const within = this.#within(radius)
    if (within) put("straal", within)
    if (!this.#km && this.#isRegional) put("regio", this.#isRegional)
    if (filter.permit) put("vergunning", this.#permit[filter.permit])
    const level = filter.level === null ? undefined : this.#levels.get(filter.level)
    if (level !== undefined) put("taal", this.#verdicts(row => {
      const needed = this.#level[row] as number
      return needed < 0 ? MAYBE : needed <= level ? FITS : NO
    }))
    const { age } = filter
    if (age !== null) put("leeftijd", this.#verdicts(row => {
      const least = this.#least[row] as number
      const most = this.#most[row] as number
      if ((least >= 0 && age < least) || (most >= 0 && age > most)) return NO
      return least < 0 && most < 0 ? MAYBE : FITS
    }))
    this.#columns.forEach((column, number) => {
      const wanted = filter.include.get(column.name)
      const unwanted = filter.exclude.get(column.name)
      if (!wanted && !unwanted) return
      const byCombination = column.sets.map(set => verdict(set, column, wanted, unwanted))
      put(column.name, this.#verdicts(row => byCombination[column.rows[row] as number] ?? NO), number)
    })
    this.#last = { filter, radius, km: this.#km, active }
    return [...active]
  }

  #within(radius: Radius): Verdicts | null {
    if (radius === "alles" || !this.#km) return null
    return this.#verdicts(row => (this.#isNear(row, radius) || this.#isReached(row) ? FITS : NO))
  }

  #verdicts(of: (row: number) => number): Verdicts {
    const found = new Uint8Array(this.size)
    for (let row = 0; row < found.length; row++) found[row] = of(row)
    return found
  }
}

/** Whether nobody knows if an opportunity is about what was asked. */
function isUnknown({ name, verdicts }: Active, row: number): boolean {
  return verdicts[row] === MAYBE && ABOUT.has(name)
}

/** For each value, and for "not known", what choosing it gives: what nobody knows may have each value. */
function byValue(
  { sets, size, everybody }: Column,
  sure: Uint32Array,
  maybe: Uint32Array,
  mayBeUnknown: boolean,
): (Tally & { readonly own: number })[] {
  const found = Array.from({ length: size + 1 }, () => ({ sure: 0, maybe: 0, own: 0 }))
  const every = Array.from({ length: size }, (_, value) => value)
  sets.forEach((set, combination) => {
    const own = set.length ? set : [size]
    for (const value of set.includes(everybody) ? every : own) {
      const tally = found[value] as (typeof found)[number]
      tally.sure += sure[combination] as number
      tally.maybe += maybe[combination] as number
      if (own.includes(value)) tally.own += (sure[combination] as number) + (maybe[combination] as number)
    }
  })
  const unknown = mayBeUnknown ? (found[size]?.own ?? 0) : 0
  for (const tally of found.slice(0, size)) tally.maybe += unknown
  return found
}

function ascending(one: number, other: number): number {
  return one === other ? 0 : one - other // two that are infinite have no difference
}

/** Rows by what is unknown of them, then by how well they answer to words, and as they come otherwise. */
function ranked(rows: Uint32Array, later: Uint8Array, words: Uint8Array | null): Uint32Array {
  const keyOf = (row: number): number => (later[row] as number) * RANKS + (words ? RANKS - 1 - (words[row] as number) : 0)
  const used = [...new Set(Uint32Array.from(rows, keyOf))].sort(ascending)
  const turn = new Map(used.map((key, at) => [key, at]))
  const turns = new Uint16Array(later.length)
  for (const row of rows) turns[row] = turn.get(keyOf(row)) as number
  return dealt(rows, turns, used.length)
}

/** Rows by their turns, of which there are so many, and in their own order within one (a counting sort). */
function dealt(rows: Uint32Array, turns: ArrayLike<number>, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1)
  for (const row of rows) {
    const next = (turns[row] as number) + 1
    starts[next] = (starts[next] as number) + 1
  }
  for (let turn = 1; turn <= count; turn++) starts[turn] = (starts[turn] as number) + (starts[turn - 1] as number)
  const order = new Uint32Array(rows.length)
  for (const row of rows) {
    const turn = turns[row] as number
    const at = starts[turn] as number
    starts[turn] = at + 1
    order[at] = row
  }
  return order
}
