import { wordsOf } from "../finder/fold"
import type { Families } from "../finder/families"
import { closest } from "../finder/spelling"

/** What can be asked about, and the words by which people ask for it. */
export interface Askable {
  readonly id: string
  readonly words: readonly string[]
}

export interface Read {
  /** The ids of what was asked about, in the order of the question. */
  readonly found: readonly string[]
  /** What is left of the question, for who looks for a place in it. */
  readonly rest: string
}

/** A name of more words than this names nothing here. */
const MOST_WORDS = 6
/** More words than anybody asks with. */
const MOST_ASKED = 60

/** Make what finds subjects in a question: the longest name first, then forms of a word, parts of it, and typing errors. */
export function subjectReader(all: readonly Askable[], { formsOf, partsOf }: Families): (question: string) => Read {
  const named = new Map<string, string[]>()
  const put = (key: string, id: string): void => {
    if (key && !named.get(key)?.includes(id)) named.set(key, [...(named.get(key) ?? []), id])
  }
  for (const { id, words } of all)
    for (const word of words) {
      const key = wordsOf(word).join(" ")
      put(key, id)
      if (!key.includes(" ")) for (const form of formsOf(key)) put(form, id)
    }
  const ids = (text: string): readonly string[] =>
    named.get(text) ?? (text.includes(" ") ? [] : [...formsOf(text), ...partsOf(text)].flatMap(one => named.get(one) ?? []))

  return question => {
    const asked = wordsOf(question).slice(0, MOST_ASKED)
    const found: string[] = []
    const rest: string[] = []
    for (let at = 0; at < asked.length; ) {
      const lengths = Array.from({ length: Math.min(MOST_WORDS, asked.length - at) }, (_, less) => Math.min(MOST_WORDS, asked.length - at) - less)
      const length = lengths.find(many => ids(asked.slice(at, at + many).join(" ")).length > 0)
      if (length) found.push(...ids(asked.slice(at, at + length).join(" ")))
      else rest.push(asked[at] as string)
      at += length ?? 1
    }
    return { found: [...new Set(found)], rest: rest.join(" ") }
  }
}

/** What somebody most likely meant where no subject was read: the nearest name of one of these words. */
export function mistyped(words: string, all: readonly Askable[]): Read {
  const named = new Map(all.flatMap(({ id, words: names }) => names.map(name => [wordsOf(name).join(" "), id] as const)))
  const asked = wordsOf(words)
  for (const word of asked) {
    const [near] = closest(word, named.keys())
    const id = near && named.get(near)
    if (id) return { found: [id], rest: asked.filter(one => one !== word).join(" ") }
  }
  return { found: [], rest: words }
}
