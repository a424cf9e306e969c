import { fill, load, type QuestionFile } from "../finder/data"
import { get, make } from "../finder/dom"
import { NO_FAMILIES, readFamilies } from "../finder/families"
import { EVERYTHING } from "../finder/filter"
import { wordsOf } from "../finder/fold"
import { Origins, type Known } from "../finder/origins"
import { loadIndex } from "../finder/packed"
import { understanding, type Understood } from "../finder/question"
import { mistyped, subjectReader, type Askable } from "./reading"

/** The part `tasks` of `theme/words.yml`, and what a general contact is called. */
type Words = Readonly<
  Record<
    | "answer" | "no_place" | "empty" | "too_long" | "no_subject" | "no_subject_party" | "unread" | "guessed" | "ambiguous"
    | "elsewhere" | "at_reception" | "own" | "gap" | "failed" | "loading" | "general",
    string
  >
> & { readonly skip: readonly string[] }
/** One whom one can reach; nothing after `where`: nobody knows how. */
type Reached = readonly [label: string, about?: string, where?: string, phone?: string, email?: string, website?: string]
/** What the sheet of a handover reads too: contacts by reception location and municipality. */
interface Contacts {
  readonly here: Readonly<Record<string, readonly Reached[]>>
  readonly there: Readonly<Record<string, readonly Reached[]>>
}
interface Reader {
  readonly subjects: ReturnType<typeof subjectReader>
  readonly understand: (rest: string) => Understood
  readonly origins: Origins
  readonly contacts: Contacts
}

/** A question is cut off here. */
const LONGEST = 200
/** So many subjects are answered at most. */
const MOST = 4
/** The party that one reaches by its general contact too. */
const MUNICIPALITY = "gemeente"

/** Let a colleague ask who does what somewhere. All that is answered stands on this page, or on that of a municipality. */
export function answerQuestions(root: HTMLElement): void {
  new Questions(root).start()
}

class Questions {
  readonly #root: HTMLElement
  readonly #words: Words
  readonly #field: HTMLInputElement
  readonly #answer: HTMLElement
  readonly #askable: readonly Askable[]
  #reader: Promise<Reader> | null = null
  /** Which question is being answered: a later one counts. */
  #turn = 0

  constructor(root: HTMLElement) {
    this.#root = root
    this.#words = JSON.parse(root.dataset["words"] ?? "{}") as Words
    this.#field = get(root, "#__vraag")
    this.#answer = get(root, "[data-part=answer]")
    this.#askable = Array.from(root.querySelectorAll<HTMLElement>(".tasks__all .task"), one => ({
      id: one.id,
      words: (one.dataset["words"] ?? "").split("|"),
    }))
  }

  start(): void {
    const form = get<HTMLFormElement>(this.#root, ".tasks__ask")
    form.hidden = false
    form.addEventListener("submit", event => {
      event.preventDefault()
      this.#go(this.#field.value)
    })
    get(this.#root, ".tasks__examples").addEventListener("click", event => {
      const link = event.target instanceof Element ? event.target.closest("a") : null
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      this.#go(new URL(link.href).searchParams.get("vraag") ?? "")
    })
    window.addEventListener("popstate", () => this.#read())
    this.#read()
  }

  #go(question: string): void {
    const address = new URL(location.href)
    address.search = ""
    address.hash = ""
    address.searchParams.set("vraag", question.slice(0, LONGEST))
    history.pushState(null, "", address)
    void this.#ask(question, true)
  }

  /** Answer what stands in the address. */
  #read(): void {
    const asked = new URLSearchParams(location.search).get("vraag")
    if (asked === null) this.#show([])
    else void this.#ask(asked, false)
  }

  async #ask(question: string, moves: boolean): Promise<void> {
    const turn = ++this.#turn
    this.#field.value = question.slice(0, LONGEST)
    const status = get(this.#root, ".tasks__status")
    status.textContent = this.#words.loading
    const found = question.trim() ? await this.#answered(question).catch(() => [line(this.#words.failed)]) : [line(this.#words.empty)]
    if (turn !== this.#turn) return
    status.textContent = ""
    this.#show(found)
    if (moves) this.#answer.focus()
  }

  #show(found: readonly Node[]): void {
    this.#answer.replaceChildren(...found)
    this.#answer.hidden = found.length === 0
    this.#root.classList.toggle("tasks--answered", found.length > 0)
  }

  async #answered(question: string): Promise<Node[]> {
    const words = this.#words
    const { subjects, understand, origins, contacts } = await (this.#reader ??= this.#load())
    const asked = question.slice(0, LONGEST)
    let read = subjects(asked)
    let understood = understand(read.rest)
    if (read.found.length === 0) {
      read = mistyped(understood.filter.words, this.#askable)
      if (read.found.length) understood = { ...understood, filter: { ...understood.filter, words: read.rest } }
    }
    const place = (understood.filter.where && origins.get(understood.filter.where)) || null
    const party = this.#partyIn(asked)
    const unread = understood.filter.words.split(" ").filter(one => !words.skip.includes(one)).join(" ")
    const notes = [
      question.length > LONGEST ? fill(words.too_long, { n: LONGEST }) : "",
      understood.ambiguous ? fill(words.ambiguous, { name: understood.ambiguous }) : "",
      ...understood.guesses.map(({ written, other }) => (place && "word" in other ? fill(words.guessed, { written, place: place.name }) : "")),
      unread && !party ? fill(words.unread, { words: unread.slice(0, 80) }) : "",
    ]
    const said = notes.filter(Boolean).map(line)
    if (read.found.length === 0) return [...said, party ? this.#toParty(party) : line(words.no_subject)]
    const answers = await Promise.all(read.found.slice(0, MOST).map(id => this.#subject(id, place, contacts)))
    if (!place && !understood.ambiguous) said.push(line(words.no_place))
    return [...answers.flat(), ...said]
  }

  async #load(): Promise<Reader> {
    const { index = "", places = "", questions = "", file = "" } = this.#root.dataset
    try {
      const [read, { families, leads: _, alike: __, ...sayings }, contacts] = await Promise.all([
        loadIndex(index), load<QuestionFile>(questions), load<Contacts>(file),
      ])
      const origins = new Origins(read, places)
      await origins.complete()
      const forms = families ? readFamilies(families) : NO_FAMILIES
      // Here every word that is no place was asked about, or says nothing.
      const known = new Set([...this.#askable.flatMap(one => one.words).flatMap(wordsOf), ...this.#partyWords.flatMap(([, own]) => own)])
      const lexicon = { isWord: (word: string) => known.has(word), isKnown: (word: string) => known.has(word), leadsOf: () => [] }
      const facets = read.facets.map(one => ({ ...one, values: [] }))
      const understand = understanding({ ...read, facets }, { ...sayings, phrases: [] }, origins, lexicon)
      return { subjects: subjectReader(this.#askable, forms), origins, contacts, understand: rest => understand(rest, EVERYTHING) }
    } catch (error) {
      this.#reader = null // ask again with the next question
      throw error
    }
  }

  /** What is known of a subject at a place: as this page has it, or the page of a municipality with a route. */
  async #subject(id: string, place: Known | null, contacts: Contacts): Promise<Node[]> {
    const words = this.#words
    const here = get(this.#root, `.tasks__all [id="${id}"]`)
    const slug = place?.areas[0] ?? ""
    const isReception = place?.kind === "azc"
    const isLater = here.dataset["at"] === "gemeente"
    const own = !isReception && isLater && (this.#root.dataset["own"] ?? "").split(" ").includes(slug)
    const article = ((own ? await this.#ownArticle(slug, id) : null) ?? here).cloneNode(true) as HTMLElement
    const title = get(article, ".task__title").textContent?.trim() ?? ""
    const heading = make("h2", "task__title", place ? fill(words.answer, { subject: title, place: place.name }) : title)
    get(article, ".task__title").replaceWith(heading)
    for (const one of [article, ...article.querySelectorAll("[id]")]) one.removeAttribute("id")
    article.removeAttribute("aria-labelledby")
    if (place && !own) {
      const known = isReception ? (contacts.here[place.id] ?? []) : []
      const there = isReception === isLater ? [] : (contacts.there[slug] ?? [])
      const gaps = Array.from(article.querySelectorAll<HTMLElement>(".task__line"), one => this.#addReach(one, [...known, ...there], place))
      const who = [...new Set(gaps.filter(Boolean))].join(", ")
      if (who && isReception !== isLater) article.append(make("p", "reached__gap", fill(words.gap, { place: place.name, who })))
      const page = isReception ? `azc/${place.id}/` : slug in contacts.there ? `gemeenten/${slug}/` : "contacten/"
      article.append(link(this.#url(page), isReception ? place.name : place.municipality))
    }
    const notes: Node[] = []
    if (isReception && isLater) notes.push(line(words.elsewhere))
    if (place && !isReception && !isLater) notes.push(line(words.at_reception))
    if (own) notes.push(link(this.#url(`gemeenten/${slug}/wie-doet-wat/#${id}`), fill(words.own, { name: place?.municipality ?? "" })))
    return [article, ...notes]
  }

  /** Add how one reaches who does it, and what is known of a team there; returns who it is where nobody knows how. */
  #addReach(to: HTMLElement, known: readonly Reached[], place: Known): string {
    const { label = "", party = "" } = to.dataset
    const team = this.#root.querySelector(`.tasks__all [data-team="${place.id}"][data-role="${to.dataset["role"] ?? ""}"] > p + p`)
    if (team) to.append(make("p", "task__reach", team.textContent ?? ""))
    const reachable = known.filter(one => one.length > 2)
    const own = reachable.filter(one => one[0] === label)
    const general = party === MUNICIPALITY ? reachable.filter(one => one[0] === this.#words.general) : []
    for (const [name, about, where, phone, email, website] of own.length ? own : general) {
      const box = make("p", "task__reach", [where || name, about && `(${about})`].filter(Boolean).join(" "))
      if (phone) box.append(" ", link(`tel:${phone.replace(/[^\d+]/g, "")}`, phone))
      if (email) box.append(" ", link(`mailto:${email}`, email))
      if (website && /^https?:/.test(website)) box.append(" ", link(website, new URL(website).host))
      to.append(box)
    }
    return own.length + general.length || to.matches(".task__line--niet") ? "" : label
  }

  async #ownArticle(slug: string, id: string): Promise<Element | null> {
    const answer = await fetch(this.#url(`gemeenten/${slug}/wie-doet-wat/`))
    if (!answer.ok) return null
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const found = page.getElementById(id)
    // Links and signs are written from where that page stands.
    for (const one of found?.querySelectorAll("a[href], use[href]") ?? [])
      one.setAttribute("href", new URL(one.getAttribute("href") ?? "", answer.url).href)
    return found && document.importNode(found, true)
  }

  /** The parties of this page by the words of their names, with a link to each. */
  get #partyWords(): [HTMLAnchorElement, string[]][] {
    return Array.from(this.#root.querySelectorAll<HTMLAnchorElement>(".pills a[href*='/wie/']"), one => [one, wordsOf(one.textContent ?? "")])
  }

  #partyIn(question: string): HTMLAnchorElement | null {
    const asked = wordsOf(question)
    return this.#partyWords.find(([, own]) => asked.includes(own.join("")) || asked.includes(own[0] ?? "") || ` ${asked.join(" ")} `.includes(` ${own.join(" ")} `))?.[0] ?? null
  }

  #toParty(party: HTMLAnchorElement): Node {
    return link(party.href, fill(this.#words.no_subject_party, { name: party.textContent?.trim() ?? "" }))
  }

  #url(path: string): string {
    return new URL(path, new URL(this.#root.dataset["root"] ?? "./", document.baseURI)).href
  }
}

function line(text: string): HTMLParagraphElement {
  return make("p", "", text)
}

function link(href: string, text: string): HTMLAnchorElement {
  const made = make("a", "", text)
  made.href = href
  return made
}
