import { load } from "../finder/data"
import { written } from "../finder/distance"
import { Origins } from "../finder/origins"
import { loadIndex } from "../finder/packed"
import { networkName, rowsByKey, urlOf, whoOf } from "../onward/naming"
import { Onward, type ContinuityFile, type Outcome, type Rule } from "../onward/rules"

/** What it is reckoned from: addresses of the finder's files, and what the rules are called. */
export interface Sources {
  readonly index: string
  readonly places: string
  readonly continuity: string
  readonly rules: Readonly<Record<Rule, { readonly title: string }>>
}

/** Something that goes on at the municipality, or what is there instead. */
export interface Line {
  readonly text: string
  /** Where it is on this site, from the root; null: nowhere. */
  readonly url: string | null
}

/** Tell what goes on in a municipality of the opportunities with these keys: of each the best that `/doorgaan/` says. */
export async function goesOn(keys: readonly string[], to: string, sources: Sources): Promise<readonly Line[]> {
  if (!to || keys.length === 0) return []
  const [index, file] = await Promise.all([loadIndex(sources.index), load<ContinuityFile>(sources.continuity)])
  const home = await new Origins(index, sources.places).find(`gemeente-${to}`)
  if (!home) return []
  const onward = new Onward(index, file, home)
  const rows = rowsByKey(index)
  const led = ({ targets, networks }: Outcome, row: number): { readonly name: string; readonly to: number | null } => {
    const target = targets[0]
    if (!target) return { name: networks.map(one => networkName(index, one)).join(", "), to: null }
    const away = target.km === null ? "" : ` (${written(target.km)})`
    return { name: `${target.row === row ? whoOf(index, row) : `${index.offers.title[target.row]}, ${whoOf(index, target.row)}`}${away}`, to: target.row }
  }
  return keys.flatMap(key => {
    const row = rows.get(key)
    const best = row === undefined ? undefined : onward.of(row)[0]
    if (row === undefined || !best) return []
    const { name, to: target } = led(best, row)
    const text = `${index.offers.title[row]}. ${sources.rules[best.rule].title}${name ? `: ${name}` : ""}.`
    return [{ text, url: target === null ? null : urlOf(index, target) }]
  })
}
