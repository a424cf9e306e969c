import { cleared, loosened, type Chip } from "./chips"
import { counted, fill, type Index } from "./data"
import { written } from "./distance"
import { get, make, part, setNamed, setText } from "./dom"
import type { Selection } from "./engine"
import { RADII, type Filter, type Radius } from "./filter"
import type { Note } from "./notes"
import { inSentence, LOCALES } from "../../locale"

/** Criteria of which the label is a name, or holds one. */
const AS_WRITTEN = new Set(["taal", "spreekt", "netwerk", "soort", "woorden"])
/** So many results are looked at for what the law asks. */
const ENOUGH = 500

interface Summarised {
  readonly filter: Filter
  readonly radius: Radius
  readonly selection: Selection
  readonly chosen: readonly Chip[]
  /** Whether distances count from the reception location whose page this is. */
  readonly own: boolean
  /** What distances count from, by name. */
  readonly place: string | null
  /** The criteria and facets that were let go, since nothing fits all. */
  readonly released: readonly string[]
  readonly notes: readonly Note[]
  /** When nothing near fits for sure: how many do farther away, and how far the first is. */
  readonly farther: { readonly count: number; readonly km: number } | null
}

/** What stands above the results: what was chosen, how many there are, what the law asks, and what helps when there is none. */
export class Summary {
  readonly #root: HTMLElement
  readonly #index: Index
  readonly #change: (filter: Filter) => Promise<void>
  readonly #keep: (criterion: string) => void
  readonly #filters: HTMLElement
  readonly #chosen: HTMLElement
  readonly #status: HTMLElement
  readonly #show: HTMLElement
  readonly #sure: HTMLElement
  readonly #farther: HTMLElement
  readonly #released: HTMLElement
  readonly #notes: HTMLElement
  readonly #laws: readonly HTMLElement[]
  readonly #none: HTMLElement
  readonly #remedies: HTMLElement

  #now: Summarised | null = null

  constructor(root: HTMLElement, index: Index, change: (filter: Filter) => Promise<void>, keep: (criterion: string) => void) {
    this.#root = root
    this.#index = index
    this.#change = change
    this.#keep = keep
    this.#filters = get(root, ".finder__filters-name")
    this.#chosen = get(root, ".finder__chosen")
    this.#status = get(root, ".finder__status")
    this.#show = get(root, ".finder__show button")
    this.#sure = get(root, ".finder__sure")
    this.#farther = get(root, ".finder__farther")
    get(this.#farther, "button").addEventListener("click", () => this.#goFarther())
    this.#released = get(root, ".finder__released")
    this.#notes = get(root, ".finder__notes")
    this.#laws = [...root.querySelectorAll<HTMLElement>(".finder__law")]
    this.#none = get(root, ".finder__none")
    this.#remedies = get(root, ".finder__remedies")
  }

  show(now: Summarised): void {
    this.#now = now
    this.#showChosen(now)
    this.#showCounts(now)
    this.#showFarther(now)
    this.#showLaw(now)
    this.#showNone(now)
    this.#showReleased(now)
    this.#notes.replaceChildren(...now.notes.map(noted))
  }

  /** What was let go of keeps its place among what was chosen, and can be held on to. */
  #showChosen({ chosen, own, released }: Summarised): void {
    const shown = chosen.filter(({ criterion }) => !(own && criterion === "bij") && (criterion !== "straal" || released.includes("straal")))
    this.#chosen.hidden = shown.length === 0
    this.#chosen.replaceChildren(
      ...shown.map(({ criterion, label, name, without }) => {
        const isReleased = released.includes(criterion)
        const item = part(this.#root, isReleased ? "released" : "chip")
        const button = get(item, "button")
        setNamed(get(item, ".chip__label"), label, name)
        button.addEventListener("click", () => (isReleased ? this.#hold(criterion) : this.#go(without)))
        return item
      }),
    )
    const facets = shown.filter(({ criterion }) => criterion !== "bij" && criterion !== "woorden").length
    const { none, some } = this.#index.words.filters
    setText(this.#filters, facets ? fill(some, { n: facets }) : none)
  }

  #showCounts({ selection: { sure, maybe, apart }, place, radius }: Summarised): void {
    const { count, comma, none, near, show, sure: certain, maybe: uncertain, apart: without, chosen } = this.#index.words
    const total = sure.length + maybe.length
    const at = place === null ? "" : ` ${fill(near, { name: place })}`
    const reach = place !== null && typeof radius === "number" ? `${comma}${inSentence(fill(chosen.straal, { n: radius }))}` : ""
    const also = apart.length ? `${comma}${counted(without, apart.length)}` : ""
    setNamed(this.#status, total + apart.length ? `${counted(count, total)}${at}${reach}${also}` : none, place ?? "")
    setText(this.#show, counted(show, total + apart.length))
    this.#sure.hidden = maybe.length === 0
    setText(this.#sure, `${capital(counted(certain, sure.length))}${comma}${counted(uncertain, maybe.length)}.`)
  }

  /** Say in one line what was let go of. */
  #showReleased({ released, chosen }: Summarised): void {
    const { released: words } = this.#index.words
    const labels = chosen.filter(({ criterion }) => released.includes(criterion)).map(({ label, criterion }) => (AS_WRITTEN.has(criterion) ? label : inSentence(label)))
    const [first = "", ...others] = released
    const value = new Intl.ListFormat([...LOCALES]).format(labels)
    const one = others.length ? undefined : words.one[first]
    this.#released.hidden = labels.length === 0
    setText(this.#released, labels.length ? fill(one ?? words.several, { value }) : "")
  }

  #showFarther({ farther }: Summarised): void {
    this.#farther.hidden = !farther
    if (!farther) return
    const told = fill(counted(this.#index.words.sure_farther, farther.count), { km: written(farther.km) })
    setText(get(this.#farther, "button"), told)
  }

  #goFarther(): void {
    if (this.#now) this.#go({ ...this.#now.filter, radius: "alles" })
  }

  /** What is to be arranged first, for the results that depend on it and for an activity that was asked. */
  #showLaw({ filter: { permit, include }, selection: { sure, maybe, apart } }: Summarised): void {
    const facts = new Set<string>()
    if (permit) {
      const answers = this.#index.offers[permit === "nee" ? "without" : "with"]
      for (const row of [...sure.subarray(0, ENOUGH), ...maybe.subarray(0, ENOUGH), ...apart.subarray(0, ENOUGH)]) {
        const [answer, , fact] = this.#index.permissions[answers[row] as number] ?? ["", "", ""]
        if (answer === "ja-mits") facts.add(fact)
      }
    }
    const asked = permit === "nee" ? include.get("activiteit") : undefined
    for (const { dataset, classList } of this.#laws) {
      const isAsked = (dataset["withoutPermit"] ?? "").split(" ").some(activity => asked?.has(activity))
      classList.toggle("finder__law--off", !isAsked && !facts.has(dataset["fact"] ?? ""))
    }
  }

  /** When nothing fits: which one thing to let go, and what that gives. */
  #showNone({ filter, radius, chosen, selection }: Summarised): void {
    const none = selection.sure.length + selection.maybe.length + selection.apart.length === 0
    this.#none.hidden = !none
    if (!none) return
    const { gains, radii } = selection.others
    const reached = (km: number): number => {
      const { sure = 0, maybe = 0 } = radii.get(km) ?? {}
      return sure + maybe
    }
    const { loosen, count, comma, farther, everywhere, clear } = this.#index.words
    const remedies: { text: string; to: Filter; gain: number }[] = []
    for (const [criterion, gain] of gains) {
      if (gain === 0) continue
      if (criterion === "straal") {
        const next = RADII.find(km => typeof radius === "number" && km > radius && reached(km) > 0)
        const found = next === undefined ? gain : reached(next)
        const text = fill(next === undefined ? everywhere : farther, { n: next ?? "", count: counted(count, found) })
        remedies.push({ text, to: { ...filter, radius: next ?? "alles" }, gain: found })
        continue
      }
      const label = chosen.filter(one => one.criterion === criterion).map(one => one.label).join(comma)
      remedies.push({ text: fill(loosen, { filter: label, count: counted(count, gain) }), to: loosened(filter, criterion), gain })
    }
    remedies.sort((one, other) => other.gain - one.gain)
    if (remedies.length === 0) remedies.push({ text: clear, to: cleared(filter), gain: 0 })
    this.#remedies.replaceChildren(
      ...remedies.map(({ text, to }) => {
        const item = part(this.#root, "remedy")
        const button = get(item, "button")
        button.textContent = text
        button.addEventListener("click", () => this.#go(to))
        return item
      }),
    )
  }

  #hold(criterion: string): void {
    this.#keep(criterion)
    this.#status.focus()
  }

  /** Change to another filter; the button that did it may be gone, so the focus goes to what was found. */
  #go(to: Filter): void {
    void this.#change(to).then(() => this.#status.focus())
  }
}

function noted({ text, label, href, go }: Note): HTMLElement {
  const line = make("p", "", text)
  if (!label) return line
  const action = make(href ? "a" : "button", href ? "" : "as-link", label)
  if (href) action.setAttribute("href", href)
  else action.setAttribute("type", "button")
  if (go) action.addEventListener("click", go)
  line.append(text && " ", action)
  return line
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
