import type { Index } from "../finder/data"

/** What the rows of the finder's index are called, and where they are. */

/** The rows by the keys that shortlists keep. */
export function rowsByKey({ offers, organisations }: Index): Map<string, number> {
  return new Map(offers.id.map((id, row) => [`${organisations.slug[offers.organisation[row] as number]}#${id}`, row]))
}

/** Where an opportunity is on this site, from the root. */
export function urlOf({ offers, organisations }: Index, row: number): string {
  return `kansen/${organisations.slug[offers.organisation[row] as number]}/#${offers.id[row]}`
}

/** Its organisation, with the place where it is not in the name. */
export function whoOf({ offers, organisations, places, venues, sites, words }: Index, row: number): string {
  const name = organisations.name[offers.organisation[row] as number] ?? ""
  const venue = sites[offers.site[row] as number]?.[0]
  const place = venue === undefined ? "" : (places[venues[venue]?.[2] ?? -1] ?? "")
  return !place || name.includes(place) ? name : `${name}${words.comma}${place}`
}

/** The name of a network by its number. */
export function networkName({ facets }: Index, number: number): string {
  return facets.find(one => one.name === "netwerk")?.values[number]?.[1] ?? ""
}
