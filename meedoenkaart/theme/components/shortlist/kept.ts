/** An opportunity that somebody kept. */
export interface Kept {
  /** `<municipality>/<organisation>#<id>`. */
  readonly key: string
  /** What it was called then, for when it is gone. */
  readonly title: string
}

/** So many fit on a shortlist. */
export const LIMIT = 60

const SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
const KEY = new RegExp(`^${SLUG}/${SLUG}#${SLUG}$`)
const LONGEST = 80
const LONGEST_TITLE = 200

/** Whether a text can be the key of an opportunity; nothing else ever becomes an address. */
export function isKey(text: unknown): text is string {
  return typeof text === "string" && KEY.test(text) && text.split(/[/#]/).every(part => part.length <= LONGEST)
}

/** Read what is stored; whatever does not belong there is left out. */
export function parse(stored: string | null): Kept[] {
  let found: unknown
  try {
    found = JSON.parse(stored ?? "[]")
  } catch {
    return []
  }
  if (!Array.isArray(found)) return []
  const kept = new Map<string, Kept>()
  for (const one of found as unknown[]) {
    if (!Array.isArray(one)) continue
    const [key, title] = one as unknown[]
    if (isKey(key) && typeof title === "string") kept.set(key, { key, title: title.slice(0, LONGEST_TITLE) })
  }
  return [...kept.values()].slice(0, LIMIT)
}

/** Write what is to be stored. */
export function serialise(kept: readonly Kept[]): string {
  return JSON.stringify(kept.map(({ key, title }) => [key, title]))
}

/** Write keys short enough for an address: `gemeente/organisatie.een.twee,gemeente/andere.drie`. */
export function toAddress(keys: Iterable<string>): string {
  const ids = new Map<string, string[]>()
  for (const key of keys) {
    const [organisation = "", id = ""] = key.split("#")
    ids.set(organisation, [...(ids.get(organisation) ?? []), id])
  }
  return [...ids].map(([organisation, all]) => [organisation, ...all].join(".")).join(",")
}

/** Read keys from an address; whatever is no key is left out. */
export function fromAddress(text: string): string[] {
  const keys = text.split(",").flatMap(part => {
    const [organisation, ...ids] = part.split(".")
    return ids.map(id => `${organisation}#${id}`)
  })
  return [...new Set(keys.filter(isKey))].slice(0, LIMIT)
}
