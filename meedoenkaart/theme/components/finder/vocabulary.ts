import { areasOf, type Index, type Texts } from "./data"
import { wordsOf } from "./fold"

/** Where a word stands, and how much that says: what something is called more than what is told of it. */
export const FIELDS = ["name", "title", "organisation", "offer", "where", "label", "synonym"] as const
export type Field = (typeof FIELDS)[number]

/** A shorter word of a label names nothing. */
const SHORTEST = 3
/** Facets whose labels and synonyms lead to opportunities. */
const NAMING = new Set(["activiteit", "sector", "soort", "netwerk"])
/** Bits of a place that hold its number; those above say in which field it is. */
const BITS = 24
const NUMBER = (1 << BITS) - 1

/** The word as it stands in a field of a source: an organisation, an opportunity, a place or a value. */
type Places = number[]

/** Every word of the catalogue, and where it stands. */
export interface Vocabulary {
  readonly places: ReadonlyMap<string, Places>
  /** The values of facets, as `facet.value`, by a word of their label or another word for them. */
  readonly named: ReadonlyMap<string, readonly string[]>
  /** Calls back with every opportunity at whose name, text or value a word stands. */
  each(word: string, found: (row: number, field: Field) => void): void
}

/** Words that lead to values of facets, such as "timmerman" to the sector `klussen`: by `facet.value`. */
export type Leads = Readonly<Record<string, readonly string[]>>

/** Read all words that opportunities are found by. */
export function readVocabulary(index: Index, texts: Texts | null, leads: ReadonlyMap<string, readonly string[]> = new Map()): Vocabulary {
  const places = new Map<string, Places>()
  const named = new Map<string, string[]>()
  const name = (words: readonly string[], value: string): void => {
    for (const word of words) {
      if (word.length >= SHORTEST) named.set(word, [...new Set([...(named.get(word) ?? []), value])])
    }
  }
  const put = (word: string, field: number, source: number): void => {
    const place = (field << BITS) | source
    const known = places.get(word)
    if (!known) places.set(word, [place])
    else if (known[known.length - 1] !== place) known.push(place)
  }
  const read = (field: Field, all: readonly string[], isName = false): void => {
    const number = FIELDS.indexOf(field)
    all.forEach((text, source) => {
      let before = ""
      for (const word of wordsOf(text)) {
        put(word, number, source)
        // A name that is written as two words is found when it is typed as one: "digitaalhuis".
        if (isName && before) put(before + word, number, source)
        before = word
      }
    })
  }
  const { offers, organisations, places: names, municipalities, venues, sites, reaches } = index
  const areas = areasOf(index)
  read("name", organisations.name, true)
  read("title", offers.title, true)
  read("organisation", texts?.organisations ?? [])
  read("offer", texts?.offers ?? [])
  // Where it is; what is nowhere is found by whom it reaches.
  const wheres = sites.map(site => site.map(venue => {
    const [, , place, municipality, name = ""] = venues[venue] ?? [0, 0, 0, 0]
    return `${name} ${names[place]} ${municipalities[municipality]?.[1]}`
  }).join(" "))
  const reached = reaches.map(reach => reach.map(area => areas[area]?.[1]).join(" "))
  read("where", [...wheres, ...reached])
  const whereOf = offers.site.map((site, row) => (wheres[site] ? site : sites.length + (offers.reach[row] as number)))

  const rowsOfValue: number[][] = []
  for (const { name: facet, values, sets, rows } of index.facets) {
    if (!NAMING.has(facet)) continue
    const those = grouped(rows.map(set => sets[set] ?? []), values.length)
    values.forEach(([id, label, synonyms], value) => {
      const source = rowsOfValue.push(those[value] ?? []) - 1
      const others = synonyms.map(wordsOf)
      name([id, ...wordsOf(label)], `${facet}.${id}`)
      // Of "les geven" no word by itself means it.
      for (const words of others) if (words.length === 1) name(words, `${facet}.${id}`)
      for (const word of wordsOf(label)) put(word, FIELDS.indexOf("label"), source)
      for (const word of others.flat()) put(word, FIELDS.indexOf("synonym"), source)
      for (const [word, to] of leads) if (to.includes(`${facet}.${id}`)) put(word, FIELDS.indexOf("synonym"), source)
    })
  }
  const ofOrganisation = grouped(offers.organisation.map(one => [one]), organisations.name.length)
  const ofWhere = grouped(whereOf.map(one => [one]), wheres.length + reached.length)
  const rowsAt = (field: Field, source: number): readonly number[] => {
    switch (field) {
      case "title":
      case "offer":
        return [source]
      case "name":
      case "organisation":
        return ofOrganisation[source] ?? []
      case "where":
        return ofWhere[source] ?? []
      default:
        return rowsOfValue[source] ?? []
    }
  }
  return {
    places,
    named,
    each(word, found) {
      for (const place of places.get(word) ?? []) {
        const field = FIELDS[place >> BITS] as Field
        for (const row of rowsAt(field, place & NUMBER)) found(row, field)
      }
    },
  }
}

/** The opportunities of each group; `groups` are those of each opportunity. */
function grouped(groups: readonly (readonly number[])[], count: number): number[][] {
  const found = Array.from({ length: count }, (): number[] => [])
  groups.forEach((those, row) => { for (const group of those) found[group]?.push(row) })
  return found
}
