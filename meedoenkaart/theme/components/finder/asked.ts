import { answer, radiusFor, type Answer } from "./answer"
import { load, loadQuestion, type Index, type Texts } from "./data"
import { Engine } from "./engine"
import { readFamilies } from "./families"
import { EVERYTHING, type Filter } from "./filter"
import { Origins, type Known } from "./origins"
import { loadIndex } from "./packed"
import { understanding, type Understood } from "./question"
import { withSoon } from "./soon"
import { WordSearch } from "./words"

/** The addresses of the finder's files; those with a question come from `assets/finder/files.json`. */
export interface Files {
  readonly index: string
  readonly texts: string
  readonly places: string
  readonly question: string
  /** The words of another language than Dutch. */
  readonly words?: string | undefined
  readonly sayings?: string | undefined
}

/** What a question is understood as, and what answers it. */
export interface Asked extends Understood, Answer {
  /** The whole of what was understood, also what was let go of. */
  readonly asked: Filter
  readonly origin: Known | null
  /** The numbers of all opportunities that are shown, in order. */
  readonly rows: readonly number[]
}

export interface Asking {
  readonly index: Index
  readonly engine: Engine
  readonly search: WordSearch
  readonly origins: Origins
  /** Answer a question by itself, with no page around it. */
  ask(question: string): Asked
}

/** Read all that answers questions. */
export async function readAsking(files: Files, today?: number): Promise<Asking> {
  const [read, texts, { leads, alike, families, ...sayings }] = await Promise.all([
    loadIndex(files.index, files.words), load<Texts>(files.texts), loadQuestion(files.question, files.sayings),
  ])
  const index = withSoon(read, today)
  const [engine, search, origins] = [new Engine(index), new WordSearch(index), new Origins(index, files.places)]
  search.learn(texts)
  search.know({ leads, alike, skip: sayings.skip, families: readFamilies(families) })
  await origins.complete()
  const understand = understanding(index, sayings, origins, search)
  return {
    index, engine, search, origins,
    ask(question) {
      const understood = understand(question, EVERYTHING)
      const asked = understood.filter
      const origin = (asked.where && origins.get(asked.where)) || null
      engine.from(origin, origin?.areas)
      const found = answer(engine, search, asked, radiusFor(asked, origin?.kind))
      const { sure, maybe, apart } = found.selection
      return { ...understood, ...found, asked, origin, rows: [...sure, ...maybe, ...apart] }
    },
  }
}
