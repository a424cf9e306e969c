import MiniSearch from "minisearch"
import { fold } from "../../fold"
import type { Index, Texts } from "./data"
import { FITS, MAYBE, NO } from "./engine"
import { wordsOf } from "./fold"

export interface Sought {
  /** How each opportunity answers: FITS in its own words, MAYBE through another word for the same. */
  readonly verdicts: Uint8Array
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

/** Facets whose labels and synonyms lead to opportunities. */
const NAMING = new Set(["activiteit", "sector", "soort", "netwerk"])
/** From here on a word may have a typing error. */
const FUZZY_FROM = 4
const FUZZINESS = 0.25
const MOST_CORRECTIONS = 3

/** Searches words in all that the finder knows of an opportunity. */
export class WordSearch {
  readonly #index: Index
  readonly #organisations: string[]
  readonly #offers: string[]
  readonly #terms: readonly (readonly Term[])[]
  readonly #facets: Index["facets"]
  #vocabulary: MiniSearch | null = null

  constructor(index: Index) {
    const { offers, organisations, places, municipalities } = index
    this.#index = index
    this.#facets = index.facets.filter(({ name }) => NAMING.has(name))
    this.#terms = this.#facets.map(({ values }) =>
      values.map(([, label, synonyms]) => ({ label, folded: fold(label), synonyms: synonyms.map(fold) })),
    )
    this.#organisations = organisations.name.map(fold)
    this.#offers = offers.title.map((title, row) => {
      const place = places[offers.place[row] as number] ?? ""
      const municipality = municipalities[offers.municipality[row] as number]?.[1] ?? ""
      return [title, place, municipality].map(fold).join("\n")
    })
  }

  /** Search descriptions too. */
  learn(texts: Texts): void {
    texts.organisations.forEach((text, number) => (this.#organisations[number] += `\n${fold(text)}`))
    texts.offers.forEach((text, row) => (this.#offers[row] += `\n${fold(text)}`))
    this.#vocabulary = null
  }

  /** Find all words of a query, in any order and as parts of words. */
  find(query: string): Sought | null {
    const words = [...new Set(wordsOf(query))]
    if (words.length === 0) return null
    const verdicts = new Uint8Array(this.#offers.length).fill(FITS)
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
      found.forEach((verdict, row) => {
        if (verdict === NO) verdicts[row] = NO
        else if (verdict === MAYBE && verdicts[row] === FITS) verdicts[row] = MAYBE
      })
    }
    return { verdicts, marks, corrected }
  }

  /** The labels of an opportunity's values through which a word leads to it. */
  through(row: number, marks: readonly string[]): string[] {
    const found = this.#facets.flatMap(({ sets, rows }, facet) =>
      (sets[rows[row] as number] ?? []).flatMap(value => {
        const term = this.#terms[facet]?.[value]
        return term && marks.some(word => named(term, word)) ? [term.label] : []
      }),
    )
    return [...new Set(found)]
  }

  #word(word: string): Uint8Array {
    const { organisation } = this.#index.offers
    const own = this.#organisations.map(text => text.includes(word))
    const found = Uint8Array.from(this.#offers, (text, row) => (own[organisation[row] as number] || text.includes(word) ? FITS : NO))
    this.#facets.forEach(({ sets, rows }, facet) => {
      const terms = this.#terms[facet] ?? []
      const byValue = terms.map(term => (term.folded.includes(word) ? FITS : named(term, word) ? MAYBE : NO))
      if (!byValue.some(Boolean)) return
      const bySet = sets.map(set => {
        const answers = set.map(value => byValue[value])
        return answers.includes(FITS) ? FITS : answers.includes(MAYBE) ? MAYBE : NO
      })
      rows.forEach((combination, row) => {
        const answer = bySet[combination]
        if (answer && found[row] !== FITS) found[row] = answer
      })
    })
    return found
  }

  #nearest(word: string): string[] {
    this.#vocabulary ??= this.#everyWord()
    const results = this.#vocabulary.search(word, { fuzzy: FUZZINESS, prefix: true })
    return results.slice(0, MOST_CORRECTIONS).map(({ id }) => String(id))
  }

  /** Each word that occurs, as a document of its own: there are far fewer of those than opportunities. */
  #everyWord(): MiniSearch {
    const all = new Set<string>()
    for (const text of [...this.#organisations, ...this.#offers]) for (const word of wordsOf(text)) all.add(word)
    for (const terms of this.#terms) {
      for (const { folded, synonyms } of terms) for (const text of [folded, ...synonyms]) for (const word of wordsOf(text)) all.add(word)
    }
    const search = new MiniSearch({ fields: ["word"], idField: "word", tokenize: text => [text], processTerm: term => term })
    search.addAll([...all].filter(word => word.length >= FUZZY_FROM - 1).map(word => ({ word })))
    return search
  }
}

function named({ folded, synonyms }: Term, word: string): boolean {
  return folded.includes(word) || synonyms.some(synonym => synonym.startsWith(word) || (word.length > 3 && synonym.includes(word)))
}

function union(all: readonly Uint8Array[]): Uint8Array {
  const found = new Uint8Array(all[0]?.length ?? 0)
  for (const one of all) {
    one.forEach((verdict, row) => {
      if (verdict && found[row] !== FITS) found[row] = verdict
    })
  }
  return found
}
