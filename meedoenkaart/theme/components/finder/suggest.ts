import type { Option } from "./combobox"
import type { Index } from "./data"
import { wordsOf } from "./fold"
import type { Known } from "./origins"
import type { Sayings } from "./question"

/** What somebody who types may mean. */
export interface Suggestion extends Option {
  /** The question that it stands for; empty: it leads to a page. */
  readonly question: string
  /** The page of an organisation, from the site's root. */
  readonly page: string
}

/** How suggestions are told apart. */
export interface SuggestWords {
  readonly work: string
  readonly organisation: string
  readonly question: string
  /** With the name of a place: "bij Drachten". */
  readonly near: string
}

/** So many of a kind, so that no kind hides the others. */
const MOST = { work: 3, place: 3, organisation: 2, question: 3 }
const ALL = 8
/** Letters from which on something is suggested for what was typed. */
const FROM = 2
const WORK = new Set(["sector", "activiteit"])

/**
 * What somebody may mean who has typed so far: kinds of work, places, organisations, and whole questions.
 *
 * `places` are those that the last word may begin.
 */
export function suggestions(
  typed: string, index: Index, words: SuggestWords, { questions, near: before, skip }: Sayings, places: (begun: string) => readonly Known[],
): Suggestion[] {
  const all = wordsOf(typed)
  const begun = all.at(-1) ?? ""
  const asking = (question: string): Suggestion => ({ name: question, note: words.question, question, page: "" })
  if (typed.trim() === "") return questions.slice(0, MOST.question).map(asking)
  if (begun.length < FROM || !/[\p{L}\p{N}]$/u.test(typed)) return []
  const start = typed.slice(0, typed.length - (/[\p{L}\p{N}'’-]+$/u.exec(typed)?.[0].length ?? 0))
  const isBegun = (text: string): boolean => wordsOf(text).some(word => word.startsWith(begun) && word !== begun)
  const work = index.facets.filter(({ name }) => WORK.has(name)).flatMap(({ values }) => values)
    .flatMap(([, label, synonyms]) => [label, ...synonyms].find(isBegun) ?? [])
    .map(name => ({ name: start + name.toLowerCase(), note: words.work, question: start + name.toLowerCase(), page: "" }))
  const last = all.at(-2) ?? ""
  // "koffie Zo" goes on with "bij Zoutkamp", "iets bij Zo" with "Zoutkamp", and "iets in de zo" with no place.
  const isPlace = last === "" || before.includes(last) || !skip.includes(last)
  const near = (isPlace ? places(begun) : []).map(({ name, within }) => {
    const question = `${start}${last === "" || before.includes(last) ? "" : `${words.near} `}${name}`
    return { name: question, note: within, question, page: "" }
  })
  const { slug, name } = index.organisations
  const whole = all.join(" ")
  const organisations = name.flatMap((one, number) =>
    (` ${wordsOf(one).join(" ")}`.includes(` ${whole}`) ? [{ name: one, note: words.organisation, question: "", page: `kansen/${slug[number]}/` }] : []))
  const wholeQuestions = questions.filter(question => all.every(word => wordsOf(question).some(one => one.startsWith(word)))).map(asking)
  const found = [
    ...work.slice(0, MOST.work), ...near.slice(0, MOST.place), ...organisations.slice(0, MOST.organisation),
    ...wholeQuestions.slice(0, MOST.question),
  ]
  return found.filter((one, at) => found.findIndex(other => other.name === one.name) === at).slice(0, ALL)
}
