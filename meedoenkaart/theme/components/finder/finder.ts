import { read, write, type Known as KnownValues, type MapShown } from "./address"
import { answer, radiusFor } from "./answer"
import { chips } from "./chips"
import { Combobox } from "./combobox"
import { LOOK, lookOf, RESULTS, ROOT, type Found, type Look, type Origin } from "./contract"
import { Controls } from "./controls"
import { counted, fill, load, loadQuestion, type Index, type Texts, type Words } from "./data"
import type { Point } from "./distance"
import { get, part, setText, whenAgain } from "./dom"
import { Engine, type Selection } from "./engine"
import { readFamilies } from "./families"
import { Facets } from "./facets"
import { EVERYTHING, withValue, type Filter, type Radius } from "./filter"
import { guessNotes, wordNotes } from "./notes"
import { NATIONWIDE, Origins, type Known } from "./origins"
import { loadIndex } from "./packed"
import { understanding, type Guess, type Sayings, type Understanding } from "./question"
import { Results } from "./results"
import { withSoon } from "./soon"
import { suggestions, type Suggestion } from "./suggest"
import { Summary } from "./summary"
import { Views } from "./views"
import { Where } from "./where"
import { WordSearch } from "./words"
import { idle, pause } from "../../turns"

/** Places that are suggested while somebody asks. */
const MOST_PLACES = 3
/** What begins higher than this part of the window leaves room for the first results below it. */
const IN_SIGHT = 0.8
/** The id in an address of where the device is; the place itself stands nowhere. */
const HERE = "hier"
/** So long after the last letter the address holds what was typed; browsers refuse to change it with every one. */
const TYPED_MS = 250
/** So long after a change follows what nobody waits for: first the browser shows what was found. */
const SHOWN_MS = 32

/** Start the finder of a page, if it has one. */
export async function startFinder(page: Document): Promise<void> {
  const root = page.querySelector<HTMLElement>(ROOT)
  if (!root) return
  const status = get(root, ".finder__status")
  // The whole list stands below, as it does without scripts.
  const fail = (): void => {
    root.classList.add("finder--failed")
    setText(status, status.dataset["failed"] ?? "")
  }
  const index = await loadIndex(root.dataset["index"] ?? "", root.dataset["said"]).catch(() => null)
  const again = get(root, ".finder__again")
  again.hidden = index !== null
  if (!index) {
    fail()
    const once = new AbortController()
    whenAgain(get(again, "button"), () => {
      once.abort()
      void startFinder(page)
    }, once.signal)
    return
  }
  root.classList.remove("finder--failed")
  // Reading the index was a turn of its own; so is each thing that follows.
  await pause()
  const known = withSoon(index)
  await pause()
  await new Finder(root, known).start().catch(fail)
}

/** What becomes of the address: a step that one can go back from, another text of the same step, or nothing. */
type Step = "push" | "replace" | "typing" | "stay"

/** Holds the filter and lets every part of the page show it. */
class Finder {
  readonly #root: HTMLElement
  /** The way to pages that are there in Dutch only. */
  readonly #base: string
  readonly #index: Index
  readonly #words: Words
  readonly #known: KnownValues
  readonly #engine: Engine
  readonly #search: WordSearch
  readonly #origins: Origins
  readonly #results: Results
  readonly #facets: Facets
  readonly #where: Where
  readonly #controls: Controls
  readonly #ask: HTMLInputElement
  readonly #asking: Combobox<Suggestion>
  readonly #main: HTMLElement
  readonly #summary: Summary
  /** The reception location whose page this is; its id, or nothing. */
  readonly #own: string
  #filter: Filter = EVERYTHING
  #origin: Known | null = null
  #here: Known | null = null
  /** Wishes that somebody put back after they were let go of. */
  #kept: ReadonlySet<string> = new Set()
  /** What was taken for one thing in the last question and may be another. */
  #guesses: readonly Guess[] = []
  /** Whether the last word may be only begun. */
  #isTyped = false
  /** The change that the address does not hold yet. */
  #pending: { readonly step: Step; readonly query: string } | null = null
  #timer = 0
  /** What was found and neither counted beside the choices nor told to other components yet. */
  #uncounted: { readonly selection: Selection; readonly found: Found } | null = null
  /** What the address asked and does not exist. */
  #lost: readonly string[] = []
  /** What was asked and waits for places that could not be read. */
  #question = ""
  #texts: "read" | "unread" | "coming" = "coming"
  #learning: Promise<void> | null = null
  #understood: Promise<Understanding | null> | null = null
  #sayings: Sayings | null = null

  constructor(root: HTMLElement, index: Index) {
    this.#root = root
    this.#index = index
    this.#words = index.words
    this.#own = root.dataset["origin"] ?? ""
    this.#base = (root.dataset["index"] ?? "").replace(/assets\/.*$/, "")
    this.#known = {
      facets: new Map(index.facets.map(({ name, values }) => [name, new Set(values.map(([id]) => id))])),
      levels: new Set(index.levels.map(([id]) => id)),
    }
    this.#engine = new Engine(index)
    this.#search = new WordSearch(index)
    this.#origins = new Origins(index, root.dataset["places"] ?? "")
    this.#results = new Results(root, index, this.#engine, this.#search)
    this.#facets = new Facets(root, index, (facet, value, to) => void this.#change(withValue(this.#filter, facet, value, to)))
    this.#where = new Where(root, this.#words, this.#origins, origin => void this.#choose(origin))
    this.#controls = new Controls(root, index, (part, typed) => {
      void this.#change({ ...this.#filter, ...part }, typed ? "typing" : "push")
    })
    this.#asking = new Combobox<Suggestion>(root, get(root, ".finder__ask"), {
      suggest: typed => this.#suggested(typed),
      take: suggestion => this.#take(suggestion),
      told: count => setText(get(root, ".finder__ask-note"), count === null ? "" : counted(this.#words.asked, count)),
    })
    this.#ask = this.#asking.input
    this.#main = get(root, ".finder__main")
    this.#summary = new Summary(root, index, filter => this.#change(filter), criterion => this.#keep(criterion))
  }

  async start(): Promise<void> {
    if (window.matchMedia("(max-width: 63.99rem)").matches) get<HTMLDetailsElement>(this.#root, ".finder__filters").open = false
    const isAsked = new URLSearchParams(location.search).has("vraag")
    await this.#facets.make()
    await this.#readAddress()
    this.#root.classList.add("finder--ready")
    if (isAsked) this.#reveal()
    this.#listen()
    this.#keepViews()
    await idle()
    await this.#learn()
  }

  /** Read descriptions, which words are searched in too: at the first word or when idle. No results wait for them. */
  #learn(): Promise<void> {
    return (this.#learning ??= this.#readTexts())
  }

  async #readTexts(): Promise<void> {
    const texts = await load<Texts>(this.#root.dataset["texts"] ?? "").catch(() => null)
    this.#texts = texts ? "read" : "unread"
    if (texts) this.#search.learn(texts)
    if (this.#filter.words) await this.#draw()
  }

  /** Read what questions are understood with: when somebody begins to type, or asked on another page. */
  #understanding(): Promise<Understanding | null> {
    return (this.#understood ??= loadQuestion(this.#root.dataset["question"] ?? "", this.#root.dataset["sayings"]).then(
      ({ leads, alike, families, ...sayings }) => {
        this.#search.know({ leads, alike, skip: sayings.skip, families: readFamilies(families) })
        this.#sayings = sayings
        // Who was typing meanwhile sees what the words mean.
        if (this.#isTyped) void this.#draw()
        return understanding(this.#index, sayings, this.#origins, this.#search)
      },
      () => (this.#understood = null),
    ))
  }

  /** What somebody may mean who has typed so far. */
  async #suggested(typed: string): Promise<readonly Suggestion[]> {
    const isKnown = await this.#understanding()
    await pause() // the results come first
    if (typed && isKnown) await this.#origins.complete()
    const places = (begun: string): readonly Known[] => this.#origins.suggest(begun, MOST_PLACES)
    return this.#sayings ? suggestions(typed, this.#index, this.#words.suggested, this.#sayings, places) : []
  }

  #take({ question, page }: Suggestion): void {
    if (page) location.assign((this.#root.dataset["root"] ?? "") + page)
    else void this.#answer((this.#ask.value = question))
  }

  /** Try once more to read what could not be read, and do what waits for it. */
  async #again(): Promise<void> {
    const again = get(this.#root, ".finder__again")
    if (again.contains(document.activeElement)) get(this.#root, ".finder__status").focus()
    if (this.#texts === "unread") {
      this.#texts = "coming"
      this.#learning = null
      void this.#learn()
    }
    if (this.#wish === "" || !(await this.#origins.complete())) return
    this.#settle()
    await this.#readAddress()
  }

  /** The question or the place that waits for places that could not be read; nothing is gone as long as nobody knows. */
  get #wish(): string {
    const { where } = this.#filter
    if (this.#question || this.#origin || where === HERE) return this.#question
    return (where ?? "").slice(0, 40).replaceAll("-", " ")
  }

  #listen(): void {
    const root = this.#root
    window.addEventListener("popstate", () => void this.#readAddress())
    whenAgain(get(root, ".finder__again button"), () => void this.#again())
    get<HTMLFormElement>(root, ".finder__ask").addEventListener("submit", event => {
      event.preventDefault()
      this.#asking.close()
      void this.#answer(this.#ask.value)
    })
    this.#ask.addEventListener("focus", () => void this.#understanding().then(pause).then(() => this.#search.prepare()))
    this.#ask.addEventListener("input", () => {
      this.#question = ""
      void this.#change({ ...this.#filter, words: this.#ask.value.trim() }, "typing")
    })
    get(root, ".finder__show button").addEventListener("click", () => {
      get<HTMLDetailsElement>(root, ".finder__filters").open = false
      this.#reveal()
    })
    get(root, ".finder__here").addEventListener("click", () => this.#locate())
    get(root, ".finder__show-map").addEventListener("click", () => {
      this.#showMap(this.#map ? null : "ja")
      this.#keepAddress("push")
    })
    root.addEventListener(LOOK, ({ detail }) => {
      this.#look(detail)
      this.#keepAddress("typing")
    })
  }

  /** What the address says of the map. */
  get #map(): MapShown {
    return get(this.#root, ".finder__map").hidden ? null : (lookOf(this.#root) ?? "ja")
  }

  #showMap(map: MapShown): void {
    this.#look(map === "ja" ? null : map)
    get(this.#root, ".finder__map").hidden = !map
    get(this.#root, ".finder__show-map").setAttribute("aria-expanded", String(map !== null))
  }

  #look(look: Look | null): void {
    Object.assign(this.#root, { look })
  }

  /** Take the filter from the address of the page. */
  async #readAddress(): Promise<void> {
    this.#pending = null
    const { filter, question, map, gone } = read(location.search, this.#known)
    this.#showMap(map)
    const lost: string[] = [...gone]
    let which: readonly Known[] | null = null
    this.#filter = filter
    this.#question = ""
    const id = filter.where ?? this.#own
    if (id && id !== HERE) {
      const found = await this.#origins.find(id)
      const alike = found ? [] : this.#origins.alike(id)
      const origin = found ?? (alike.length === 1 ? alike[0] : undefined)
      if (origin && !found) this.#filter = { ...filter, where: origin.id }
      this.#origin = origin ?? null
      if (!origin && this.#origins.areRead) {
        if (alike.length) which = alike
        else lost.push(id.slice(0, 40))
        this.#filter = { ...filter, where: null }
      }
    } else {
      this.#origin = id === HERE ? this.#here : null
    }
    this.#reckon()
    this.#lost = lost.map(value => fill(this.#words.gone, { value }))
    // Words in an address mean what they meant when they were typed.
    if (filter.words) await this.#understanding()
    if (question) await this.#answer(question, "replace")
    else await this.#draw()
    if (which || !question) this.#askWhich(which)
    if (id === HERE && !this.#here) this.#where.say(this.#words.here_again)
  }

  /** Understand what was typed as a question. */
  async #answer(question: string, step: Step = "push"): Promise<void> {
    const [areRead, understand] = await Promise.all([this.#origins.complete(), this.#understanding()])
    const before = { ...this.#filter, words: "" }
    const { filter, ambiguous, guesses } = understand
      ? understand(question, before)
      : { filter: { ...before, words: question }, ambiguous: null, guesses: [] }
    // What is left over as words may be a place.
    this.#question = (!areRead || !understand) && filter.words ? question : ""
    await this.#change(this.#question ? this.#filter : filter, step, guesses)
    if (ambiguous) this.#askWhich(this.#origins.named(ambiguous))
    if (step === "push") this.#reveal()
  }

  /** Bring the reader to what was found, or to what is asked first, and that into sight. */
  #reveal(): void {
    const which = get(this.#root, ".finder__which")
    const target = which.hidden ? get(this.#root, ".finder__status") : get(which, "button")
    target.focus({ preventScroll: true })
    const { top, bottom } = target.getBoundingClientRect()
    if (top < 0 || bottom > window.innerHeight * IN_SIGHT) (which.hidden ? this.#main : which).scrollIntoView()
  }

  /** Ask which of several places of one name is meant. */
  #askWhich(places: readonly Known[] | null): void {
    const list = get(this.#root, ".finder__which")
    list.hidden = !places
    if (!places) {
      list.replaceChildren()
      return
    }
    const { name = "", former } = places[0] ?? {}
    this.#where.say(former ? fill(this.#words.which_now, { name: former }) : fill(this.#words.which, { name }))
    list.replaceChildren(
      ...places.map(place => {
        const item = part(this.#root, "remedy")
        const button = get(item, "button")
        const note = this.#where.note(place)
        button.textContent = note ? `${place.name}, ${note}` : place.name
        button.addEventListener("click", () => {
          this.#askWhich(null)
          void this.#choose(place)
        })
        return item
      }),
    )
  }

  /** Hold on to a wish that was let go of: something else is, then. */
  #keep(criterion: string): void {
    this.#kept = new Set([...this.#kept, criterion])
    void this.#draw()
  }

  #choose(origin: Known | null): Promise<void> {
    return this.#change({ ...this.#filter, where: origin?.id ?? null, radius: null })
  }

  /** Ask the device where it is, only because somebody pressed the button; nothing keeps the answer. */
  #locate(): void {
    if (!("geolocation" in navigator)) {
      this.#where.say(this.#words.here_refused)
      return
    }
    this.#where.say(this.#words.here_asking)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const name = this.#words.here
        void this.#placed({ lat: coords.latitude, lon: coords.longitude }).then(({ municipality, areas }) => {
          const [lat, lon] = [coords.latitude, coords.longitude]
          this.#here = { id: HERE, name, kind: "hier", lat, lon, within: "", municipality, areas, also: [], spelled: [] }
          return this.#choose(this.#here)
        })
      },
      () => this.#where.say(this.#words.here_refused),
      { maximumAge: 60_000, timeout: 15_000 },
    )
  }

  /** In which municipality a point lies: that of the nearest place. */
  async #placed(point: Point): Promise<Pick<Known, "municipality" | "areas">> {
    await this.#origins.complete()
    return this.#origins.nearest(point, this.#index.ride.earth) ?? { municipality: "", areas: [NATIONWIDE] }
  }

  /** Show another filter and put it in the address. */
  async #change(filter: Filter, step: Step = "push", guesses: readonly Guess[] = []): Promise<void> {
    const id = filter.where ?? ""
    const leaves = this.#own !== "" && id !== this.#own && id !== (this.#filter.where ?? "")
    if (leaves && !(id === "" && this.#filter.where === null)) {
      // This page is about one reception location; elsewhere is on the page of all opportunities.
      if (id !== HERE) location.assign(`${this.#root.dataset["root"] ?? ""}kansen/${write(filter, "", this.#map && "ja")}`)
      else await this.#move(filter, "stay", guesses)
      return
    }
    await this.#move(filter, step, guesses)
  }

  async #move(filter: Filter, step: Step, guesses: readonly Guess[]): Promise<void> {
    const moved = (filter.where ?? "") !== (this.#filter.where ?? "")
    this.#isTyped = step === "typing" && document.activeElement === this.#ask
    if (step !== "stay") this.#kept = new Set()
    this.#guesses = guesses
    // Elsewhere, or as far as somewhere else, the map shows what is found there.
    if (moved || filter.radius !== this.#filter.radius) this.#look(null)
    this.#filter = filter
    if (moved) {
      const id = filter.where ?? this.#own
      this.#origin = id === HERE ? this.#here : id ? ((await this.#origins.find(id)) ?? null) : null
      this.#reckon()
      this.#askWhich(null)
    }
    if (step !== "replace") this.#lost = []
    if (this.#main.getBoundingClientRect().top < 0) this.#main.scrollIntoView()
    this.#drawFound()
    requestAnimationFrame(() => window.setTimeout(() => this.#drawCounts(), SHOWN_MS))
    this.#keepAddress(step)
  }

  /** Let the address hold what is shown now, a moment later. */
  #keepAddress(step: Step): void {
    if (step !== "typing" || this.#pending?.step !== "typing") this.#settle()
    this.#pending = step === "stay" ? null : { step, query: this.#queryHere() }
    window.clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#settle(), step === "typing" ? TYPED_MS : SHOWN_MS)
  }

  /** Put the last change in the address. */
  #settle(): void {
    const pending = this.#pending
    this.#pending = null
    if (!pending || pending.query === location.search) return
    const address = pending.query || location.pathname
    if (pending.step === "push") history.pushState(null, "", address)
    else history.replaceState(null, "", address)
  }

  /** The query of the filter on this page, where its own reception location goes without saying. */
  #queryHere(): string {
    return write(this.#filter.where === this.#own ? { ...this.#filter, where: null } : this.#filter, this.#question, this.#map)
  }

  #reckon(): void {
    const origin = this.#origin
    this.#engine.from(origin, origin?.areas)
    this.#where.show(origin, this.#question ? "" : this.#wish)
  }

  async #draw(): Promise<void> {
    this.#drawFound()
    await pause()
    this.#drawCounts()
  }

  /** Show what is chosen and what was found: what somebody who changes a filter looks at. */
  #drawFound(): void {
    const filter = this.#filter
    const origin = this.#origin
    const radius = radiusFor(filter, origin?.kind)
    if (filter.words) void this.#learn()
    const found = answer(this.#engine, this.#search, filter, radius, this.#kept, this.#isTyped)
    const { selection, sought, released } = found
    const place = origin && this.#where.label(origin)
    const chosen = chips(filter, this.#index, place, radius)
    this.#results.show({ filter: found.filter, selection, sought, municipality: origin?.municipality ?? "" })
    this.#facets.stand(filter)
    this.#controls.stand(filter, radius, origin && originOf(origin))
    if (document.activeElement !== this.#ask) this.#ask.value = this.#question || filter.words
    const own = this.#own !== "" && !filter.where
    const isUnsure = selection.sure.length === 0 && selection.maybe.length > 0
    const farther = isUnsure && typeof found.radius === "number" ? this.#engine.farther(found.filter, found.ranks) : null
    const unread = this.#unread()
    get(this.#root, ".finder__again").hidden = unread.length === 0
    const notes = [
      ...[...this.#lost, ...unread].map(text => ({ text })),
      ...(sought ? wordNotes(this.#words, sought, this.#isTyped, this.#base) : []),
      ...guessNotes(this.#words, this.#guesses, filter, place ?? "", one => this.#where.label(one), to => void this.#change(to)),
    ]
    this.#summary.show({ filter: found.filter, radius: found.radius, selection, chosen, released, own, place, notes, farther })
    if (this.#root.classList.contains("finder--ready")) this.#results.complete()
    const told = this.#found(selection, origin, found.radius)
    Object.assign(this.#root, { found: told })
    this.#uncounted = { selection, found: told }
  }

  /** Say what could not be read and counts now. */
  #unread(): string[] {
    const { unread, unread_texts } = this.#words
    const wish = this.#wish
    const lines = wish ? [fill(unread, { value: wish })] : []
    if (this.#filter.words && this.#texts === "unread") lines.push(unread_texts)
    return lines
  }

  /** Show what other choices would give; other components hear of it too. */
  #drawCounts(): void {
    if (!this.#uncounted) return
    const { selection, found } = this.#uncounted
    this.#uncounted = null
    this.#facets.count(selection.others)
    this.#controls.count(selection.others)
    this.#root.dispatchEvent(new CustomEvent(RESULTS, { detail: found }))
  }

  /** What other components are told; the list is made only if one of them reads it. */
  #found({ sure, maybe }: Selection, origin: Known | null, radius: Radius): Found {
    const results = this.#results
    let made: Found["results"] | undefined
    return {
      get results() {
        return (made ??= [...sure, ...maybe].map(row => results.result(row)))
      },
      origin: origin && originOf(origin),
      radius: typeof radius === "number" ? radius : null,
    }
  }

  #keepViews(): void {
    const root = this.#root.dataset["root"] ?? ""
    const scope = new URL(root || ".", location.href).pathname
    new Views(this.#root, this.#words, {
      query: () => write({ ...this.#filter, where: this.#filter.where ?? (this.#own || null) }),
      keys: query => this.#keys(query),
      open: query => {
        location.assign(`${root}kansen/${query}`)
      },
      address: query => `${root}kansen/${query}`,
    }, `${scope}finder-views`)
  }

  /** What a stored query gives today. */
  async #keys(query: string): Promise<string[] | null> {
    const { filter } = read(query, this.#known)
    if (filter.words) await this.#learn()
    const origin = filter.where && filter.where !== HERE ? ((await this.#origins.find(filter.where)) ?? null) : null
    if (filter.where && filter.where !== HERE && !origin && !this.#origins.areRead) return null
    const engine = new Engine(this.#index)
    engine.from(origin, origin?.areas)
    const { sure, maybe, apart } = answer(engine, this.#search, filter, radiusFor(filter, origin?.kind)).selection
    return [...sure, ...maybe, ...apart].map(row => this.#results.key(row))
  }
}

function originOf({ name, lat, lon, kind }: Known): Origin {
  return { name, lat, lon, kind }
}
