import { fill } from "../finder/data"

/** What an address asks for: slugs of routes that there are, and what has to be said of the rest. */
export interface Asked {
  readonly slugs: readonly string[]
  readonly notes: readonly string[]
}

interface Words {
  readonly unknown: string
  readonly twice: string
  readonly too_many: string
}

/** So much of an unknown name is repeated. */
const LONGEST = 60
/** Of so many unknown names at most. */
const MOST_UNKNOWN = 3

/** Read the query of an address; `names` has every route's municipality by slug. */
export function asked(query: string, names: ReadonlyMap<string, string>, most: number, words: Words): Asked {
  const wished = new URLSearchParams(query).getAll("gemeenten").flatMap(one => one.split(",")).map(one => one.trim().toLowerCase()).filter(Boolean)
  const known = wished.filter(one => names.has(one))
  const slugs = [...new Set(known)]
  const nameOf = (slug: string): string => names.get(slug) ?? slug
  const unknown = [...new Set(wished.filter(one => !names.has(one)))].slice(0, MOST_UNKNOWN)
  const twice = slugs.filter(one => known.indexOf(one) !== known.lastIndexOf(one))
  const left = slugs.slice(most)
  return {
    slugs: slugs.slice(0, most),
    notes: [
      ...unknown.map(name => fill(words.unknown, { name: name.slice(0, LONGEST) })),
      ...twice.map(one => fill(words.twice, { name: nameOf(one) })),
      ...(left.length ? [fill(words.too_many, { most, names: left.slice(0, 2 * most).map(nameOf).join(", ") })] : []),
    ],
  }
}
