const MARKS = /\p{M}/gu
/** What Python's `split` takes for space. */
const SPACE = /(?:[^\S\ufeff]|[\x1c-\x1f\x85])+/u
const PLAIN = /^(?:[!-~]+(?: [!-~]+)*)?$/

/** A text without capitals, accents and double spaces, to compare by; equal to `fold` of generator/texts. */
export function fold(text: string): string {
  return PLAIN.test(text) ? text.toLowerCase() : unmarked(text).split(SPACE).filter(Boolean).join(" ")
}

/** A text without capitals and accents, with its spaces as they are. */
export function unmarked(text: string): string {
  return text.normalize("NFKD").replace(MARKS, "").toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ")
}
