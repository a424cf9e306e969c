import { counted, fill, load, type Count } from "../finder/data"
import { bikeMinutes, written, type Ride } from "../finder/distance"
import { get, make, named, part, setText } from "../finder/dom"
import type { Time } from "../when/days"
import { asked, inFinder, type Asked } from "./asked"
import { choose, type Found, type List } from "./list"

/** What stands on the page for its script. */
interface Data {
  /** The labels of facets' values by their ids. */
  readonly facets: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly levels: readonly string[]
  readonly ride: Ride
  readonly words: Words
}

export interface Words {
  readonly azc: string
  readonly gemeente: string
  readonly no_place: string
  readonly unknown: string
  readonly failed: string
  readonly count: Count
  readonly agenda: Count
  /** How times are written: `van {starts} tot {ends} uur`, `{hour}.{minute}`. */
  readonly time: Readonly<Record<"both" | "starts" | "ends", string>>
  readonly clock: string
  readonly none: string
  readonly lacks: string
  readonly lacking: Readonly<Record<string, string>>
  readonly chosen: { readonly vergunning: Readonly<Record<string, string>>; readonly taal: string; readonly not: string }
}

/** A card that is shown, and for an agenda when that is. */
export interface Shown extends Found {
  readonly time?: Time
}

/** Which cards are shown of what was found, how many there are in all, and where each goes. */
export interface Way {
  readonly pick: (list: List, found: readonly Found[]) => readonly Shown[]
  readonly count: (words: Words, all: number) => string
  readonly place: (box: HTMLElement, shown: Shown, card: Element, list: List, words: Words) => void
}

/** Show what fits the address, so many at most; what can't be shown is said in words, and the link to all stays. */
export async function showOffers(root: HTMLElement, way: Way): Promise<void> {
  const { facets, levels, words, ride } = JSON.parse(get(root, "script").textContent) as Data
  const known = { facets: new Map(Object.entries(facets).map(([name, values]) => [name, new Set(Object.keys(values))])), levels: new Set(levels) }
  const question = asked(location.search, known)
  const say = (text: string): void => setText(get(root, ".embed__status"), text)
  const note = (text: string): void => get(root, ".embed__notes").append(make("p", "", text))
  for (const value of question.unknown) note(fill(words.unknown, { value }))
  get<HTMLAnchorElement>(root, ".embed__all").search = inFinder(location.search, question, known)
  try {
    if (!question.place) return say(words.no_place)
    const place = `${root.dataset["lists"]}${question.kind}/${question.place}`
    let list = await listAt(`${place}.json`)
    if (!list) return say(fill(words.unknown, { value: question.place }))
    const [activity, ...others] = question.filter.include.get("activiteit") ?? []
    if (list.more && activity && !others.length) list = (await listAt(`${place}/${activity}.json`)) ?? list
    get(root, "h1").replaceChildren(...named(fill(words[question.kind], { name: list.name }), list.name))
    setText(get(root, ".embed__asked"), chosen(question, { facets, words }).join(" · "))
    const all = way.pick(list, choose(list, question.filter, levels))
    const shown = all.slice(0, question.most)
    say(all.length ? (list.more ? "" : way.count(words, all.length)) : words.none)
    const cards = await cardsOf(root.dataset["cards"] ?? "", list, shown)
    const box = get(root, ".embed__cards")
    for (const one of shown) {
      const card = cards.get(fileOf(list, one.row))?.[list.card[one.row] ?? -1]?.[venueOf(list, one)]
      if (card) way.place(box, one, dressed(root, drawn(card), list, one, words, ride), list, words)
    }
  } catch {
    say(words.failed)
  } finally {
    root.setAttribute("aria-busy", "false")
  }
}

/** What there is, nearest first. */
export const OFFERS: Way = {
  pick: (_, found) => found,
  count: (words, all) => counted(words.count, all),
  place: (box, _, card) => listIn(box).append(card),
}

/** The list of a part of the page, made when it is first needed. */
export function listIn(box: HTMLElement): HTMLElement {
  const list = box.querySelector<HTMLElement>("ul") ?? make("ul", "cards")
  box.append(list)
  return list
}

/** The list at an address; null when there is none. */
async function listAt(address: string): Promise<List | null> {
  const answer = await fetch(address)
  if (answer.status === 404) return null
  if (!answer.ok) throw new Error(`${answer.status} ${address}`)
  return (await answer.json()) as List
}

/** The cards of an organisation's opportunities, one for each place of each. */
type Cards = readonly (readonly string[])[]

function fileOf(list: List, row: number): string {
  return list.organisations[list.organisation[row] ?? -1] ?? ""
}

/** The number of the place where an opportunity is then, or that counts. */
function venueOf(list: List, { row, time }: Shown): number {
  return time?.place ? time.place - 1 : (list.venue[row] ?? 0)
}

/** The files of all cards that are shown, by organisation; one that does not come leaves its cards out, and all of them are told. */
async function cardsOf(folder: string, list: List, shown: readonly Shown[]): Promise<Map<string, Cards>> {
  const files = [...new Set(shown.map(({ row }) => fileOf(list, row)))]
  const read = await Promise.all(files.map(async one => [one, await load<Cards>(`${folder}${one}/kaart.json`).catch(() => null)] as const))
  const found = new Map(read.flatMap(([one, cards]) => (cards ? [[one, cards] as const] : [])))
  if (files.length && !found.size) throw new Error("no card came")
  return found
}

/** A card that the server drew, from a file of this site. */
function drawn(html: string): HTMLElement {
  return get(new DOMParser().parseFromString(html, "text/html"), ".card")
}

/** The card with what depends on where somebody is and what was asked. */
function dressed(root: HTMLElement, card: HTMLElement, list: List, one: Shown, words: Words, ride: Ride): HTMLElement {
  const km = list.km[one.row] ?? null
  if (km !== null && venueOf(list, one) === list.venue[one.row]) {
    const away = make("p", "card__away")
    away.append(part(root, farness(root, km, ride)))
    for (const span of away.querySelectorAll("span")) span.textContent = span.textContent.replace("{0}", written(km)).replace("{1}", String(bikeMinutes(km, ride)))
    get(card, ".card__who").after(away)
  }
  if (list.also.includes(one.row)) {
    const also = part(root, "also")
    for (const tag of also.querySelectorAll("span")) tag.textContent = tag.textContent.replace("{0}", list.within ?? "")
    get(card, ".card__tags").append(also)
  }
  if (one.lacks.length) {
    const what = one.lacks.map(name => words.lacking[name] ?? name).join(", ")
    get(card, ".card__tags").before(make("p", "card__lacks", fill(words.lacks, { what })))
  }
  return card
}

function farness({ dataset }: HTMLElement, km: number, ride: Ride): string {
  return km < Number(dataset["samePlace"]) ? "same-place" : bikeMinutes(km, ride) > Number(dataset["longestRide"]) ? "far" : "ride"
}

/** What was asked, in words. */
function chosen({ filter }: Asked, { facets, words }: Pick<Data, "facets" | "words">): string[] {
  const labels = (values: typeof filter.include, text = "{value}"): string[] =>
    [...values].flatMap(([name, ids]) => [...ids].map(id => fill(text, { value: facets[name]?.[id] ?? id })))
  return [
    ...labels(filter.include),
    ...labels(filter.exclude, words.chosen.not),
    ...(filter.permit ? [words.chosen.vergunning[filter.permit] ?? ""] : []),
    ...(filter.level === null ? [] : [fill(words.chosen.taal, { level: filter.level })]),
  ]
}
