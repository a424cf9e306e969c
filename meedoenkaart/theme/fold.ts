const MARKS = /\p{M}/gu
/** What Python's `split` takes for space. */
const SPACE = /(?:[^\S\ufeff]|[\x1c-\x1f\x85])+/u
const PLAIN = /^(?:[!-~]+(?: [!-~]+)*)?$/

/** A text without capitals, accents and double spaces, to compare by; equal to `fold` of meedoenkaart/texts. */
export function fold(text: string): string {
  return PLAIN.test(text) ? text.toLowerCase() : unmarked(text).split(SPACE).filter(Boolean).join(" ")
}

/** Letters that people write for each other, as pairs: Turkish dotless i, alef forms, Persian and Arabic kaf and yeh, kashida. */
const ALIKE = new Map<string, string>(Object.entries({
  ı: "i", ß: "ss", ς: "σ", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ە": "ه", "ء": "", "ـ": "", "\u200c": "", "፡": " ",
}))
/** Ethiopic letters that sound alike: the first of a row, and the first of the row that stands for it. */
const ROWS: readonly (readonly [from: number, to: number, length: number])[] = [
  [0x1210, 0x1200, 7], [0x1250, 0x1240, 7], [0x1258, 0x1248, 6], [0x12b8, 0x12a8, 7], [0x12c0, 0x12b0, 6], [0x1280, 0x1200, 7], [0x1220, 0x1230, 8], [0x12d0, 0x12a0, 7], [0x1340, 0x1338, 8],
  [0x0660, 0x30, 10], [0x06f0, 0x30, 10], // and the digits of Arabic and Persian
]
for (const [from, to, length] of ROWS)
  for (let at = 0; at < length; at++) ALIKE.set(String.fromCodePoint(from + at), String.fromCodePoint(to + at))
const ANY_ALIKE = new RegExp(`[${[...ALIKE.keys()].join("")}]`, "gu")

/** A text without capitals and accents, with its spaces as they are. */
export function unmarked(text: string): string {
  return text.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(ANY_ALIKE, letter => ALIKE.get(letter) ?? "")
}
