import { readAsking, type Files } from "../finder/asked"
import { load } from "../finder/data"
import { closed } from "../finder/fold"

/** A page that answers a question. */
export interface Found {
  readonly title: string
  /** Who offers it and where, or what kind of page it is. */
  readonly note: string
  readonly url: string
}

export interface Answers {
  /** Organisations by name, then opportunities by what was asked. */
  readonly found: readonly Found[]
  /** The page with all of them. */
  readonly all: string
}

const MOST = 5
const MOST_ORGANISATIONS = 2

let made: Promise<(question: string) => Answers> | null = null

/** What answers questions in the search of the whole site; read once, and again when that failed. */
export function answering(): Promise<(question: string) => Answers> {
  const way = document.querySelector<HTMLElement>("dialog.search")?.dataset["way"] ?? ""
  return (made ??= read(new URL("..", import.meta.url).href, way).catch((error: unknown) => {
    made = null
    throw error
  }))
}

/** `root`: the address of the site; `way`: from there to the pages in the reader's language, as `ar/`. */
async function read(root: string, way: string): Promise<(question: string) => Answers> {
  const files = await load<Files>(`${root}assets/finder/${way ? `files-${way.slice(0, -1)}` : "files"}.json`)
  const { index, engine, ask } = await readAsking({
    index: root + files.index, texts: root + files.texts, places: root + files.places, question: root + files.question,
    words: files.words && root + files.words, sayings: files.sayings && root + files.sayings,
  })
  const { organisations, offers, places, venues } = index
  const urlOf = (organisation: number): string => `${root}${way}kansen/${organisations.slug[organisation]}/`
  return question => {
    const asked = closed(question)
    const named = organisations.name.flatMap((name, number) => (asked.length > 2 && closed(name).includes(asked) ? [number] : []))
    const { rows } = ask(question)
    return {
      found: [
        ...named.slice(0, MOST_ORGANISATIONS).map(number => ({ title: organisations.name[number] ?? "", note: "", url: urlOf(number) })),
        ...rows.slice(0, MOST).map(row => {
          const organisation = offers.organisation[row] as number
          const place = places[venues[engine.venue(row)]?.[2] ?? -1]
          return {
            title: offers.title[row] ?? "",
            note: [organisations.name[organisation], place].filter(Boolean).join(", "),
            url: `${urlOf(organisation)}#${offers.id[row]}`,
          }
        }),
      ],
      all: `${root}${way}kansen/?vraag=${encodeURIComponent(question)}`,
    }
  }
}
