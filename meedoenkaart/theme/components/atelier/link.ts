/** What a link to a draft carries. */
export interface Carried {
  slug: string
  text: string
}

/** Why a link can't be opened. */
export type Broken = "broken" | "link-too-large" | "not-supported"

const START = "#route="
/** Characters of an address that programs leave whole, and of a file. */
const [LONGEST_LINK, LONGEST_TEXT] = [8_000, 100_000]
const [HOW, SIGN] = ["deflate-raw", "\n"] as const

/** Return the part of an address behind `#` that carries a draft; nothing for one that is too long, or where it can't be made. */
export async function linkTo({ slug, text }: Carried): Promise<string | undefined> {
  if (typeof CompressionStream === "undefined" || text.length > LONGEST_TEXT) return undefined
  try {
    const packed = new Blob([slug + SIGN + text]).stream().pipeThrough(new CompressionStream(HOW))
    const bytes = new Uint8Array(await new Response(packed).arrayBuffer())
    const link = START + encoded(bytes)
    return link.length > LONGEST_LINK ? undefined : link
  } catch {
    return undefined // a browser that can't pack in this way
  }
}

/** Say whether an address carries a draft. */
export function carries(fragment: string): boolean {
  return fragment.startsWith(START)
}

/** Return the draft that a link carries, whoever made it: it unpacks to no more than a file can be. */
export async function draftIn(fragment: string): Promise<Carried | Broken> {
  if (typeof DecompressionStream === "undefined") return "not-supported"
  if (fragment.length > 2 * LONGEST_LINK) return "link-too-large"
  if (!carries(fragment)) return "broken"
  try {
    const bytes = decoded(fragment.slice(START.length))
    const unpacked = await unpack(bytes)
    if (!unpacked) return "link-too-large"
    const whole = new TextDecoder("utf-8", { fatal: true }).decode(unpacked)
    const end = whole.indexOf(SIGN)
    const slug = whole.slice(0, Math.max(end, 0))
    return /^[a-z0-9-]{0,80}$/.test(slug) && end >= 0 ? { slug, text: whole.slice(end + 1) } : "broken"
  } catch {
    return "broken"
  }
}

/** Unpack bytes as they come, and stop where they become more than a file: a small link can hold gigabytes. */
async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array | undefined> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(HOW)).getReader()
  const parts: Uint8Array[] = []
  let size = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length
    if (size > LONGEST_TEXT) {
      void reader.cancel().catch(() => undefined)
      return undefined
    }
    parts.push(part.value)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function encoded(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
}

function decoded(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), sign => sign.charCodeAt(0))
}
