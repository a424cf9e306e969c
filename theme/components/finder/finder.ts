import { ageOf, radiusOf, read, write, type Known as KnownValues } from "./address"
import { chips, cleared, loosened, type Chip } from "./chips"
import { RESULTS, ROOT, type Found, type Origin } from "./contract"
import { counted, fill, load, type Index, type Texts, type Words } from "./data"
import { get, part, setText } from "./dom"
import { Engine, type Selection } from "./engine"
import { Facets } from "./facets"
import { EVERYTHING, RADII, USUAL_RADIUS, withValue, type Filter, type Radius } from "./filter"
import { Origins, type Known } from "./origins"
import { understand } from "./question"
import { Results } from "./results"
import { Views } from "./views"
import { Where } from "./where"
import { WordSearch, type Sought } from "./words"

/** The id in an address of where the device is; the place itself stands nowhere. */
const HERE = "hier"
/** So long after the last letter the address holds what was typed; browsers refuse to change it with every one. */
const TYPED_MS = 250
/** So many results are looked at for what the law asks. */
const ENOUGH = 500

/** Start the finder of a page, if it has one. */
export async function startFinder(page: Document): Promise<void> {
  const root = page.querySelector<HTMLElement>(ROOT)
  if (!root) return
  const status = get(root, ".finder__status [role=status]")
  try {
    const index = await load<Index>(root.dataset["index"] ?? "")
    await new Finder(root, index).start()
  } catch {
    // The whole list stands below, as it does without scripts.
    root.classList.add("finder--failed")
    setText(status, status.dataset["failed"] ?? "")
  }
}

/** What becomes of the address: a step that one can go back from, another text of the same step, or nothing. */
type Step = "push" | "replace" | "typing" | "stay"

/** Holds the filter and lets every part of the page show it. */
class Finder {
  readonly #root: HTMLElement
  readonly #index: Index
  readonly #words: Words
  readonly #known: KnownValues
  readonly #engine: Engine
  readonly #search: WordSearch
  readonly #origins: Origins
  readonly #results: Results
  readonly #facets: Facets
  readonly #where: Where
  readonly #ask: HTMLInputElement
  /** The reception location whose page this is; its id, or nothing. */
  readonly #own: string
  #filter: Filter = EVERYTHING
  #origin: Known | null = null
  #here: Known | null = null
  #sought: { readonly words: string; readonly found: Sought | null } = { words: "", found: null }
  #typing = 0
  /** What the address asked and does not exist. */
  #lost: readonly string[] = []
  #texts: Promise<void> | null = null

  constructor(root: HTMLElement, index: Index) {
    this.#root = root
    this.#index = index
    this.#words = index.words
    this.#own = root.dataset["origin"] ?? ""
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
    this.#ask = get<HTMLInputElement>(root, ".finder__ask input")
  }

  async start(): Promise<void> {
    if (window.matchMedia("(max-width: 63.99rem)").matches) get<HTMLDetailsElement>(this.#root, ".finder__filters").open = false
    await this.#readAddress()
    this.#root.classList.add("finder--ready")
    this.#listen()
    await this.#learn()
    this.#keepViews()
  }

  /** Read descriptions, which words are searched in too; the first results do not wait for them. */
  #learn(): Promise<void> {
    return (this.#texts ??= load<Texts>(this.#root.dataset["texts"] ?? "").then(
      texts => {
        this.#search.learn(texts)
        this.#sought = { words: "", found: null }
        if (this.#filter.words) this.#draw()
      },
      () => undefined,
    ))
  }

  #listen(): void {
    const root = this.#root
    window.addEventListener("popstate", () => void this.#readAddress())
    get<HTMLFormElement>(root, ".finder__ask").addEventListener("submit", event => {
      event.preventDefault()
      void this.#answer(this.#ask.value)
    })
    this.#ask.addEventListener("input", () => void this.#change({ ...this.#filter, words: this.#ask.value.trim() }, "typing"))
    get(root, ".finder__here").addEventListener("click", () => this.#locate())
    for (const input of root.querySelectorAll<HTMLInputElement>("input[name=straal]")) {
      input.addEventListener("change", () => void this.#change({ ...this.#filter, radius: radiusOf(input.value) }))
    }
    for (const input of root.querySelectorAll<HTMLInputElement>("input[name=vergunning]")) {
      input.addEventListener("change", () => {
        const { value } = input
        void this.#change({ ...this.#filter, permit: value === "nee" || value === "ja" ? value : null })
      })
    }
    for (const input of root.querySelectorAll<HTMLInputElement>("input[name=taal]")) {
      input.addEventListener("change", () => void this.#change({ ...this.#filter, level: input.value || null }))
    }
    const age = get<HTMLInputElement>(root, "input[name=leeftijd]")
    age.addEventListener("input", () => void this.#change({ ...this.#filter, age: ageOf(age.value) }, "typing"))
    const sure = get<HTMLInputElement>(root, "input[name=zeker]")
    sure.addEventListener("change", () => void this.#change({ ...this.#filter, sure: sure.checked }))
    get<HTMLFormElement>(root, ".finder__facets").addEventListener("submit", event => event.preventDefault())
    const map = get(root, ".finder__map")
    const toggle = get(root, ".finder__show-map")
    toggle.addEventListener("click", () => {
      map.hidden = !map.hidden
      toggle.setAttribute("aria-expanded", String(!map.hidden))
    })
  }

  /** Take the filter from the address of the page. */
  async #readAddress(): Promise<void> {
    window.clearTimeout(this.#typing)
    const { filter, question, gone } = read(location.search, this.#known)
    const lost: string[] = [...gone]
    let which: readonly Known[] | null = null
    this.#filter = filter
    const id = filter.where ?? this.#own
    if (id && id !== HERE) {
      const origin = await this.#origins.find(id)
      const alike = origin ? [] : this.#origins.alike(id)
      if (alike.length) which = alike
      else if (!origin) lost.push(id.slice(0, 40))
      if (!origin) this.#filter = { ...filter, where: null }
      this.#origin = origin ?? null
    } else {
      this.#origin = id === HERE ? this.#here : null
    }
    this.#reckon()
    this.#lost = lost.map(value => fill(this.#words.gone, { value }))
    if (question) await this.#answer(question, "replace")
    else this.#draw()
    if (which || !question) this.#askWhich(which)
    if (id === HERE && !this.#here) this.#where.say(this.#words.here_again)
  }

  /** Understand what was typed as a question. */
  async #answer(question: string, step: Step = "push"): Promise<void> {
    await this.#origins.complete()
    const { filter, ambiguous } = understand(question, this.#filter, this.#index, this.#origins)
    await this.#change(filter, step)
    if (ambiguous) this.#askWhich(this.#origins.named(ambiguous))
    if (step === "push") get(this.#root, ".finder__main").scrollIntoView({ block: "nearest" })
  }

  /** Ask which of several places of one name is meant. */
  #askWhich(places: readonly Known[] | null): void {
    const list = get(this.#root, ".finder__which")
    list.hidden = !places
    if (!places) {
      list.replaceChildren()
      return
    }
    this.#where.say(fill(this.#words.which, { name: places[0]?.name ?? "" }))
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
        this.#here = { id: HERE, name, kind: "hier", lat: coords.latitude, lon: coords.longitude, within: "", folded: "" }
        void this.#choose(this.#here)
      },
      () => this.#where.say(this.#words.here_refused),
      { maximumAge: 60_000, timeout: 15_000 },
    )
  }

  /** Show another filter and put it in the address. */
  async #change(filter: Filter, step: Step = "push"): Promise<void> {
    const id = filter.where ?? ""
    const leaves = this.#own !== "" && id !== this.#own && id !== (this.#filter.where ?? "")
    if (leaves && !(id === "" && this.#filter.where === null)) {
      // This page is about one reception location; elsewhere is on the page of all opportunities.
      if (id !== HERE) location.assign(`${this.#root.dataset["root"] ?? ""}kansen/${write(filter)}`)
      else await this.#move(filter, "stay")
      return
    }
    await this.#move(filter, step)
  }

  async #move(filter: Filter, step: Step): Promise<void> {
    const moved = (filter.where ?? "") !== (this.#filter.where ?? "")
    window.clearTimeout(this.#typing)
    this.#filter = filter
    if (moved) {
      const id = filter.where ?? this.#own
      this.#origin = id === HERE ? this.#here : id ? ((await this.#origins.find(id)) ?? null) : null
      this.#reckon()
      this.#askWhich(null)
    }
    if (step !== "replace") this.#lost = []
    this.#draw()
    const query = this.#queryHere()
    const replace = (): void => history.replaceState(null, "", query || location.pathname)
    if (step === "push" && query !== location.search) history.pushState(null, "", query || location.pathname)
    else if (step === "replace") replace()
    else if (step === "typing") this.#typing = window.setTimeout(replace, TYPED_MS)
  }

  /** The query of the filter on this page, where its own reception location goes without saying. */
  #queryHere(): string {
    return write(this.#filter.where === this.#own ? { ...this.#filter, where: null } : this.#filter)
  }

  #reckon(): void {
    const origin = this.#origin
    this.#engine.from(origin, origin ? this.#municipality(origin) : -1)
    this.#where.show(origin)
  }

  #municipality({ id, kind }: Known): number {
    return kind === "gemeente" ? this.#index.municipalities.findIndex(([slug]) => `gemeente-${slug}` === id) : -1
  }

  #radius(filter: Filter, origin: Known | null): Radius {
    if (!origin) return "alles"
    if (filter.radius === "gemeente" && origin.kind !== "gemeente") return USUAL_RADIUS
    return filter.radius ?? (origin.kind === "gemeente" ? "gemeente" : USUAL_RADIUS)
  }

  #seek(words: string): Sought | null {
    if (this.#sought.words !== words) this.#sought = { words, found: this.#search.find(words) }
    return this.#sought.found
  }

  #draw(): void {
    const filter = this.#filter
    const origin = this.#origin
    const radius = this.#radius(filter, origin)
    const sought = filter.words ? this.#seek(filter.words) : null
    const selection = this.#engine.select(filter, radius, sought?.verdicts ?? null)
    const chosen = chips(filter, this.#index, origin ? this.#where.label(origin) : null, radius)
    this.#results.show({ filter, selection, sought })
    this.#facets.show(filter, selection)
    this.#showControls(filter, radius, selection)
    this.#showChosen(chosen)
    this.#showCounts(selection, origin, radius)
    this.#showNone(selection, chosen, filter, radius)
    this.#showLaw(filter, selection)
    const corrected = sought?.corrected ?? []
    this.#note([...this.#lost, ...corrected.map(([from, to]) => fill(this.#words.corrected, { from, to }))])
    this.#tell(selection, origin, radius)
  }

  #showControls(filter: Filter, radius: Radius, { levels, permits, radii }: Selection): void {
    const root = this.#root
    if (document.activeElement !== this.#ask) this.#ask.value = filter.words
    const box = get(root, ".finder__radius")
    box.hidden = !this.#origin
    const pick = (name: string, value: string, count: (value: string) => number | undefined): void => {
      for (const input of root.querySelectorAll<HTMLInputElement>(`input[name=${name}]`)) {
        input.checked = input.value === value
        const shown = input.closest(".pick")?.querySelector(".pick__count")
        if (shown) setText(shown, String(count(input.value) ?? ""))
      }
    }
    pick("straal", String(radius), value => radii.get(radiusOf(value) ?? "alles"))
    pick("vergunning", filter.permit ?? "", value => (value === "nee" || value === "ja" ? permits[value] : undefined))
    pick("taal", filter.level ?? "", value => levels[this.#index.levels.findIndex(([id]) => id === value)])
    get(root, ".finder__radius .pick").hidden = this.#origin?.kind !== "gemeente"
    const age = get<HTMLInputElement>(root, "input[name=leeftijd]")
    if (document.activeElement !== age) age.value = filter.age === null ? "" : String(filter.age)
    get<HTMLInputElement>(root, "input[name=zeker]").checked = filter.sure
  }

  #showChosen(chosen: readonly Chip[]): void {
    const list = get(this.#root, ".finder__chosen")
    const own = this.#own !== "" && !this.#filter.where
    const shown = chosen.filter(({ criterion }) => !(own && criterion === "bij") && criterion !== "straal")
    list.hidden = shown.length === 0
    list.replaceChildren(
      ...shown.map(({ label, without }) => {
        const item = part(this.#root, "chip")
        const button = get(item, "button")
        get(item, ".chip__label").textContent = label
        button.setAttribute("aria-label", fill(this.#words.remove, { value: label }))
        button.addEventListener("click", () => {
          void this.#change(without).then(() => get(this.#root, ".finder__status").focus())
        })
        return item
      }),
    )
    const facets = shown.filter(({ criterion }) => criterion !== "bij" && criterion !== "woorden").length
    const { none, some } = this.#words.filters
    setText(get(this.#root, ".finder__filters-name"), facets ? fill(some, { n: facets }) : none)
  }

  #showCounts({ sure, maybe }: Selection, origin: Known | null, radius: Radius): void {
    const { count, none, near, sure: certain, maybe: uncertain, chosen } = this.#words
    const total = sure.length + maybe.length
    const place = origin ? ` ${fill(near, { name: this.#where.label(origin) })}` : ""
    const reach = origin && typeof radius === "number" ? `, ${fill(chosen.straal, { n: radius }).toLowerCase()}` : ""
    const status = total ? `${counted(count, total)}${place}${reach}` : none
    setText(get(this.#root, ".finder__status [role=status]"), status)
    const line = get(this.#root, ".finder__sure")
    line.hidden = maybe.length === 0
    setText(line, `${capital(counted(certain, sure.length))}, ${counted(uncertain, maybe.length)}.`)
  }

  /** When nothing fits: which one thing to let go, and what that gives. */
  #showNone({ sure, maybe, gains, radii }: Selection, chosen: readonly Chip[], filter: Filter, radius: Radius): void {
    const box = get(this.#root, ".finder__none")
    const none = sure.length + maybe.length === 0
    box.hidden = !none
    if (!none) return
    const { loosen, count, farther, everywhere, clear } = this.#words
    const remedies: { text: string; to: Filter; gain: number }[] = []
    for (const [criterion, gain] of gains) {
      if (gain === 0) continue
      if (criterion === "straal") {
        const next = RADII.find(km => typeof radius === "number" && km > radius && (radii.get(km) ?? 0) > 0)
        const found = next === undefined ? gain : (radii.get(next) ?? 0)
        const text = fill(next === undefined ? everywhere : farther, { n: next ?? "", count: counted(count, found) })
        remedies.push({ text, to: { ...filter, radius: next ?? "alles" }, gain: found })
        continue
      }
      const label = chosen.filter(one => one.criterion === criterion).map(one => one.label).join(", ")
      remedies.push({ text: fill(loosen, { filter: label, count: counted(count, gain) }), to: loosened(filter, criterion), gain })
    }
    remedies.sort((one, other) => other.gain - one.gain)
    if (remedies.length === 0) remedies.push({ text: clear, to: cleared(filter), gain: 0 })
    get(box, ".finder__remedies").replaceChildren(
      ...remedies.map(({ text, to }) => {
        const item = part(this.#root, "remedy")
        const button = get(item, "button")
        button.textContent = text
        button.addEventListener("click", () => {
          void this.#change(to).then(() => get(this.#root, ".finder__status").focus())
        })
        return item
      }),
    )
  }

  /** What is to be arranged first, for the results that depend on it. */
  #showLaw({ permit }: Filter, { sure, maybe }: Selection): void {
    const facts = new Set<string>()
    if (permit) {
      const answers = this.#index.offers[permit === "nee" ? "without" : "with"]
      for (const row of [...sure.subarray(0, ENOUGH), ...maybe.subarray(0, ENOUGH)]) {
        const [answer, , fact] = this.#index.permissions[answers[row] as number] ?? ["", "", ""]
        if (answer === "ja-mits") facts.add(fact)
      }
    }
    for (const fold of this.#root.querySelectorAll<HTMLElement>(".finder__law")) fold.hidden = !facts.has(fold.dataset["fact"] ?? "")
  }

  #note(lines: readonly string[]): void {
    const box = get(this.#root, ".finder__notes")
    box.replaceChildren(
      ...lines.map(line => {
        const text = document.createElement("p")
        text.textContent = line
        return text
      }),
    )
  }

  /** Tell the other components what is shown; the list is made only if one of them reads it. */
  #tell({ sure, maybe }: Selection, origin: Known | null, radius: Radius): void {
    const results = this.#results
    let made: Found["results"] | undefined
    const found: Found = {
      get results() {
        return (made ??= [...sure, ...maybe].map(row => results.result(row)))
      },
      origin: origin && originOf(origin),
      radius: typeof radius === "number" ? radius : null,
    }
    Object.assign(this.#root, { found })
    this.#root.dispatchEvent(new CustomEvent(RESULTS, { detail: found }))
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
  async #keys(query: string): Promise<string[]> {
    const { filter } = read(query, this.#known)
    const origin = filter.where && filter.where !== HERE ? ((await this.#origins.find(filter.where)) ?? null) : null
    const engine = new Engine(this.#index)
    engine.from(origin, origin ? this.#municipality(origin) : -1)
    const sought = filter.words ? this.#search.find(filter.words) : null
    const { sure, maybe } = engine.select(filter, this.#radius(filter, origin), sought?.verdicts ?? null)
    return [...sure, ...maybe].map(row => this.#results.key(row))
  }
}

function originOf({ name, lat, lon, kind }: Known): Origin {
  return { name, lat, lon, kind }
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
