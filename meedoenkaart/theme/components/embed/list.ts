import type { Filter } from "../finder/filter"
import { ABOUT, FITS, LATER, MAYBE, NO, verdict } from "../finder/verdict"
import type { Schedule } from "../when/days"

/** What there is around a place, in the order in which it is shown: written by `publishing/embeds.py`. */
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
  /** What filters ask: facets, the level of Dutch, and what the law answers somebody without (`nee`) and with a permit (`ja`). */
  readonly columns: Readonly<Record<string, Column>>
  /** Of an agenda: what its days are reckoned from, and the names of public holidays by the number of the day. */
  readonly schedules?: readonly Schedule[]
  readonly holidays?: Readonly<Record<number, string>>
}

interface Column {
  readonly values: readonly string[]
  /** The combinations of values that occur; an empty one is "not known". */
  readonly sets: readonly (readonly number[])[]
  /** The number of a combination for each opportunity. */
  readonly rows: readonly number[]
}

export interface Found {
  readonly row: number
  /** Of what nobody knows whether it fits: names of facets and of what else was asked. */
  readonly lacks: readonly string[]
}

/** What fits a filter, as the finder finds it: what fits for sure first, then what may fit. `levels`: the levels of Dutch in order. */
export function choose({ card, columns }: List, filter: Filter, levels: readonly string[]): Found[] {
  const asked: (readonly [name: string, verdicts: readonly number[]])[] = []
  const ask = (name: string, column: string, answer: (set: readonly number[], values: readonly string[]) => number): void => {
    const { values = [], sets = [], rows = [] } = columns[column] ?? {}
    const answers = sets.map(set => answer(set, values))
    asked.push([name, rows.map(number => answers[number] ?? NO)])
  }
  const { level, permit, include, exclude } = filter
  if (permit) ask("vergunning", permit, ([answer = -1], values) => (values[answer] === "nee" ? NO : values[answer] === "onbekend" ? MAYBE : FITS))
  if (level !== null) ask("taal", "taal", ([needed], values) => (needed === undefined ? MAYBE : levels.indexOf(values[needed] ?? "") <= levels.indexOf(level) ? FITS : NO))
  for (const name of new Set([...include.keys(), ...exclude.keys()])) {
    ask(name, name, (set, values) => verdict(set, { numbers: new Map(values.map((id, number) => [id, number])), everybody: -1 }, include.get(name), exclude.get(name)))
  }
  const found: (Found & { readonly behind: number })[] = []
  for (const row of card.keys()) {
    if (asked.some(([, verdicts]) => verdicts[row] === NO || (verdicts[row] === MAYBE && filter.sure))) continue
    const lacks = asked.filter(([, verdicts]) => verdicts[row] === MAYBE).map(([name]) => name)
    found.push({ row, lacks, behind: lacks.reduce((sum, name) => sum + (ABOUT.has(name) ? LATER.about : LATER.unknown), 0) })
  }
  return found.sort((one, other) => one.behind - other.behind)
}
