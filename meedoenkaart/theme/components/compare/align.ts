/** Columns of routes put together; `meedoenkaart/continuity/alignment.py` does the same, and knows why. Knows no page. */

/** What a route's column has: keys of rows in its own order, and those in which it tells something. */
export interface Told {
  readonly keys: readonly string[]
  readonly told: ReadonlySet<string>
}

export interface Difference {
  /** What only this one tells. */
  readonly alone: readonly string[]
  /** What all others tell. */
  readonly lacks: readonly string[]
}

const COMPARED = ["wet", "rol", "termijn", "geld", "contact"]

/** The keys of all columns in one order: what only a later one has follows on what comes before it there. */
export function aligned(lists: readonly (readonly string[])[]): string[] {
  const merged: string[] = []
  for (const keys of lists) {
    let at = 0
    for (const key of keys) {
      const known = merged.indexOf(key)
      if (known >= 0) at = known
      else merged.splice(at, 0, key)
      at++
    }
  }
  return merged
}

/** The same row by row: phases that one column alone has share a row with those next to them. */
export function together(columns: readonly Pick<Told, "keys">[]): string[][] {
  const groups: string[][] = []
  let isRun = false
  for (const key of aligned(columns.map(one => one.keys))) {
    const isAlone = key.startsWith("fase:") && columns.length > 1 && columns.filter(one => one.keys.includes(key)).length === 1
    if (isAlone && isRun) groups.at(-1)?.push(key)
    else groups.push([key])
    isRun = isAlone
  }
  return groups
}

/** What each column alone tells and alone lacks, and whether any two of them tell the same. */
export function differences(columns: readonly Told[]): { readonly apart: readonly Difference[]; readonly hasCommon: boolean } {
  const keys = aligned(columns.map(one => one.keys)).filter(key => isCompared(key, columns))
  const telling = new Map(keys.map(key => [key, columns.filter(one => one.told.has(key))]))
  const others = columns.length - 1
  const apart = columns.map(one => ({
    alone: keys.filter(key => telling.get(key)?.length === 1 && one.told.has(key)),
    lacks: keys.filter(key => others > 1 && telling.get(key)?.length === others && !one.told.has(key)),
  }))
  return { apart, hasCommon: [...telling.values()].some(some => some.length > 1) }
}

function isCompared(key: string, columns: readonly Told[]): boolean {
  const part = key.split(":")[0] ?? ""
  if (part === "wet") return columns.every(one => one.keys.includes(key))
  return key === "kort:regie" || (COMPARED.includes(part) && key !== "rol:anders")
}
