import type { Index } from "./data"
import { withValue, type Filter } from "./filter"
import { fold } from "../../fold"
import { radiusOf } from "./address"
import { wordsOf } from "./fold"

/** How many words a name or a phrase may have. */
const LONGEST = 8
/** Facets whose labels are understood as such. Other words are searched for. */
const FACETS = ["sector", "activiteit", "dag"]
/** The facet whose values are languages, each with several names: "Perzisch (Farsi/Dari)". */
const LANGUAGES = "spreekt"

/** Four digits that in a question are a year sooner than a postcode without its letters. */
const YEAR = /^(19|20)\d\d$/

interface Word {
  readonly written: string
  readonly folded: string
}

/** Looks up who goes by a name. */
export interface Named {
  named(name: string): readonly { readonly id: string; readonly kind: string }[]
}

export interface Understood {
  readonly filter: Filter
  /** The name of a place that there are several of. */
  readonly ambiguous: string | null
}

/**
 * Understand a question as a filter: "iets in de zorg bij Sneek, A1, zonder vergunning, binnen 10 km".
 *
 * What is no filter becomes words to search for. `filter` is what was chosen before.
 */
export function understand(question: string, filter: Filter, index: Index, origins: Named): Understood {
  const { near, skip, phrases, kilometres } = index.words.question
  const skipped = new Set(skip.map(plain))
  const before = new Set(near.map(plain))
  const units = new Set(kilometres)
  const said = phrases.flatMap(({ say, set, value }) => say.map(text => ({ text: plain(text), set, value })))
  const labels = FACETS.flatMap(name => {
    const facet = index.facets.find(one => one.name === name)
    return (facet?.values ?? []).map(([id, label]) => ({ name, id, text: plain(label) }))
  })
  for (const [id, label, synonyms] of index.facets.find(({ name }) => name === LANGUAGES)?.values ?? []) {
    const names = [label, ...synonyms].flatMap(wordsOf).filter(text => !skipped.has(text))
    labels.push(...names.map(text => ({ name: LANGUAGES, id, text })))
  }
  const words = (question.match(/[\p{L}\p{N}'’-]+/gu) ?? []).map(word).flatMap(one => {
    // "zaterdagmiddag" is a day and a part of it.
    const day = labels.find(({ name, text }) => name === "dag" && one.folded.startsWith(text))?.text ?? ""
    const rest = one.folded.slice(day.length)
    return day && said.some(({ text }) => text === rest) ? [word(day), word(rest)] : [one]
  })
  const levels = new Map(index.levels.map(([id]) => [plain(id), id]))
  const rest: string[] = []
  let found: Filter = { ...filter, words: "" }
  let ambiguous: string | null = null
  let at = 0

  const distance = (): number => {
    const [number, unit] = [words[at], words[at + 1]]
    const joined = /^(\d{1,3})([a-z]+)$/.exec(number?.folded ?? "")
    const [text, length] = joined && units.has(joined[2] ?? "") ? [joined[1], 1] : unit && units.has(unit.folded) ? [number?.folded, 2] : ["", 0]
    const radius = text ? radiusOf(text) : null
    if (radius === null) return 0
    found = { ...found, radius }
    return length
  }
  const phrase = (length: number): boolean => {
    const text = textOf(words, at, length)
    const fitting = said.filter(one => one.text === text)
    for (const { set, value } of fitting) found = put(found, set, value)
    if (fitting.length) return true
    const level = length === 1 ? levels.get(text) : undefined
    if (level) found = { ...found, level }
    if (level) return true
    const label = labels.find(one => one.text === text)
    if (label) found = withValue(found, label.name, label.id, "in")
    return label !== undefined
  }
  const place = (length: number): boolean => {
    const written = words.slice(at, at + length).map(one => one.written).join(" ")
    const text = textOf(words, at, length)
    const afterPreposition = before.has(words[at - 1]?.folded ?? "")
    if (!afterPreposition && (skipped.has(text) || text.length < 4)) return false
    if (length === 1 && skipped.has(text)) return false
    if (YEAR.test(text)) return false
    if (length === 2 && /^\d{4}$/.test(words[at]?.folded ?? "") && skipped.has(words[at + 1]?.folded ?? "")) return false
    const all = origins.named(written)
    const asMunicipality = words[at - 1]?.folded === index.words.kind["gemeente"]
    const here = all.filter(one => (one.kind === "gemeente") === asMunicipality)
    const [first] = here.length ? here : all
    if (!first) return false
    if (here.length > 1 && !here.some(one => one.kind === "azc")) ambiguous = written
    else found = { ...found, where: first.id }
    return true
  }

  while (at < words.length) {
    const far = distance()
    if (far) {
      at += far
      continue
    }
    let taken = 0
    for (let length = Math.min(LONGEST, words.length - at); length > 0 && !taken; length--) {
      if (phrase(length) || place(length)) taken = length
    }
    if (taken) {
      at += taken
      continue
    }
    const other = words[at++] as Word
    if (!skipped.has(other.folded)) rest.push(other.written)
  }
  return { filter: { ...found, words: rest.join(" ") }, ambiguous }
}

function word(written: string): Word {
  return { written, folded: fold(written).replace(/[’']/g, "") }
}

function put(filter: Filter, name: string, value: string): Filter {
  if (name === "vergunning") return { ...filter, permit: value === "nee" ? "nee" : "ja" }
  if (name === "taal") return { ...filter, level: value }
  if (name === "niet") {
    const [facet = "", id = "ja"] = value.split(".")
    return withValue(filter, facet, id, "out")
  }
  return withValue(filter, name, value, "in")
}

function textOf(words: readonly Word[], at: number, length: number): string {
  return words.slice(at, at + length).map(one => one.folded).join(" ")
}

function plain(text: string): string {
  return fold(text).replace(/[’',]/g, "")
}
