/** Something that goes on at the municipality, or what is there instead. */
export interface Line {
  readonly text: string
  /** Where it is on this site, from the root; null: nowhere. */
  readonly url: string | null
}

/**
 * Tell what goes on there of what somebody did here.
 *
 * `keys`: of opportunities on the shortlist; `from`: a reception location, `to`: a municipality; empty when not chosen.
 */
export function goesOn(_keys: readonly string[], _from: string, _to: string): Promise<readonly Line[]> {
  return Promise.resolve([])
}
