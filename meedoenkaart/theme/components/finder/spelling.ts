import { distance } from "fastest-levenshtein"

/** A shorter word may be anything. */
const SHORTEST = 4
/** From here on two letters may be wrong. */
const TWO_WRONG_FROM = 6

/** Those of `all` that somebody most likely meant: with as few letters wrong as can be, and no more than the length allows. */
export function closest(word: string, all: Iterable<string>): string[] {
  if (word.length < SHORTEST) return []
  let least = word.length < TWO_WRONG_FROM ? 1 : 2
  let found: string[] = []
  for (const one of all) {
    if (Math.abs(one.length - word.length) > least || one.length < SHORTEST - 1 || !beginsLike(one, word)) continue
    const wrong = distance(one, word)
    if (wrong > least) continue
    if (wrong < least) found = []
    least = wrong
    found.push(one)
  }
  return found
}

/** Who mistypes a word begins it well, or with one letter more or less: "vogels" is another word than "engels". */
function beginsLike(one: string, other: string): boolean {
  return one[0] === other[0] || one.slice(1) === other || one === other.slice(1)
}
