import { load, type Index, type OriginRow } from "./data"

type Ages = readonly number[]

/** The index as `generator/publishing/finder.py` writes it, of which less is left when a server packs it. */
interface Packed extends Omit<Index, "venues" | "sites" | "reaches" | "origins" | "offers"> {
  readonly venues: readonly [lat: readonly number[], lon: readonly number[], place: Ages, municipality: Ages, name: readonly (string | 0)[]]
  readonly sites: readonly Ages[]
  readonly reaches: readonly Ages[]
  /** Instead of id and name the number of its municipality. */
  readonly origins: readonly (readonly [id: string, name: string, kind: "azc", lat: number, lon: number, municipality: number, province: string])[]
  readonly offers: Index["offers"]
}

/** Read the finder's index. */
export async function loadIndex(address: string): Promise<Index> {
  return unpacked(await load<Packed>(address))
}

/** The index with its numbers as they were given. */
export function unpacked(packed: Packed): Index {
  const { offers, municipalities } = packed
  const [lat, lon, place, municipality, name] = packed.venues
  const [places, within] = [given(place), given(municipality)]
  return {
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
