/** What the generator knows of the words of the catalogue, folded; written by publishing/families.py. */
export interface FamiliesFile {
  /** The forms of one word each, separated by spaces. */
  readonly forms: readonly string[]
  /** The compounds of the catalogue, with their parts, separated by spaces. */
  readonly parts: Readonly<Record<string, string>>
  /** Words of which other compounds may be made, separated by spaces. */
  readonly known: string
}

/** Says which words belong together; knows folded words. */
export interface Families {
  /** All forms of a word, itself first: of "taallessen" also "taalles". */
  formsOf(word: string): readonly string[]
  /** Of what a compound is made: "fiets" and "reparatie"; nothing when it is none. */
  partsOf(word: string): readonly string[]
  /** The compounds of the catalogue, with their parts. */
  readonly compounds: ReadonlyMap<string, readonly string[]>
}

export const NO_FAMILIES: Families = { formsOf: word => [word], partsOf: () => [], compounds: new Map() }

const SHORTEST = 3
/** A longer word is nothing that somebody looks for. */
const LONGEST = 40
/** What may stand between two parts, and "en" after the last letter once more: "mannengroep". */
const LINKS = ["", "s", "e", "en"]

/** A way to take apart the beginning of a word; of two, the one with fewer parts, fewer short ones, fewer letters between. */
interface Way {
  readonly cost: number
  readonly parts: readonly string[]
}

export function readFamilies({ forms, parts, known }: FamiliesFile): Families {
  const families = new Map<string, string[][]>()
  const usable = new Set(known.split(" "))
  const ends = new Set(usable)
  for (const text of forms) {
    const family = text.split(" ")
    for (const form of family) families.set(form, [...(families.get(form) ?? []), family])
    if (family.some(form => usable.has(form))) for (const form of family) ends.add(form)
  }
  const compounds = new Map(Object.entries(parts).map(([word, all]) => [word, all.split(" ")]))

  const partsOf = (word: string): readonly string[] => {
    const told = compounds.get(word)
    if (told !== undefined) return told
    return families.has(word) || usable.has(word) ? [] : split(word, usable, ends)
  }
  const formsOf = (word: string): readonly string[] => {
    const own = families.get(word)?.flat()
    if (own) return [...new Set([word, ...own])]
    // Only the last part of a compound changes.
    const last = partsOf(word).at(-1) ?? ""
    const before = word.slice(0, word.length - last.length)
    return [...new Set([word, ...(families.get(last) ?? []).flat().map(form => before + form)])]
  }
  return { formsOf, partsOf, compounds }
}

/** Take a word apart, into few and long parts. */
function split(word: string, usable: ReadonlySet<string>, ends: ReadonlySet<string>): readonly string[] {
  if (word.length < 2 * SHORTEST || word.length > LONGEST) return []
  const ways: (Way | undefined)[] = [{ cost: 0, parts: [] }]
  for (let start = 0; start < word.length; start++) {
    const way = ways[start]
    if (!way) continue
    for (let end = start + SHORTEST; end <= word.length; end++) {
      const part = word.slice(start, end)
      if (!(end < word.length ? usable : ends).has(part)) continue
      for (const link of end < word.length ? [...LINKS, `${part.at(-1)}en`] : [""]) {
        const after = end + link.length
        if (!word.startsWith(link, end) || (after === word.length && link)) continue
        const cost = way.cost + 10_000 + (part.length === SHORTEST ? 100 : 0) + link.length
        if (cost < (ways[after]?.cost ?? Infinity)) ways[after] = { cost, parts: [...way.parts, part] }
      }
    }
  }
  const parts = ways[word.length]?.parts ?? []
  return parts.length > 1 ? parts : []
}
