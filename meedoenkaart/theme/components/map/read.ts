/** What `assets/kaart.json` has: lines in whole steps, each point from the one before, and places from large to small. */
export interface Ground {
  /** Degrees east and north. */
  readonly step: readonly [number, number]
  readonly abroad: readonly (readonly number[])[]
  readonly land: readonly (readonly number[])[]
  readonly municipalities: readonly (readonly number[])[]
  readonly provinces: readonly (readonly number[])[]
  readonly names: readonly string[]
  /** East and north of each place, in steps from zero. */
  readonly places: readonly number[]
  /** Thousands of inhabitants, of the first places; smaller ones come after. */
  readonly sizes: readonly number[]
}

/** Read the file that a map's element names. */
export async function readGround(section: HTMLElement | null | undefined): Promise<Ground> {
  const answer = await fetch(section?.dataset["ground"] ?? "")
  if (!answer.ok) throw new Error(answer.statusText)
  return (await answer.json()) as Ground
}
