import { fill, type Words } from "./data"
import type { Filter } from "./filter"
import type { Known } from "./origins"
import type { Guess } from "./question"
import type { Sought } from "./words"

/** A line above the results, with what one can do about it: an address to go to, or something to do here. */
export interface Note {
  readonly text: string
  readonly label?: string
  readonly href?: string
  readonly go?: () => void
}

/** What words were taken for, and of which the map has nothing; while somebody types, a word may only be begun. */
export function wordNotes(words: Words, { corrected, absent }: Sought, isTyped: boolean, base: string): Note[] {
  return [
    ...corrected.map(([from, to]) => ({ text: fill(words.corrected, { from, to }) })),
    ...(isTyped ? [] : absent).map(word => ({ text: fill(words.absent, { word }), label: words.absent_add, href: `${base}toevoegen/` })),
  ]
}

/** What may be something else than it was taken for; `place`: the place that counts now. */
export function guessNotes(
  { guessed }: Words, guesses: readonly Guess[], filter: Filter, place: string, labelOf: (place: Known) => string, change: (to: Filter) => void,
): Note[] {
  return guesses.map(({ written, other }) => {
    if ("place" in other) {
      const to = { ...filter, where: other.place.id, radius: null }
      return { text: "", label: fill(guessed.place, { place: labelOf(other.place) }), go: () => change(to) }
    }
    const to = { ...filter, where: null, radius: null, words: `${filter.words} ${written}`.trim() }
    return { text: fill(guessed.read, { word: written, place }), label: fill(guessed.word, { word: written }), go: () => change(to) }
  })
}
