import { fold } from "../../fold"

/** Return a name as a part of an address: `Café 't Hoekje` gives `cafe-t-hoekje`. */
export function slugOf(name: string): string {
  const words = fold(name).replace(/[^a-z0-9]+/g, "-")
  return words.replace(/^-+|-+$/g, "").slice(0, 80).replace(/-+$/, "")
}

/** Return a name's words in one order, without those that many organisations share. */
export function distinctive(name: string, common: string[]): string {
  const words = fold(name).replaceAll("-", " ").split(" ").filter(Boolean).sort(byCodePoint)
  return words.filter(word => !common.includes(word)).join(" ") || fold(name)
}

/** Return the likeness of two texts from 0 to 100, as `rapidfuzz.fuzz.ratio` does: by their longest common subsequence. */
export function likeness(one: string, other: string): number {
  const first = [...one]
  const second = [...other]
  if (!first.length && !second.length) return 100
  let row = new Array<number>(second.length + 1).fill(0)
  for (const character of first) {
    const next = [0]
    for (let column = 1; column <= second.length; column++) {
      const longest = Math.max(row[column] ?? 0, next[column - 1] ?? 0)
      next.push(character === second[column - 1] ? (row[column - 1] ?? 0) + 1 : longest)
    }
    row = next
  }
  return (200 * (row[second.length] ?? 0)) / (first.length + second.length)
}

function byCodePoint(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
