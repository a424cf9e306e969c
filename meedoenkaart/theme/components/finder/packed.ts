import { load, type Index, type OriginRow } from "./data"

type Ages = readonly number[]

/** The index as `meedoenkaart/publishing/finder.py` writes it, of which less is left when a server packs it. */
interface Packed extends Omit<Index, "timesInDutch" | "venues" | "sites" | "reaches" | "origins" | "offers"> {
  readonly venues: readonly [lat: readonly number[], lon: readonly number[], place: Ages, municipality: Ages, name: readonly (string | 0)[]]
  readonly sites: readonly Ages[]
  readonly reaches: readonly Ages[]
  /** Instead of id and name the number of its municipality. */
  readonly origins: readonly (readonly [id: string, name: string, kind: "azc", lat: number, lon: number, municipality: number, province: string])[]
  readonly offers: Index["offers"]
  readonly timesInDutch?: ReadonlySet<number>
}

/** What `meedoenkaart/publishing/finder_words.py` writes: the words of the index in another language, in its order. */
interface Said {
  readonly words: Index["words"]
  readonly levels: readonly string[]
  readonly facets: readonly (readonly string[])[]
  readonly permissions: readonly string[]
  readonly times: readonly string[]
}

/** Read the finder's index, and the file with its words where the page is not in Dutch. */
export async function loadIndex(address: string, words = ""): Promise<Index> {
  const [index, said] = await Promise.all([load<Packed>(address), words ? load<Said>(words) : null])
  return unpacked(said ? translated(index, said) : index)
}

/** The index in another language; by the Dutch words one finds as well. */
function translated(index: Packed, said: Said): Packed {
  return {
    ...index,
    words: said.words,
    times: said.times,
    timesInDutch: new Set(said.times.flatMap((one, at) => (one === index.times[at] ? [at] : []))),
    levels: index.levels.map(([id], at) => [id, said.levels[at] ?? id]),
    permissions: index.permissions.map(([answer, , fact], at) => [answer, said.permissions[at] ?? "", fact]),
    facets: index.facets.map((facet, at) => ({
      ...facet,
      values: facet.values.map(([id, label, others], number) => [id, said.facets[at]?.[number] ?? label, [label, ...others]]),
    })),
  }
}

/** The index with its numbers as they were given. */
export function unpacked(packed: Packed): Index {
  const { offers, municipalities } = packed
  const [lat, lon, place, municipality, name] = packed.venues
  const [places, within] = [given(place), given(municipality)]
  return {
    timesInDutch: new Set(),
    ...packed,
    venues: lat.map((one, at) => [one, lon[at] as number, places[at] as number, within[at] as number, name[at] || ""]),
    sites: allGiven(packed.sites),
    reaches: allGiven(packed.reaches),
    origins: packed.origins.map(([id, name, kind, lat, lon, number, province]): OriginRow =>
      [id, name, kind, lat, lon, ...(municipalities[number] ?? ["", ""]), province]),
    offers: { ...offers, organisation: given(offers.organisation), site: given(offers.site), reach: given(offers.reach) },
  }
}

/** The numbers of which the file says how long before the newest one each was given; 0 is a new one. */
function given(ages: Ages): number[] {
  let newest = 0
  return ages.map(age => (age ? newest - age : newest++))
}

function allGiven(combinations: readonly Ages[]): number[][] {
  const numbers = given(combinations.flat())
  let at = 0
  return combinations.map(({ length }) => numbers.slice(at, (at += length)))
}
