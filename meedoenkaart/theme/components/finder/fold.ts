import { fold, unmarked } from "../../fold"

/** The words of a text, folded. */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
}

/** A name of a place as people spell it: "St. Annaparochie" and "Sint-Annaparochie" are the same. */
export function spelled(name: string): string {
  return wordsOf(name.replace(/['’]/g, ""))
    .map(word => (word === "st" ? "sint" : word))
    .join(" ")
}

/** Without spaces, as names are compared: "terapel" is Ter Apel; equal to `spelled` of meedoenkaart/geography. */
export function closed(name: string): string {
  return spelled(name).replaceAll(" ", "")
}

/** A piece of a text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string
  readonly found: boolean
}

/** Cut a text where one of the folded words stands in it. */
export function pieces(text: string, words: readonly string[]): Piece[] {
  const sought = words.filter(word => word !== "")
  if (sought.length === 0) return [{ text, found: false }]
  const { folded, starts } = foldedWithStarts(text)
  const hit = new Uint8Array(text.length)
  for (const word of sought) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
      hit.fill(1, starts[at], starts[at + word.length] ?? text.length)
    }
  }
  const cut: Piece[] = []
  for (let start = 0, end = 1; start < text.length; start = end++) {
    while (end < text.length && hit[end] === hit[start]) end++
    cut.push({ text: text.slice(start, end), found: hit[start] === 1 })
  }
  return cut
}

/** Fold letter by letter, to know where each folded letter came from. */
function foldedWithStarts(text: string): { folded: string; starts: number[] } {
  let folded = ""
  const starts: number[] = []
  let at = 0
  for (const letter of text) {
    for (const part of unmarked(letter)) {
      folded += part
      for (let unit = 0; unit < part.length; unit++) starts.push(at)
    }
    at += letter.length
  }
  return { folded, starts }
}
