/** A route that somebody works on, kept in this browser alone. */
export interface Draft {
  id: string
  /** The municipality, and so the name of the file. */
  slug: string
  text: string
  /** When it was kept, in milliseconds since 1970. */
  at: number
  /** How often it was kept: who knows another number does not know the newest text. */
  count: number
}

/** What came of keeping a draft. */
export type Kept =
  | { kind: "kept"; draft: Draft }
  /** Another tab kept another text: nothing was written. */
  | { kind: "elsewhere"; draft: Draft }
  /** Somebody threw it away in another tab: nothing was written. */
  | { kind: "gone" }
  | { kind: "full" }
  | { kind: "not-possible" }

const START = "meedoenkaart/atelier/"

/** Return the drafts of this browser, the newest first. */
export function drafts(): Draft[] {
  const store = storage()
  const keys = store ? Array.from({ length: store.length }, (_, index) => store.key(index) ?? "") : []
  return keys
    .flatMap(key => (key.startsWith(START) ? (draftOf(key.slice(START.length)) ?? []) : []))
    .sort((one, other) => other.at - one.at)
}

/** Return a draft as it was last kept, in any tab. */
export function draftOf(id: string): Draft | undefined {
  return recognised(id, storage()?.getItem(START + id) ?? null)
}

/** Keep a new draft. */
export function keepNew(slug: string, text: string, now: number): Kept {
  return write({ id: newId(), slug, text, at: now, count: 1 })
}

/** Keep a draft with another text, unless another tab did so since it was read here. */
export function keep(draft: Draft, text: string, now: number, slug = draft.slug): Kept {
  const present = draftOf(draft.id)
  if (!present) return storage() ? { kind: "gone" } : { kind: "not-possible" }
  if (present.count !== draft.count) return { kind: "elsewhere", draft: present }
  return write({ ...draft, slug, text, at: now, count: draft.count + 1 })
}

/** Throw a draft away. */
export function throwAway(id: string): void {
  storage()?.removeItem(START + id)
}

/** Throw all drafts away, also what is not recognised any more. */
export function throwAllAway(): void {
  const store = storage()
  const keys = store ? Array.from({ length: store.length }, (_, index) => store.key(index) ?? "") : []
  for (const key of keys) if (key.startsWith(START)) store?.removeItem(key)
}

/** Tell when another tab keeps a draft, or throws it away (`undefined`); returns what stops that. */
export function onOtherTab(id: string, told: (draft: Draft | undefined) => void): () => void {
  const listen = ({ key, newValue }: StorageEvent): void => {
    if (key === START + id) told(recognised(id, newValue))
    if (key === null) told(undefined) // all was thrown away
  }
  addEventListener("storage", listen)
  return () => removeEventListener("storage", listen)
}

function write(draft: Draft): Kept {
  const store = storage()
  if (!store) return { kind: "not-possible" }
  try {
    store.setItem(START + draft.id, JSON.stringify(draft))
    return { kind: "kept", draft }
  } catch {
    return { kind: "full" }
  }
}

/** Return what is kept when it is a draft: another version of the site, or anybody at this browser, may have written it. */
function recognised(id: string, written: string | null): Draft | undefined {
  try {
    const { slug, text, at, count } = JSON.parse(written ?? "null") as Partial<Record<keyof Draft, unknown>>
    const isDraft = typeof slug === "string" && typeof text === "string" && typeof at === "number" && typeof count === "number"
    return isDraft && /^[a-z0-9-]{0,80}$/.test(slug) ? { id, slug, text, at, count } : undefined
  } catch {
    return undefined
  }
}

function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), byte => byte.toString(16).padStart(2, "0")).join("")
}

function storage(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined // a browser that keeps nothing
  }
}
