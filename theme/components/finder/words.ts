import MiniSearch from "minisearch"
import { fold } from "../../fold"
import { areasOf, type Index, type Texts } from "./data"
import { wordsOf } from "./fold"

export interface Sought {
  /** How well each opportunity answers, its name and title before all else; 0: not at all. */
  readonly ranks: Uint8Array
  /** What is marked where it stands in a text. */
  readonly marks: readonly string[]
  /** Words that occur nowhere, and what was taken for them. */
  readonly corrected: readonly (readonly [from: string, to: string])[]
}

interface Term {
  readonly label: string
  readonly folded: string
  readonly synonyms: readonly string[]
}

/** How well a word is found. A whole word says more than a part of one, and what something is called more than what is told of it. */
const NAME = { whole: 7, start: 6, within: 4 }
const TEXT = { whole: 5, start: 3, within: 3 }
const LETTER = /[\p{L}\p{N}]/u
const LABEL = 2
const SYNONYM = 1
/** From here on a word may be written as one that a name writes as two: "digitaalhuis". */
const JOINED_FROM = 6

/** Facets whose labels and synonyms lead to opportunities. */
const NAMING = new Set(["activiteit", "sector", "soort", "netwerk"])
/** From here on a word may have a typing error. */
const FUZZY_FROM = 4
const FUZZINESS = 0.25
const MOST_CORRECTIONS = 3

/** All that words are sought in, folded; names and titles with one space between their words. */
interface Folded {
  readonly names: readonly string[]
  readonly titles: readonly string[]
  readonly organisations: readonly string[]
  readonly offers: readonly string[]
  readonly terms: readonly (readonly Term[])[]
}

/** Searches words in all that the finder knows of an opportunity. */
export class WordSearch {
  readonly #index: Index
  readonly #facets: Index["facets"]
  /** Made for the first word: what shows without words does not wait for it. */
  #folded: Folded | null = null
  #vocabulary: MiniSearch | null = null

  constructor(index: Index) {
    this.#index = index
    this.#facets = index.facets.filter(({ name }) => NAMING.has(name))
  }

  /** Search descriptions too. */
  learn(texts: Texts): void {
    const known = this.#all
    this.#folded = {
      ...known,
      organisations: texts.organisations.map(fold),
      offers: known.offers.map((text, row) => `${text}\n${fold(texts.offers[row] ?? "")}`),
    }
    this.#vocabulary = null
  }

  get #all(): Folded {
    if (this.#folded) return this.#folded
    const { offers, organisations, places, municipalities, venues, sites, reaches } = this.#index
    const areas = areasOf(this.#index)
    // Where it is; what is nowhere is found by whom it reaches.
    const wheres = sites.map(site => site.map(venue => {
      const [, , place, municipality, name = ""] = venues[venue] ?? [0, 0, 0, 0]
      return `${name} ${places[place]} ${municipalities[municipality]?.[1]}`
    }).join(" "))
    const whom = reaches.map(reach => reach.map(area => areas[area]?.[1]).join(" "))
    const spaced = (text: string): string => wordsOf(text).join(" ")
    return (this.#folded = {
      names: organisations.name.map(spaced),
      titles: offers.title.map(spaced),
      organisations: organisations.name.map(() => ""),
      offers: offers.title.map((_, row) => fold(wheres[offers.site[row] as number] || (whom[offers.reach[row] as number] ?? ""))),
      terms: this.#facets.map(({ values }) =>
        values.map(([, label, synonyms]) => ({ label, folded: fold(label), synonyms: synonyms.map(fold) })),
      ),
    })
  }

  /** Find all words of a query, in any order and as parts of words. */
  find(query: string): Sought | null {
    const words = [...new Set(wordsOf(query))]
    if (words.length === 0) return null
    const ranks = new Uint8Array(this.#all.offers.length).fill(NAME.whole)
    const marks: string[] = []
    const corrected: [string, string][] = []
    for (const word of words) {
      let found = this.#word(word)
      let taken = [word]
      if (!found.some(Boolean) && word.length >= FUZZY_FROM) {
        const near = this.#nearest(word)
        if (near.length) {
          taken = near
          corrected.push([word, near.join(", ")])
          found = union(near.map(one => this.#word(one)))
        }
      }
      marks.push(...taken)
      found.forEach((rank, row) => (ranks[row] = Math.min(ranks[row] as number, rank)))
    }
    return { ranks, marks, corrected }
  }

  /** The labels of an opportunity's values through which a word leads to it. */
  through(row: number, marks: readonly string[]): string[] {
    const { terms } = this.#all
    const found = this.#facets.flatMap(({ sets, rows }, facet) =>
      (sets[rows[row] as number] ?? []).flatMap(value => {
        const term = terms[facet]?.[value]
        return term && marks.some(word => named(term, word)) ? [term.label] : []
      }),
    )
    return [...new Set(found)]
  }

  #word(word: string): Uint8Array {
    const { organisation } = this.#index.offers
    const { names, titles, organisations, offers, terms } = this.#all
    const called = ranker(word, NAME, true)
    const told = ranker(word, TEXT)
    const own = names.map((name, number) => Math.max(called(name), told(organisations[number] ?? "")))
    const found = Uint8Array.from(titles, (title, row) =>
      Math.max(own[organisation[row] as number] ?? 0, called(title), told(offers[row] ?? "")),
    )
    this.#facets.forEach(({ sets, rows }, facet) => {
      const byValue = (terms[facet] ?? []).map(term => (term.folded.includes(word) ? LABEL : named(term, word) ? SYNONYM : 0))
      if (!byValue.some(Boolean)) return
      const bySet = sets.map(set => Math.max(0, ...set.map(value => byValue[value] ?? 0)))
      rows.forEach((combination, row) => (found[row] = Math.max(found[row] as number, bySet[combination] ?? 0)))
    })
    return found
  }

  #nearest(word: string): string[] {
    this.#vocabulary ??= this.#everyWord()
    const results = this.#vocabulary.search(word, {
      fuzzy: FUZZINESS,
      prefix: true,
      filter: ({ id }) => beginsLike(String(id), word),
    })
    return results.slice(0, MOST_CORRECTIONS).map(({ id }) => String(id))
  }

  /** Each word that occurs, as a document of its own: there are far fewer of those than opportunities. */
  #everyWord(): MiniSearch {
    const all = new Set<string>()
    const { names, titles, organisations, offers, terms } = this.#all
    for (const text of [names, titles, organisations, offers].flat()) for (const word of wordsOf(text)) all.add(word)
    for (const some of terms) {
      for (const { folded, synonyms } of some) for (const text of [folded, ...synonyms]) for (const word of wordsOf(text)) all.add(word)
    }
    const search = new MiniSearch({ fields: ["word"], idField: "word", tokenize: text => [text], processTerm: term => term })
    search.addAll([...all].filter(word => word.length >= FUZZY_FROM - 1).map(word => ({ word })))
    return search
  }
}

/** What ranks a text by how a word stands in it; `joined`: also as two words or more. */
function ranker(word: string, ranks: typeof NAME, joined = false): (text: string) => number {
  const apart = joined && word.length >= JOINED_FROM ? new RegExp(`(^| )${[...word].join(" ?")}`) : null
  return text => {
    let rank = 0
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const starts = at === 0 || !isLetter(text, at - 1)
      if (starts && !isLetter(text, at + word.length)) return ranks.whole
      rank = starts ? ranks.start : rank || ranks.within
    }
    return rank === 0 && apart?.test(text) ? ranks.start : rank
  }
}

function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
  return LETTER.test(text.charAt(at)) // NaN, behind the end, is none
}

function named({ folded, synonyms }: Term, word: string): boolean {
  return folded.includes(word) || synonyms.some(synonym => synonym.startsWith(word) || (word.length > 3 && synonym.includes(word)))
}

/** Who mistypes a word begins it well, or with one letter more or less: "vogels" is another word than "engels". */
function beginsLike(one: string, other: string): boolean {
  return one[0] === other[0] || one.slice(1) === other || one === other.slice(1)
}

function union(all: readonly Uint8Array[]): Uint8Array {
  const found = new Uint8Array(all[0]?.length ?? 0)
  for (const one of all) {
    one.forEach((rank, row) => (found[row] = Math.max(found[row] as number, rank)))
  }
  return found
}
