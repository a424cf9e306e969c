import type { Checking, Shape, Times } from "./model"
import { WrongError, folded, readRule, readStretch } from "./recurrence"

type Found = [rule: string, values: Record<string, string>]

/** Return what is wrong with one answer, by the patterns and limits that `meedoenkaart check` has. */
export function checkAnswer(data: Checking, shape: Shape | undefined, answer: string): Found[] {
  const text = answer.trim()
  if (!text) return []
  const wrong = shape && checkShape(data, shape, text)
  return [...lookAt(data, text), ...(wrong ? [withMended(data, shape, wrong, text)] : [])]
}

/** Name the right answer where it is certain what somebody means by a wrong one. */
function withMended(data: Checking, shape: Shape, [rule, values]: Found, text: string): Found {
  if (!shape.mended) return [rule, values]
  const better = shape.mended.reduce((left, [pattern, instead]) => left.replace(new RegExp(pattern, "gu"), instead), text)
  const mended = shape.upper ? better.toUpperCase() : better
  if (!mended || checkShape(data, shape, mended)) return [rule, values]
  return [rule, { ...values, mended, suggestion: data.suggestion.text.replace("{name}", () => mended) }]
}

/** Say whether a site can have the name in a web address that has the right shape. */
function isSite(address: string): boolean {
  const name = /^[^/]*\/\/([^:/?#]*)/u.exec(address)?.[1] ?? ""
  const isWritten = /^[\p{L}\p{M}\p{N}.-]+$/u.test(name) && name.normalize("NFKC") === name.normalize("NFC")
  return isWritten && URL.canParse?.(address) !== false
}

function checkShape(data: Checking, shape: Shape, text: string): Found | undefined {
  const broken: Found = [shape.rule ?? "", { value: [...text].slice(0, 80).join("") }]
  switch (shape.kind) {
    case "text":
    case "line": {
      const length = lengthOf(text.split(/\s+/u).join(" "))
      const longest = shape.longest ?? 0
      return length > longest ? ["text-too-long", { length: `${length}`, longest: `${longest}` }] : undefined
    }
    case "pattern": {
      if (shape.lower && data.times) return checkTimes(data.times, shape, text)
      const bare = (shape.replaced ?? []).reduce(
        (left, [sign, instead]) => left.replace(new RegExp(sign, "gu"), instead),
        text.replace(new RegExp(`^(?:${shape.prefix ?? ""})`, "u"), ""),
      )
      return isWhole(shape, bare) && isShort(shape, bare) ? undefined : broken
    }
    case "web":
      if (!new RegExp(`^(?:${shape.prefix ?? ""})`, "u").test(text)) return ["forbidden-scheme", broken[1]]
      return isWhole(shape, text) && isShort(shape, text) && isSite(text) ? undefined : broken
    case "day":
      return isWhole(shape, text) && isDay(`${text}-01-01`.slice(0, 10)) ? undefined : broken
    case "number": {
      if (!isWhole(shape, text)) return broken
      const [least, most] = [shape.least ?? 0, shape.most ?? 0]
      const inRange = Number(text) >= least && Number(text) <= most
      return inRange ? undefined : ["number-out-of-range", { value: text, least: `${least}`, most: `${most}` }]
    }
    case "yes":
      return undefined
  }
}

/** Say whether words are a rule of time, and one that there can be. */
function checkTimes(times: Times, shape: Shape, text: string): Found | undefined {
  const words = folded(text)
  if (!words) return ["empty-value", {}]
  if (!isShort(shape, words)) return ["text-too-long", { length: `${lengthOf(words)}`, longest: `${shape.longest}` }]
  if (!isWhole(shape, words)) return [shape.rule ?? "", { value: words.slice(0, 60) }]
  try {
    if (shape.rule === "not-a-rule") readRule(times, words)
    else readStretch(times, words)
  } catch (error) {
    if (error instanceof WrongError) return [error.message, error.values]
    throw error
  }
  return undefined
}

function isWhole(shape: Shape, text: string): boolean {
  return new RegExp(`^(?:${shape.pattern ?? ""})$`, "u").test(text)
}

function isShort(shape: Shape, text: string): boolean {
  return !shape.longest || lengthOf(text) <= shape.longest
}

function lengthOf(text: string): number {
  return [...text].length
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.valueOf()) && !text.startsWith("0000") && day.toISOString().startsWith(text)
}

/** Look at one text, whatever field it stands in, as meedoenkaart/reading/text_rules.py does. */
function lookAt(data: Checking, text: string): Found[] {
  const find = (name: string, within = text): string | undefined =>
    patternOf(data, name)?.exec(within)?.[0]
  const found: Found[] = []
  for (const rule of ["invisible-characters", "html", "double-space"]) {
    if (find(rule) !== undefined) found.push([rule, { text }])
  }
  if (find("capitals") !== undefined || isShouted(text)) found.push(["capitals", { text }])
  const withoutLinks = text.replace(patternOf(data, "web-address", "gu") ?? /(?!)/gu, "")
  const number = find("private-phone", withoutLinks)
  if (number !== undefined) found.push(["private-phone", { number }])
  found.push(...privateAddresses(data, withoutLinks))
  const name = find("private-name")
  if (name !== undefined) found.push(["private-name", { name }])
  return found
}

function isShouted(text: string): boolean {
  const letters = [...text].filter(one => /\p{Lu}/u.test(one))
  return letters.length >= 12 && text === text.toUpperCase() && text !== text.toLowerCase()
}

function privateAddresses(data: Checking, text: string): Found[] {
  const email = patternOf(data, "email", "gu")
  const box = patternOf(data, "personal-box")
  if (!email || !box) return []
  return [...text.matchAll(email)].flatMap(([address, name = "", host = ""]): Found[] => {
    const own = name.toLowerCase()
    const isFunction = own.split(/[._-]/).some(part => data.words.functions.includes(part))
    if (box.exec(own)?.[0] === own && !isFunction) return [["private-email", { address }]]
    return data.words["free-mail"].includes(host.toLowerCase()) ? [["free-mailbox", { address }]] : []
  })
}

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte)
/** The bytes that Windows shows as these signs, and the signs that have these numbers. */
const BYTES = new Map(
  [String.fromCharCode(...ALL_BYTES), new TextDecoder("windows-1252").decode(ALL_BYTES)].flatMap(signs =>
    [...signs].map((sign, byte): [string, number] => [sign, byte]),
  ),
)
/** Times that letters are taken apart at most, and characters of a text that are shown as a whole. */
const [OFTEN, SHOWN] = [3, 100]

/** Return a text with the letters that were meant, as meedoenkaart/reading/text_rules.py does. */
export function mended(data: Checking, text: string): string {
  const sequence = patternOf(data, "in-bytes", "gu")
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: true })
  let right = text
  for (let time = 0; time < OFTEN && sequence && patternOf(data, "wrong-letters")?.test(right); time++) {
    right = right.replace(sequence, found => utf8.decode(Uint8Array.from(found, sign => BYTES.get(sign) ?? 0)))
  }
  return right
}

/** Say that the letters of an answer are wrong, and what they should be: of a long text from the first wrong word on. */
export function checkLetters(data: Checking, text: string): Found[] {
  const right = mended(data, text)
  if (right === text || patternOf(data, "invisible-characters")?.test(right)) return []
  const wrong = patternOf(data, "in-bytes")?.exec(text)?.index ?? 0
  const start = lengthOf(right) > SHOWN && wrong ? right.lastIndexOf(" ", wrong - 1) + 1 : 0
  return [["wrong-letters", { right: right.slice(start), mended: right }]]
}

const compiled = new Map<string, RegExp | undefined>()

/** Return a pattern, or nothing in a browser that does not know a part of it: the repository's check still does. */
function patternOf(data: Checking, name: string, flags = "u"): RegExp | undefined {
  const key = `${name}/${flags}`
  if (!compiled.has(key)) {
    try {
      compiled.set(key, new RegExp(data.patterns[name] ?? "(?!)", flags))
    } catch {
      compiled.set(key, undefined)
    }
  }
  const pattern = compiled.get(key)
  if (pattern) pattern.lastIndex = 0
  return pattern
}
