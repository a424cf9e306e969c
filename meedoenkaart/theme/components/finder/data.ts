import type { Schedule } from "../when/days"
import type { FamiliesFile } from "./families"
import type { Sayings } from "./question"
import type { SuggestWords } from "./suggest"
import type { Leads } from "./vocabulary"
import { form } from "../../locale"

/** The files that `meedoenkaart/publishing/finder.py` writes, and what they are read into. */

/** A text by how many it speaks of: CLDR's plural categories. */
export interface Count extends Partial<Record<Intl.LDMLPluralRule, string>> {
  /** Said of none, when that is not the plural. */
  readonly none?: string
}

/** The part `finder` of `theme/words.yml`. */
export interface Words {
  readonly facets: Readonly<Record<string, string>>
  readonly lacking: Readonly<Record<string, string>>
  readonly agenda: Count
  readonly agenda_near: { readonly some: string; readonly all: string }
  readonly agenda_source: string
  /** The values of the facet that the reader's own day decides. */
  readonly soon: Readonly<Record<"vandaag" | "week" | "later", string>>
  readonly chosen: {
    readonly vergunning: Readonly<Record<string, string>>
    readonly taal: string
    readonly leeftijd: string
    readonly woorden: string
    readonly zeker: string
    readonly straal: string
    readonly gemeente: string
    readonly not: string
    readonly unknown: string
  }
  /** How a time is written: `{hour}.{minute}`. */
  readonly clock: string
  /** Between the things of a list, with its space. */
  readonly comma: string
  readonly unknown: string
  readonly include: string
  readonly exclude: string
  readonly count: Count
  readonly show: Count
  readonly tally: { readonly maybe: string; readonly both: string }
  readonly sure: Count
  readonly maybe: Count
  readonly sure_farther: Count
  readonly near: string
  readonly more: string
  readonly group_sure: string
  readonly group_maybe: string
  /** What one can take part in without travel. */
  readonly group_apart: string
  readonly apart: Count
  readonly lacks: string
  readonly none: string
  readonly loosen: string
  readonly farther: string
  readonly everywhere: string
  readonly clear: string
  readonly filters: { readonly none: string; readonly some: string }
  readonly corrected: string
  readonly found_via: string
  readonly gone: string
  readonly unread: string
  readonly unread_places: string
  readonly unread_texts: string
  readonly kind: Readonly<Record<string, string>>
  readonly here: string
  readonly here_asking: string
  readonly here_refused: string
  readonly here_again: string
  readonly suggestions: Count
  readonly which: string
  readonly which_now: string
  /** A municipality that ended, by the year in which it did. */
  readonly former: string
  readonly failed: string
  readonly views: {
    readonly saved: string
    readonly removed: string
    readonly undo: string
    readonly new: Count
    readonly open: string
    readonly remove: string
    readonly full: string
  }
  /** What is said of what fits nothing that was asked. */
  readonly released: {
    readonly one: Readonly<Record<string, string>>
    readonly several: string
    readonly back: string
  }
  readonly absent: string
  readonly suggested: SuggestWords
  /** How many questions are suggested. */
  readonly asked: Count
  readonly absent_add: string
  readonly guessed: { readonly place: string; readonly read: string; readonly word: string }
}

/** Id, label, synonyms. */
export type Value = readonly [id: string, label: string, synonyms: readonly string[]]

export interface Facet {
  readonly name: string
  /** Whether its values are names, which no browser translates. */
  readonly names: boolean
  /** The value of what is for everybody: it fits whoever is asked for. */
  readonly everybody?: string
  readonly values: readonly Value[]
  /** The combinations of values that occur, each a list of numbers of `values`; an empty one is "not known". */
  readonly sets: readonly (readonly number[])[]
  /** The number of a combination for each opportunity. */
  readonly rows: readonly number[]
}

export type OriginKind = "azc" | "gemeente" | "plaats" | "postcode" | "hier"

/** A place to search from, with the id of its municipality where the site has that, its name, and the id of the province. */
export type OriginRow = readonly [
  id: string, name: string, kind: OriginKind, lat: number, lon: number, municipality: string, within: string, province: string,
]

/** Answer, sentence, and the id of the legal fact behind it. */
export type Permission = readonly [answer: string, sentence: string, fact: string]

export interface Index {
  readonly words: Words
  /** What a distance by bike is reckoned with: see `meedoenkaart/geography/distance.py`. */
  readonly ride: { readonly earth: number; readonly detour: number; readonly speed: number }
  /** The icon of each activity. */
  readonly icons: readonly string[]
  readonly levels: readonly (readonly [id: string, label: string])[]
  readonly facets: readonly Facet[]
  readonly permissions: readonly Permission[]
  readonly municipalities: readonly (readonly [slug: string, name: string])[]
  readonly organisations: {
    readonly slug: readonly string[]
    readonly name: readonly string[]
    readonly fresh: readonly string[]
  }
  readonly places: readonly string[]
  /** Where one can take part: the numbers of its place and municipality, and how people call it. */
  readonly venues: readonly (readonly [lat: number, lon: number, place: number, municipality: number, name?: string])[]
  /** The combinations of venues that opportunities have; none for one that needs no travel. */
  readonly sites: readonly (readonly number[])[]
  /** Areas that opportunities reach: the number of a municipality, or another one's id and name. */
  readonly areas: readonly (number | readonly [id: string, name: string])[]
  /** The combinations of areas that opportunities reach. */
  readonly reaches: readonly (readonly number[])[]
  readonly times: readonly string[]
  /** The numbers of those that are only there in Dutch, on a page in another language. */
  readonly timesInDutch: ReadonlySet<number>
  readonly schedules: readonly Schedule[]
  readonly origins: readonly OriginRow[]
  readonly offers: {
    readonly organisation: readonly number[]
    readonly id: readonly string[]
    readonly title: readonly string[]
    readonly site: readonly number[]
    readonly reach: readonly number[]
    readonly when: readonly number[]
    /** The number of what its days are reckoned from, or -1. */
    readonly schedule: readonly number[]
    readonly level: readonly number[]
    readonly least: readonly number[]
    readonly most: readonly number[]
    readonly without: readonly number[]
    readonly with: readonly number[]
    readonly paused: readonly number[]
    /** 1 outside the site's region: found from a place, and not without one. */
    readonly elsewhere: readonly number[]
  }
}

/** What a question is understood with: see `meedoenkaart/publishing/question.py`. */
export interface QuestionFile extends Sayings {
  readonly leads: Leads
  readonly alike: Leads
  readonly families: FamiliesFile
}

export interface Texts {
  /** The description of each organisation of the index. */
  readonly organisations: readonly string[]
  /** The description of each opportunity. */
  readonly offers: readonly string[]
}

const QUOTED = /^[‘’“”„"'](.*)[‘’“”"']$/s

/** Read a file of the site; it was named after its content, so it never changes. */
export async function load<T>(address: string): Promise<T> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${answer.status} ${address}`)
  return (await answer.json()) as T
}

const NOTHING: Partial<QuestionFile> = {}
type Lists = Omit<QuestionFile, "leads" | "alike" | "families">

/** Read what a question is understood with, and what people say besides in the language of the page. */
export async function loadQuestion(address: string, own = ""): Promise<QuestionFile> {
  const [all, said] = await Promise.all([load<QuestionFile>(address), own ? load<Partial<QuestionFile>>(own) : NOTHING])
  const { leads, alike, families, ...lists } = all
  const joined = Object.entries(lists).map(([name, list]) => [name, [...list, ...(said[name as keyof Lists] ?? [])]])
  return { ...(Object.fromEntries(joined) as Lists), leads: { ...leads, ...said.leads }, alike: { ...alike, ...said.alike }, families }
}

/** The ids and names of the areas that opportunities reach. */
export function areasOf({ areas, municipalities }: Index): (readonly [id: string, name: string])[] {
  return areas.map(one => (typeof one === "number" ? (municipalities[one] ?? ["", ""]) : one))
}

/** Fill `{name}` in a text. What already stands between quotes keeps one pair: `‘{name}’` does not double them. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/([‘“"]?)\{(\w+)\}/g, (whole, quote: string, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return quote + (quote ? String(value).replace(QUOTED, "$1") : String(value))
  })
}

/** How many a choice gives, as short as a number beside it has to be: certain ones, and those that may fit. */
export function tallied({ tally }: Words, { sure, maybe }: { readonly sure: number; readonly maybe: number }): string {
  if (maybe === 0) return String(sure)
  return fill(sure === 0 ? tally.maybe : tally.both, { sure, maybe })
}

/** Say how many, in the form that the language has for that number. */
export function counted(words: Count, n: number): string {
  return n === 0 && words.none ? words.none : fill(form(words, n), { n })
}
