import type { Index, Texts } from "./data"
import { NO_FAMILIES, type Families } from "./families"
import { wordsOf } from "./fold"
import { closest } from "./spelling"
import { readVocabulary, type Field, type Leads, type Vocabulary } from "./vocabulary"

export interface Sought {
  /** How well each opportunity answers: the more, the better; 0: not at all. */
  readonly scores: Float32Array
  /** The same by those words alone that no filter stands for yet. */
  readonly rest: Float32Array
  /** What is marked where it stands in a text. */
  readonly marks: readonly string[]
  /** Words that occur nowhere, and what was taken for them. */
  readonly corrected: readonly (readonly [from: string, to: string])[]
  /** Words of which the catalogue knows nothing. */
  readonly absent: readonly string[]
}

/** What a question is understood with beside the catalogue: see `meedoenkaart/publishing/question.py`. */
export interface Knowledge {
  readonly families: Families
  /** Words that lead to values of facets. */
  readonly leads: Leads
  /** Words for what there may not be, with what is like it. */
  readonly alike: Leads
  /** Words that say nothing by themselves. */
  readonly skip: readonly string[]
}

/** How much it says where a word stands: what something is called before what is told of it, and that before other words for it. */
const IN: Readonly<Record<Field, number>> = { name: 1, title: 1, organisation: 0.8, offer: 0.8, where: 0.75, label: 0.65, synonym: 0.6 }
/** How much of that is left when it is not the word itself: a form of it, a longer word with it, one of its parts. */
const FORM = 0.97
const COMPOUND = 0.8
const BEGINNING = 0.6
const WITHIN = 0.4
const PART = 0.7
const CORRECTED = 0.7
/** From here on the beginning of a word stands for it, and a word is found within another. */
const BEGUN_FROM = 3
const WITHIN_FROM = 4
/** Letters of a word that stands for a longer one, at its beginning and at its end, and of what it leaves. */
const SHORTEST_PART = 5
const SHORTEST_END = 4
const SHORTEST_REST = 3
/** A longer word is mistyped sooner than made of others. */
const MISTYPED_FROM = 10
/** From here on two words may be written as one. */
const JOINED_FROM = 5
const MOST_CORRECTIONS = 3

const NONE: ReadonlySet<string> = new Set()

/** How well each opportunity answers one word, from 0 to 1, and by which words of the catalogue. */
interface Answer {
  readonly by: Float32Array
  readonly marks: readonly string[]
  /** How many answer at all. */
  readonly count: number
}

/** Ranks opportunities by how well they answer words: rare words more than common ones. */
export class WordSearch {
  readonly #index: Index
  #texts: Texts | null = null
  #families: Families = NO_FAMILIES
  #skip: ReadonlySet<string> = NONE
  #leads: ReadonlyMap<string, readonly string[]> = new Map()
  #alike: ReadonlyMap<string, readonly string[]> = new Map()
  /** Made for the first word: what shows without words does not wait for it. */
  #vocabulary: Vocabulary | null = null
  #answers = new Map<string, Answer | null>()

  constructor(index: Index) {
    this.#index = index
  }

  /** Search descriptions too. */
  learn(texts: Texts): void {
    this.#texts = texts
    this.#forget()
  }

  /** Know the forms of words, and words that lead to values. */
  know({ families, leads, alike, skip }: Knowledge): void {
    this.#skip = new Set(skip)
    this.#families = families
    // Maps: what people type may be called as something that every object has.
    this.#leads = new Map(Object.entries(leads))
    this.#alike = new Map(Object.entries(alike))
    this.#forget()
  }

  /** Read all words now, so that the first one that is typed need not wait. */
  prepare(): void {
    void this.#words
  }

  #forget(): void {
    this.#vocabulary = null
    this.#answers.clear()
  }

  get #words(): Vocabulary {
    return (this.#vocabulary ??= readVocabulary(this.#index, this.#texts, this.#leads))
  }

  /**
   * Rank by the words of a query, in any order; null: there is none.
   *
   * `chosen`: values that are chosen, as `facet.value`; a word that leads to one orders what was found, and is no wish of
   * its own. `isTyped`: the last word may be only begun.
   */
  find(query: string, chosen: ReadonlySet<string> = NONE, isTyped = false): Sought | null {
    const asked = wordsOf(query.replace(/['’]/g, "")).filter(word => !this.#skip.has(word))
    if (asked.length === 0) return null
    const { length } = this.#index.offers.id
    const [scores, rest] = [new Float32Array(length), new Float32Array(length)]
    const [marks, corrected, absent]: [string[], [string, string][], string[]] = [[], [], []]
    const weigh = (word: string, { by, count }: Answer, share = 1): void => {
      const weight = Math.log(1 + length / count) * share
      for (const to of this.leadsOf(word).some(lead => chosen.has(lead)) ? [scores] : [scores, rest]) {
        for (let row = 0; row < length; row++) to[row] = (to[row] as number) + weight * (by[row] as number)
      }
    }
    for (let at = 0; at < asked.length; at++) {
      const word = asked[at] as string
      if (asked.indexOf(word) < at) continue
      const joined = this.#joined(word, asked[at + 1])
      if (joined) {
        weigh(word, joined, 2)
        marks.push(word, asked[++at] as string, ...joined.marks)
        continue
      }
      if (this.#isLacking(word)) {
        absent.push(word)
        continue
      }
      const isBegun = isTyped && at === asked.length - 1
      const own = this.#answer(word, isBegun)
      const near = own && (isBegun || word.length < MISTYPED_FROM) ? [] : this.#nearest(word)
      const taken = near.length ? this.#best(near.map(one => [one, CORRECTED])) : own
      if (!taken) {
        absent.push(word)
        continue
      }
      if (near.length) corrected.push([word, near.join(", ")])
      weigh(word, taken)
      marks.push(...taken.marks)
    }
    return { scores, rest, marks: [...new Set(marks)], corrected, absent }
  }

  /** Whether an opportunity is called or told of by a word. */
  has(row: number, word: string): boolean {
    let found = false
    this.#words.each(word, one => {
      found ||= one === row
    })
    return found
  }

  /** Whether it is a word that people use for something, here or not. */
  isKnown(word: string): boolean {
    return this.#leads.has(word) || this.#isLacking(word) || this.#words.places.has(word) || this.#families.formsOf(word).length > 1
  }

  /** The values of facets that a word, a form of it or a part of it leads to, as `facet.value`. */
  leadsOf(word: string): readonly string[] {
    if (this.#isLacking(word)) return this.#alikeTo(word)
    const own = [word, ...this.#families.formsOf(word)].flatMap(one => this.#leads.get(one) ?? this.#words.named.get(one)?.filter(isWork) ?? [])
    const work = own.filter(isWork)
    if (own.length) return [...new Set(work.length ? work : own)]
    // What a name is made of, "Zonnebloem", leads nowhere; nor does a word that is mistyped, but the one that is meant.
    if (this.#words.places.has(word)) return []
    const near = this.#nearest(word)
    return [...new Set((near.length ? near : this.#partsOf(word)).flatMap(part => this.leadsOf(part)).filter(isWork))]
  }

  /** The parts of a word; of one that nobody can take apart, the beginning or the end that is a word. */
  #partsOf(word: string): readonly string[] {
    const parts = this.#families.partsOf(word)
    if (parts.length || this.#words.places.has(word)) return parts
    for (let cut = word.length - SHORTEST_REST; cut >= SHORTEST_PART; cut--) if (this.#isNamed(word.slice(0, cut))) return [word.slice(0, cut)]
    for (let cut = SHORTEST_PART; cut <= word.length - SHORTEST_END; cut++) if (this.#isNamed(word.slice(cut))) return [word.slice(cut)]
    return []
  }

  /** What is like a word, or the first part of it, of which the map may have nothing. */
  #alikeTo(word: string): readonly string[] {
    const own = [word, ...this.#families.formsOf(word)].find(one => this.#alike.has(one))
    const first = this.#families.partsOf(word)[0]
    return own ? (this.#alike.get(own) ?? []) : first ? this.#alikeTo(first) : []
  }

  /** Whether a word is for something that the map may have nothing of, and has not. */
  #isLacking(word: string): boolean {
    const forms = this.#families.formsOf(word)
    const [first = ""] = forms.some(one => this.#alike.has(one)) ? [] : this.#families.partsOf(word)
    const names = [...forms, ...(first ? this.#families.formsOf(first) : [])]
    return names.some(one => this.#alike.has(one)) && !names.some(one => this.#words.places.has(one))
  }

  #isNamed(word: string): boolean {
    return this.#words.named.has(word) || this.#leads.has(word) || this.#alike.has(word)
  }

  /** Whether a value is called by a word, or by a form of it. */
  isWord(word: string): boolean {
    return [word, ...this.#families.formsOf(word)].some(one => this.#isNamed(one))
  }

  /** The labels of an opportunity's values through which a word leads to it. */
  through(row: number, marks: readonly string[]): string[] {
    const found = this.#index.facets.flatMap(({ name, sets, rows, values }) =>
      (sets[rows[row] as number] ?? []).flatMap(value => {
        const [id, label, synonyms] = values[value] ?? ["", "", []]
        const names = [label, ...synonyms].flatMap(wordsOf)
        const isNamed = marks.some(word => names.includes(word) || this.#leads.get(word)?.includes(`${name}.${id}`))
        return isNamed ? [label] : []
      }),
    )
    return [...new Set(found)]
  }

  /** A word that is written as two: "vluchtelingen werk". */
  #joined(word: string, next: string | undefined): Answer | null {
    const whole = word + (next ?? "")
    return next !== undefined && whole.length >= JOINED_FROM && this.#words.places.has(whole) ? this.#answer(whole, false) : null
  }

  #answer(word: string, isBegun: boolean): Answer | null {
    const key = isBegun ? `${word}…` : word
    const known = this.#answers.get(key)
    if (known !== undefined) return known
    const found = this.#like(word, isBegun)
    this.#answers.set(key, found)
    return found
  }

  #like(word: string, isBegun: boolean): Answer | null {
    const { places } = this.#words
    const forms = new Set(this.#families.formsOf(word))
    const alike = new Map<string, number>()
    const put = (one: string, share: number): void => {
      if (places.has(one)) alike.set(one, Math.max(alike.get(one) ?? 0, share))
    }
    for (const one of forms) put(one, FORM)
    put(word, 1)
    const isKnown = alike.size > 0
    for (const one of places.keys()) {
      if (one.length <= word.length) continue
      const parts = this.#families.compounds.get(one)
      if (parts?.some(part => part === word || forms.has(part))) put(one, COMPOUND)
      else if (word.length >= BEGUN_FROM && one.startsWith(word)) put(one, isBegun ? COMPOUND : BEGINNING)
      else if (word.length >= WITHIN_FROM && one.includes(word)) put(one, WITHIN)
    }
    const whole = alike.size ? this.#best([...alike]) : null
    return isKnown ? whole : (this.#together(word) ?? whole)
  }

  /** What answers to all parts of a word that the catalogue writes otherwise; its first part is what tells it from others. */
  #together(word: string): Answer | null {
    const parts = this.#partsOf(word)
    if (parts.length === 0) return null
    const answers = parts.map(part => this.#answer(part, false))
    const [first, ...rest] = answers
    if (!first) return null
    const by = first.by.map((one, row) => one * rest.reduce((share, other) => share * (0.5 + 0.5 * (other?.by[row] ?? 0)), PART))
    return { by, marks: answers.flatMap(one => one?.marks ?? []), count: first.count }
  }

  /** The best that any of these words answers. */
  #best(words: readonly (readonly [word: string, share: number])[]): Answer | null {
    const by = new Float32Array(this.#index.offers.id.length)
    for (const [word, share] of words) {
      this.#words.each(word, (row, field) => {
        by[row] = Math.max(by[row] as number, share * IN[field])
      })
    }
    const count = by.reduce((sum, one) => sum + Number(one > 0), 0)
    return count ? { by, marks: words.map(([word]) => word), count } : null
  }

  /** Words of the catalogue that are written almost as this one. */
  #nearest(word: string): string[] {
    return this.isKnown(word) ? [] : closest(word, this.#words.places.keys()).slice(0, MOST_CORRECTIONS)
  }
}

function isWork(lead: string): boolean {
  return lead.startsWith("sector.")
}
