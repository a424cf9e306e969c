import { radiusOf } from "./address"
import type { Index } from "./data"
import { withValue, type Filter } from "./filter"
import { fold } from "../../fold"
import { wordsOf } from "./fold"
import type { Known } from "./origins"

/** What a question is understood with, of all languages together: see `theme/questions/`. */
export interface Sayings {
  /** Words before a place. */
  readonly near: readonly string[]
  /** Words that say nothing by themselves. */
  readonly skip: readonly string[]
  /** Words that rule out what follows, and words that end that. */
  readonly not: readonly string[]
  readonly but: readonly string[]
  /** Words that go on with what was said: "geen sport of taal". */
  readonly and: readonly string[]
  /** Words for a reception location. */
  readonly reception: readonly string[]
  readonly kilometres: readonly string[]
  /** How one goes so many kilometres. */
  readonly by: readonly string[]
  /** Words after an age, before one, and words after a number that is none. */
  readonly years: readonly string[]
  readonly aged: readonly string[]
  readonly no_age: readonly string[]
  /** What may follow a name after an apostrophe, and says only how it stands in the sentence: "Sneek'te". */
  readonly endings: readonly string[]
  readonly phrases: readonly Phrase[]
  /** Whole questions that are suggested, each of which leads to something. */
  readonly questions: readonly string[]
}

/** What people say, and the value of the filter that they mean by it. */
export interface Phrase {
  readonly say: readonly string[]
  readonly set: string
  readonly value: string
}

/** Looks up who goes by a name. */
export interface Named {
  named(name: string): readonly Known[]
  /** Those whose name is written almost so. */
  almost(name: string): readonly Known[]
  /** The reception location at a place, if there is one only; else the places themselves. */
  receptionsIn(places: readonly Known[]): readonly Known[]
}

/** What the catalogue knows of words. */
export interface Lexicon {
  /** Whether a value of a facet is called by a word, or by a form of it. */
  isWord(word: string): boolean
  /** Whether a word is one that people use for something, here or not. */
  isKnown(word: string): boolean
  /** The values of facets that a word leads to, as `facet.value`: "timmerman" to `sector.klussen`. */
  leadsOf(word: string): readonly string[]
}

/** What was taken for one thing and may be another. */
export interface Guess {
  readonly written: string
  /** What it was not taken for: a place, or a word to search for. */
  readonly other: { readonly place: Known } | { readonly word: string }
}

export interface Understood {
  readonly filter: Filter
  /** The name of a place that there are several of. */
  readonly ambiguous: string | null
  readonly guesses: readonly Guess[]
}

/** How many words a name or a phrase may have: the longest is tried first. */
const LENGTHS = [8, 7, 6, 5, 4, 3, 2, 1]
/** More words than anybody asks with. */
const MOST_WORDS = 60
/** Facets whose labels are understood as such. Other words are searched for. */
const FACETS = ["sector", "activiteit", "dag", "doelgroep", "soort"]
/** The facet whose labels are names, and no wish by themselves: they only rule out. */
const NAMES = "soort"
/** The facet whose values are languages, each with several names: "Perzisch (Farsi/Dari)". */
const LANGUAGES = "spreekt"
/** Four digits that in a question are a year sooner than a postcode without its letters. */
const YEAR = /^(19|20)\d\d$/
const YOUNGEST = 4
const OLDEST = 110
/** From here on a word without a preposition may be a place with a typing error. */
const MISTYPED_FROM = 7

interface Word {
  readonly written: string
  readonly folded: string
  /** Whether a comma or a full stop stands before it. */
  readonly isFirst: boolean
}

interface Said {
  readonly text: string
  readonly set: string
  readonly value: string
}

/** What all questions are understood with. */
interface Means {
  readonly index: Index
  readonly sayings: Sayings
  readonly origins: Named
  readonly lexicon: Lexicon
  readonly said: ReadonlyMap<string, readonly Said[]>
  /** The names of days. */
  readonly days: readonly string[]
  readonly skipped: ReadonlySet<string>
  readonly before: ReadonlySet<string>
  readonly not: ReadonlySet<string>
  readonly but: ReadonlySet<string>
  readonly and: ReadonlySet<string>
  readonly names: ReadonlySet<string>
  readonly endings: ReadonlySet<string>
}

/** What is understood of a question so far. */
interface State {
  filter: Filter
  ambiguous: string | null
  readonly guesses: Guess[]
  /** Whether what comes is ruled out. */
  isOut: boolean
  isLevelSaid: boolean
  readonly rest: string[]
}

/** Understands a question as a filter; `filter` is what was chosen before. */
export type Understanding = (question: string, filter: Filter) => Understood

/**
 * Make what understands questions: "iets in de zorg bij Sneek, A1, zonder vergunning, binnen 10 km".
 *
 * From left to right, each time the longest that is understood: a distance, an age, a name, a phrase or a label, a place.
 * What is no filter becomes words to search for.
 */
export function understanding(index: Index, sayings: Sayings, origins: Named, lexicon: Lexicon): Understanding {
  const setOf = (words: readonly string[]): ReadonlySet<string> => new Set(words.map(plain))
  const skipped = setOf([...sayings.skip, ...sayings.reception])
  const said = whatIsSaid(index, sayings.phrases, skipped)
  const known: Means = {
    index, sayings, origins, lexicon, said, skipped,
    days: [...said.values()].flat().filter(({ set, text }) => set === "dag" && !text.includes(" ")).map(({ text }) => text),
    before: setOf(sayings.near),
    not: setOf(sayings.not),
    but: setOf(sayings.but),
    and: setOf(sayings.and),
    names: setOf(index.organisations.name),
    endings: setOf(sayings.endings),
  }
  return (question, filter) => understood(question, filter, known)
}

function understood(question: string, filter: Filter, known: Means): Understood {
  const { skipped, not, but, and, lexicon } = known
  const words = wordsIn(question, known).slice(0, MOST_WORDS)
  const state: State = { filter: { ...filter, words: "" }, ambiguous: null, guesses: [], isOut: false, isLevelSaid: false, rest: [] }
  const stages = [aDistance, anAge, aName, aPhrase, aPlace]
  for (let at = 0; at < words.length; ) {
    const { written, folded, isFirst } = words[at] as Word
    if (isFirst || but.has(folded)) state.isOut = false
    const length = LENGTHS.find(many => at + many <= words.length && stages.some(stage => stage(words, at, many, known, state))) ?? 0
    at += length || 1
    if (!length && not.has(folded)) {
      state.isOut = true
      continue
    }
    if (!length && (skipped.has(folded) || but.has(folded))) continue
    if (!length) aWord(written, folded, lexicon, state)
    // What is ruled out is one thing, unless more follows: "geen sport of taal".
    if (!and.has(words[at]?.folded ?? "")) state.isOut = false
  }
  return { filter: { ...state.filter, words: state.rest.join(" ") }, ambiguous: state.ambiguous, guesses: state.guesses }
}

/** A word that is searched for, and the work that it leads to. */
function aWord(written: string, folded: string, lexicon: Lexicon, state: State): void {
  for (const lead of lexicon.leadsOf(folded)) {
    const [facet = "", value = ""] = lead.split(".")
    state.filter = put(state.filter, facet, value, state.isOut)
  }
  if (!state.isOut) state.rest.push(written)
}

/** All that is understood as a value of the filter, by its words. */
function whatIsSaid(
  index: Index, phrases: readonly Phrase[], skipped: ReadonlySet<string>,
): ReadonlyMap<string, readonly Said[]> {
  const found = new Map<string, Said[]>()
  const put = (text: string, set: string, value: string): void => {
    found.set(text, [...(found.get(text) ?? []), { text, set, value }])
  }
  for (const { say, set, value } of phrases) for (const text of say) put(plain(text), set, value)
  // What a phrase says goes before a label of the same words.
  const putNew = (text: string, set: string, value: string): void => {
    if (text && !found.has(text)) put(text, set, value)
  }
  for (const [id] of index.levels) putNew(plain(id), "taal", id)
  for (const facet of FACETS) {
    for (const [id, label] of index.facets.find(({ name }) => name === facet)?.values ?? []) putNew(plain(label), facet, id)
  }
  for (const [id, label, synonyms] of index.facets.find(({ name }) => name === LANGUAGES)?.values ?? []) {
    for (const text of [label, ...synonyms].flatMap(wordsOf)) if (!skipped.has(text)) putNew(text, LANGUAGES, id)
  }
  return found
}

/** The words of a question; "zaterdagmiddag" is a day and a part of it. */
function wordsIn(question: string, { said, days, endings }: Means): Word[] {
  const found: Word[] = []
  let isFirst = true
  for (const [piece] of question.matchAll(/[\p{L}\p{M}\p{N}'’\u200c-]+|[,.;:?!()/،؛؟።፣፤]/gu)) {
    if (/^[,.;:?!()/،؛؟።፣፤]/.test(piece)) {
      isFirst = true
      continue
    }
    const bare = piece.replace(/^(.{3,})['’](\p{L}+)$/u, (whole, word: string, ending: string) => (endings.has(plain(ending)) ? word : whole))
    const folded = plain(bare)
    if (!folded) continue
    const day = days.find(one => folded.startsWith(one) && said.has(folded.slice(one.length)))
    const parts = day ? [day, folded.slice(day.length)] : [bare]
    for (const part of parts) {
      found.push({ written: part, folded: plain(part), isFirst })
      isFirst = false
    }
  }
  return found
}

function aDistance(words: readonly Word[], at: number, length: number, { sayings: { kilometres, by } }: Means, state: State): boolean {
  const said = words.slice(at, at + length).map(one => one.folded)
  if (said.length > 1 && by.includes(said.at(-1) ?? "")) said.pop()
  const [, number, unit] = /^(\d{1,3}) ?(\p{L}+)$/u.exec(said.join(" ")) ?? []
  const text = unit && kilometres.includes(unit) ? number : ""
  const radius = text ? radiusOf(text) : null
  if (radius !== null) state.filter = { ...state.filter, radius }
  return radius !== null
}

function anAge(words: readonly Word[], at: number, length: number, { sayings: { years, aged, no_age } }: Means, state: State): boolean {
  const joined = /^(\d{1,3})-?(\p{L}*)$/u.exec(words[at]?.folded ?? "")
  const age = Number(joined?.[1])
  if (!joined || age > OLDEST) return false
  const [unit, next] = [joined[2] ?? "", words[at + 1]?.folded ?? ""]
  const [before, after] = [words[at], words[at + 1]]
  // "man, 34, A1": a number by itself.
  const isAlone = at > 0 && age >= YOUNGEST && before?.isFirst === true && (after?.isFirst ?? true)
  const isAge = length === 2
    ? unit === "" && years.includes(next)
    : length === 1 && (unit ? years.includes(unit) : isAlone || (aged.includes(words[at - 1]?.folded ?? "") && !no_age.includes(next) && !before?.isFirst))
  if (isAge) state.filter = { ...state.filter, age }
  return isAge
}

/** The name of an organisation, or a name that is written as two words: its words are searched for, whatever else they mean. */
function aName(
  words: readonly Word[], at: number, length: number, { names, said, skipped, origins, lexicon }: Means, state: State,
): boolean {
  const text = textOf(words, at, length)
  const isJoined = length === 2 && !skipped.has(words[at + 1]?.folded ?? "") && lexicon.isWord(text.replace(" ", ""))
  if (length === 1 || said.has(text) || !(names.has(text) || isJoined)) return false
  const own = words.slice(at, at + length)
  if (!state.isOut) state.rest.push(isJoined ? text.replace(" ", "") : own.map(({ written }) => written).join(" "))
  // "Taalpunt Medemblik": who types the place means it.
  const [place, ...others] = isJoined ? [] : origins.named(own.at(-1)?.written ?? "").filter(one => one.kind === "plaats")
  if (place && others.length === 0 && !state.filter.where) state.filter = { ...state.filter, where: place.id }
  return true
}

function aPhrase(words: readonly Word[], at: number, length: number, { said }: Means, state: State): boolean {
  const fitting = said.get(textOf(words, at, length)) ?? []
  if (fitting[0]?.set === NAMES && !state.isOut) {
    state.rest.push(...words.slice(at, at + length).map(({ written }) => written))
    return true
  }
  for (const { set, value } of fitting) {
    // "A2 naar B1": somebody is where they come from.
    if (set === "taal" && state.isLevelSaid) continue
    state.isLevelSaid ||= set === "taal"
    state.filter = put(state.filter, set, value, state.isOut)
  }
  return fitting.length > 0
}

function aPlace(
  words: readonly Word[], at: number, length: number, { before, skipped, sayings, index, origins, lexicon }: Means, state: State,
): boolean {
  const text = textOf(words, at, length)
  const written = words.slice(at, at + length).map(one => one.written).join(" ")
  const isAfter = before.has(words[at - 1]?.folded ?? "") && !words[at]?.isFirst
  if (length === 1 && skipped.has(text)) return false
  if (!isAfter && (skipped.has(text) || text.length < 4)) return false
  if (YEAR.test(text)) return false
  if (length === 2 && /^\d{4}$/.test(words[at]?.folded ?? "") && skipped.has(words[at + 1]?.folded ?? "")) return false
  let all = origins.named(written)
  let isGuessed = false
  if (all.length === 0 && length === 1 && !lexicon.isKnown(text)) {
    all = origins.almost(written).filter((_, __, those) => isAfter || text.length >= MISTYPED_FROM || those.some(one => one.kind === "gemeente"))
    isGuessed = all.length > 0
  }
  const isReception = [words[at - 1], words[at - 2], words[at + length]].some(one => one && sayings.reception.includes(one.folded))
  if (isReception) all = origins.receptionsIn(all)
  const asMunicipality = words[at - 1]?.folded === index.words.kind["gemeente"]
  const fitting = all.filter(one => (one.kind === "gemeente") === asMunicipality)
  const here = fitting.length ? fitting : all
  const [first] = here
  if (!first) return false
  // "winkel" is work sooner than a hamlet, and "de wijk" those who live there.
  const last = words[at + length - 1]
  if ((!isAfter || length > 1) && last && last.written === last.folded && lexicon.isWord(last.folded)) {
    state.guesses.push({ written, other: { place: first } })
    return false
  }
  if (isGuessed) state.guesses.push({ written, other: { word: written } })
  if (here.length > 1 && !here.some(one => one.kind === "azc")) state.ambiguous = written
  else state.filter = { ...state.filter, where: first.id }
  return true
}

function put(filter: Filter, name: string, value: string, isOut: boolean): Filter {
  switch (name) {
    case "vergunning":
      return { ...filter, permit: (value === "nee") !== isOut ? "nee" : "ja" }
    case "taal":
      return isOut ? filter : { ...filter, level: value }
    case "leeftijd":
      return isOut ? filter : { ...filter, age: Number(value) }
    case "straal":
      return isOut ? filter : { ...filter, radius: radiusOf(value) }
    case "niet": {
      const [facet = "", id = "ja"] = value.split(".")
      return withValue(filter, facet, id, "out")
    }
    default:
      return value.split(",").reduce((found, id) => withValue(found, name, id, isOut ? "out" : "in"), filter)
  }
}

function textOf(words: readonly Word[], at: number, length: number): string {
  return words.slice(at, at + length).map(one => one.folded).join(" ")
}

function plain(text: string): string {
  return fold(text).replace(/[’',.()]/g, "").trim()
}
