import { fill, type Index } from "./data"
import { EVERYTHING, UNKNOWN, withValue, type Filter, type Radius } from "./filter"

/** A part of a filter as a reader sees it above the list. */
export interface Chip {
  /** The criterion or facet that it belongs to. */
  readonly criterion: string
  readonly label: string
  /** The name within the label, which no browser translates; empty: none. */
  readonly name: string
  readonly without: Filter
}

/** All that is chosen, in the order of the page. `place`: the name of the origin; `radius`: the one that counts now. */
export function chips(filter: Filter, index: Index, place: string | null, radius: Radius): Chip[] {
  const { words, levels, facets } = index
  const { chosen } = words
  const found: Chip[] = []
  const put = (criterion: string, label: string, without: Partial<Filter>, name = ""): void => {
    found.push({ criterion, label, name, without: { ...filter, ...without } })
  }
  if (filter.words) put("woorden", fill(chosen.woorden, { words: filter.words }), { words: "" })
  if (place !== null) put("bij", fill(words.near, { name: place }), { where: null, radius: null }, place)
  if (place !== null && typeof radius === "number") put("straal", fill(chosen.straal, { n: radius }), { radius: "alles" })
  if (place !== null && radius === "gemeente") put("straal", fill(chosen.gemeente, { name: place }), { radius: "alles" })
  if (filter.permit) put("vergunning", chosen.vergunning[filter.permit] ?? "", { permit: null })
  if (filter.level) {
    const level = levels.find(([id]) => id === filter.level)?.[0] ?? filter.level
    put("taal", fill(chosen.taal, { level }), { level: null })
  }
  if (filter.age !== null) put("leeftijd", fill(chosen.leeftijd, { n: filter.age }), { age: null })
  for (const { name, names, values } of facets) {
    for (const [values_, out] of [[filter.include.get(name), false], [filter.exclude.get(name), true]] as const) {
      for (const id of values_ ?? []) {
        const label = values.find(([one]) => one === id)?.[1]
        const written = id === UNKNOWN ? fill(chosen.unknown, { facet: words.facets[name] ?? name }) : (label ?? id)
        put(name, out ? fill(chosen.not, { value: written }) : written, withValue(filter, name, id, null), names ? label : "")
      }
    }
  }
  if (filter.sure) put("zeker", chosen.zeker, { sure: false })
  return found
}

/** The filter without a whole criterion or facet. */
export function loosened(filter: Filter, criterion: string): Filter {
  switch (criterion) {
    case "straal":
      return { ...filter, radius: "alles" }
    case "vergunning":
      return { ...filter, permit: null }
    case "taal":
      return { ...filter, level: null }
    case "leeftijd":
      return { ...filter, age: null }
    case "woorden":
      return { ...filter, words: "" }
    default: {
      const [include, exclude] = [new Map(filter.include), new Map(filter.exclude)]
      include.delete(criterion)
      exclude.delete(criterion)
      return { ...filter, include, exclude }
    }
  }
}

/** Nothing but the place. */
export function cleared(filter: Filter): Filter {
  return { ...EVERYTHING, where: filter.where, radius: filter.radius }
}
