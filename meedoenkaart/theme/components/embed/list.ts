import type { Filter } from "../finder/filter"
import { ABOUT, ageVerdict, FITS, FITS_ALL, LATER, levelVerdict, MAYBE, NO, verdict } from "../finder/verdict"
import type { Schedule } from "../when/days"

/** What there is around a place, in the order in which it is shown: written by `meedoenkaart/publishing/embeds.py`. */
export interface List {
  readonly name: string
  /** Of a reception location: its municipality. */
  readonly within?: string
  /** Whether there is more than one list can hold: then each activity has its own. */
  readonly more?: true
  readonly organisations: readonly string[]
  readonly organisation: readonly number[]
  /** The number of the card of each in its organisation's file, and of the place that counts. */
  readonly card: readonly number[]
  readonly venue: readonly number[]
  readonly km: readonly (number | null)[]
  /** What one goes elsewhere for, though it reaches the place. */
  readonly also: readonly number[]
  readonly level: readonly number[]
  readonly least: readonly number[]
  readonly most: readonly number[]
  /** How the law answers to somebody without and with a permit. */
  readonly permit: Readonly<Record<"nee" | "ja", readonly number[]>>
  readonly facets: readonly {
    readonly name: string
    readonly everybody?: string
    readonly values: readonly string[]
    readonly sets: readonly (readonly number[])[]
    readonly rows: readonly number[]
  }[]
  /** Of an agenda: what its days are reckoned from, and the names of public holidays by the number of the day. */
  readonly schedules?: readonly Schedule[]
  readonly holidays?: Readonly<Record<number, string>>
}

export interface Found {
  readonly row: number
  /** Of what nobody knows whether it fits: names of facets and of what else was asked. */
  readonly lacks: readonly string[]
}

/** What fits a filter, as the finder finds it: what fits for sure first, then what may fit. `levels`: the levels of Dutch in order. */
export function choose(list: List, filter: Filter, levels: readonly string[]): Found[] {
  const asked: [name: string, verdict: (row: number) => number][] = []
  const { permit, age } = filter
  if (permit) asked.push(["vergunning", row => list.permit[permit][row] ?? MAYBE])
  if (filter.level !== null) {
    const level = levels.indexOf(filter.level)
    asked.push(["taal", row => levelVerdict(list.level[row] ?? -1, level)])
  }
  if (age !== null) asked.push(["leeftijd", row => ageVerdict(list.least[row] ?? -1, list.most[row] ?? -1, age)])
  for (const { name, values, sets, rows, everybody } of list.facets) {
    const [wanted, unwanted] = [filter.include.get(name), filter.exclude.get(name)]
    if (!wanted && !unwanted) continue
    const column = { numbers: new Map(values.map((id, number) => [id, number])), everybody: everybody ? values.indexOf(everybody) : -1 }
    const answers = sets.map(set => verdict(set, column, wanted, unwanted))
    asked.push([name, row => answers[rows[row] ?? -1] ?? NO])
  }
  const found: (Found & { readonly behind: number })[] = []
  for (const row of list.card.keys()) {
    const answers = asked.map(([name, of]) => [name, of(row)] as const)
    if (answers.some(([, answer]) => answer === NO || (answer === MAYBE && filter.sure))) continue
    const later = ([name, answer]: readonly [string, number]): number =>
      answer === FITS ? 0 : answer === FITS_ALL ? LATER.all : ABOUT.has(name) ? LATER.about : LATER.unknown
    const lacks = answers.filter(([, answer]) => answer === MAYBE).map(([name]) => name)
    found.push({ row, lacks, behind: answers.reduce((sum, one) => sum + later(one), 0) })
  }
  return found.sort((one, other) => Number(one.lacks.length > 0) - Number(other.lacks.length > 0) || one.behind - other.behind)
}
