import { counted, fill, type Count } from "../finder/data"
import { get, make, named, setNamed } from "../finder/dom"
import { load, type Details } from "../sheet/details"
import type { Shortlist } from "../shortlist/store"
import { dayOf, lastDay, written as writtenDay, type Deadline, type Unit } from "./dates"
import { goesOn, type Sources } from "./goes-on"
import { mailAddress, partsOf, written } from "./text"

/** Texts of `theme/words.yml`, group `handover`, with those for spans and moments. */
type Words = Readonly<Record<string, string>> & {
  readonly units: Readonly<Record<Unit, Count>>
  readonly moments: Readonly<Record<string, string>>
}
/** One whom one can reach; nothing after `where`: nobody knows how. */
type Reached = readonly [label: string, about?: string, where?: string, phone?: string, email?: string, website?: string]
type Step = readonly [title: string, who: string, when: string, within: Deadline | null]

/** What the generator wrote: contacts of both sides, and steps by municipality. */
interface Data {
  readonly here: Readonly<Record<string, readonly Reached[]>>
  readonly there: Readonly<Record<string, readonly Reached[]>>
  readonly nobody: readonly [here: readonly Reached[], there: readonly Reached[]]
  readonly route: Readonly<Record<string, readonly [old: boolean, steps: readonly Step[]]>>
  readonly roles: Readonly<Record<string, string>>
}

/** The moment from which we reckon. */
const SINCE = "koppeling"
/** So many opportunities of the shortlist fit the sheet; the others are named in one line. */
const MOST = 6
/** Lines to write on: beside what came from the shortlist, and when nothing did. */
const BLANK = 1
const BLANK_ALONE = 3

/** Let somebody fill in the sheet of a handover. What is typed stays in the fields, and is gone with the page. */
export function showHandover(root: HTMLElement, list: Shortlist): void {
  void new Handover(root, list).start()
}

class Handover {
  readonly #root: HTMLElement
  readonly #list: Shortlist
  readonly #words: Words
  readonly #site: URL
  readonly #here: HTMLSelectElement
  readonly #there: HTMLSelectElement
  readonly #day: HTMLInputElement
  readonly #sources: Sources
  #data: Data | null = null
  /** What is shown of the shortlist; somebody may take things off the sheet. */
  #did = new Map<string, Details>()

  constructor(root: HTMLElement, list: Shortlist) {
    this.#root = root
    this.#list = list
    this.#words = JSON.parse(root.dataset["words"] ?? "{}") as Words
    this.#site = new URL(root.dataset["root"] ?? "./", document.baseURI)
    const { index = "", places = "", continuity = "", rules = "{}" } = root.dataset
    this.#sources = { index, places, continuity, rules: JSON.parse(rules) as Sources["rules"] }
    this.#here = get(root, "#__bij")
    this.#there = get(root, "#__naar")
    this.#day = get(root, "#__koppeling")
  }

  async start(): Promise<void> {
    this.#empty()
    const asked = new URL(location.href).searchParams
    choose(this.#here, asked.get("bij"))
    choose(this.#there, asked.get("naar"))
    for (const one of [this.#here, this.#there])
      one.addEventListener("change", () => {
        this.#keepAddress()
        this.#draw()
      })
    this.#day.addEventListener("input", () => this.#drawDates())
    let typed = false
    this.#root.addEventListener("input", ({ target }) => {
      typed = true
      if (target instanceof HTMLTextAreaElement && target.dataset["write"]) this.#copyForPaper(target)
      if (!this.#part("text").hidden) this.#writeText()
    })
    // Who goes back in the browser finds no words of another either; a browser may fill them in after this has started.
    window.addEventListener("pageshow", event => {
      if (event.persisted || !typed) this.#empty()
    })
    for (const paper of ["blad", "jou"] as const) this.#on(paper, () => this.#print(paper))
    this.#on("text", button => {
      const open = button.getAttribute("aria-expanded") !== "true"
      button.setAttribute("aria-expanded", String(open))
      this.#part("text").hidden = !open
      if (open) this.#writeText()
    })
    this.#on("copy", () => void this.#copy())
    this.#root.classList.add("handover--ready")
    this.#part("tools").hidden = false
    this.#draw()
    await Promise.all([this.#loadData(), this.#loadDid()])
  }

  async #loadData(): Promise<void> {
    try {
      const answer = await fetch(this.#root.dataset["file"] ?? "")
      if (!answer.ok) throw new Error(String(answer.status))
      this.#data = (await answer.json()) as Data
      this.#draw()
    } catch {
      this.#say(this.#words["failed"] ?? "")
    }
  }

  async #loadDid(): Promise<void> {
    const kept = this.#list.kept
    if (kept.length === 0) return
    this.#say(this.#words["loading"] ?? "")
    const loaded = await load(kept.map(({ key }) => key), this.#site)
    this.#say("")
    const lost = []
    for (const { key, title } of kept) {
      const details = loaded.get(key)
      if (details && typeof details !== "string") this.#did.set(key, details)
      else lost.push(title)
    }
    const also = [...this.#did.values()].slice(MOST).map(({ title }) => title)
    const lines = [
      also.length > 0 ? fill(this.#words["also"] ?? "", { titles: also.join(", ") }) : "",
      lost.length > 0 ? fill(this.#words["lost"] ?? "", { titles: lost.join(", ") }) : "",
    ].filter(Boolean)
    const place = this.#slot("also")
    place.textContent = lines.join(" ")
    place.hidden = lines.length === 0
    this.#drawDid()
    this.#draw()
  }

  #draw(): void {
    const [from, to] = [this.#nameOf(this.#here), this.#nameOf(this.#there)]
    this.#fillBlank("from", from)
    this.#fillBlank("to", to)
    const going = to ? fill(this.#words["going"] ?? "", { name: to }) : (this.#words["going_somewhere"] ?? "")
    setNamed(this.#slot("going"), going, to)
    this.#drawDates()
    void this.#drawGoesOn()
    if (!this.#data) return
    const { here, there, nobody } = this.#data
    const reached = there[this.#there.value] ?? nobody[1]
    this.#part("here").replaceChildren(this.#reached(here[this.#here.value] ?? nobody[0]))
    this.#part("there").replaceChildren(this.#reached(reached))
    const told = ([label, , where]: Reached): string => [where || label, this.#data?.roles[label]].filter(Boolean).join(": ")
    this.#part("you-there").replaceChildren(
      ...reached.filter(one => one.length > 2).map(one => line([told(one), ...ways(one)])),
    )
    this.#drawSteps()
    if (!this.#part("text").hidden) this.#writeText()
  }

  #drawSteps(): void {
    const name = this.#nameOf(this.#there)
    const [old, steps] = this.#data?.route[this.#there.value] ?? [false, []]
    this.#part("route").hidden = steps.length === 0
    this.#part("steps").replaceChildren(...steps.map(step => this.#step(step)))
    setNamed(this.#slot("steps-title"), fill(this.#words["route"] ?? "", { name }), name)
    this.#slot("steps-note").textContent = old ? (this.#words["old_note"] ?? "") : ""
    const link = this.#slot("route") as HTMLAnchorElement
    link.href = new URL(`gemeenten/${this.#there.value}/`, this.#site).href
    this.#drawDates()
  }

  #step([title, who, when, within]: Step): HTMLElement {
    const item = line([title])
    item.firstElementChild!.replaceWith(make("strong", "", title))
    if (who) item.append(" ", make("span", "quiet", who))
    const words = when || (within ? this.#within(within) : "")
    if (words) item.append(" ", make("span", "handover__when", words))
    if (within?.[2] === SINCE) {
      const day = make("b", "")
      day.dataset["within"] = JSON.stringify(within)
      item.append(" ", day)
    }
    return item
  }

  #within([number, unit, since]: Deadline): string {
    return fill(this.#words.moments[since] ?? "", { span: counted(this.#words.units[unit], number) })
  }

  /** Write the last day of every deadline that counts from the koppeling. */
  #drawDates(): void {
    const day = dayOf(this.#day.value)
    this.#fillBlank("day", day ? writtenDay(day) : "")
    for (const place of this.#root.querySelectorAll<HTMLElement>("[data-within]")) {
      const within = JSON.parse(place.dataset["within"]!) as Deadline
      place.textContent = day ? fill(this.#words["before"] ?? "", { day: writtenDay(lastDay(day, within)) }) : ""
    }
  }

  #drawDid(): void {
    const shown = [...this.#did].slice(0, MOST)
    const blanks = shown.length > 0 ? BLANK : BLANK_ALONE
    const list = this.#part("did")
    list.replaceChildren(
      ...shown.map(([key, details]) => this.#didItem(key, details)),
      ...Array.from({ length: blanks }, () => copyOf(get<HTMLTemplateElement>(this.#root, "#__leeg"))),
    )
    this.#part("from-list").hidden = shown.length === 0
    this.#drawYouDid()
  }

  #drawYouDid(): void {
    this.#slot("you-did").replaceChildren(...[...this.#did.values()].slice(0, MOST).map(({ title, who }) => line([`${title}, ${who}`])))
    this.#part("you-did").hidden = this.#did.size === 0
  }

  #didItem(key: string, { title, who, kind, url }: Details): HTMLElement {
    const item = copyOf(get<HTMLTemplateElement>(this.#root, "#__deed"))
    const link = get<HTMLAnchorElement>(item, "[data-slot=title]")
    link.textContent = title
    link.href = new URL(url, this.#site).href
    get(item, "[data-slot=who]").textContent = who
    get(item, "[data-slot=kind]").textContent = kind
    get(item, "[data-slot=off]").textContent = title
    get(item, ".did__off").addEventListener("click", () => {
      this.#did.delete(key)
      const next = item.nextElementSibling
      item.remove()
      next?.querySelector<HTMLElement>("input")?.focus()
      this.#part("from-list").hidden = this.#did.size === 0
      this.#drawYouDid()
      void this.#drawGoesOn()
    })
    return item
  }

  async #drawGoesOn(): Promise<void> {
    const [from, to] = [this.#here.value, this.#there.value]
    // Without these files the sheet has lines to write on, as it has on paper.
    const lines = await goesOn([...this.#did.keys()].slice(0, MOST), to, this.#sources).catch(() => [])
    if (from !== this.#here.value || to !== this.#there.value) return
    const place = this.#part("goes-on")
    place.hidden = lines.length === 0
    place.replaceChildren(
      ...lines.map(({ text, url }) => {
        const item = line([text])
        if (!url) return item
        const link = make("a", "", text)
        link.href = new URL(url, this.#site).href
        item.replaceChildren(link)
        return item
      }),
    )
  }

  #reached(found: readonly Reached[]): HTMLElement {
    const list = make("dl", "reached")
    for (const one of found) {
      const [label, about = "", where = ""] = one
      const known = ways(one)
      const row = make("div", known.length > 0 || where ? "reached__row" : "reached__row reached__row--gap")
      const term = make("dt", "", label)
      if (about) term.append(" ", make("span", "quiet", fill(this.#words["for"] ?? "", { about })))
      const value = make("dd", "")
      if (where) value.append(proper("p", where))
      if (known.length > 0) {
        const paragraph = make("p", "reached__ways")
        for (const way of known) {
          const link = proper("a", way.text)
          link.setAttribute("href", way.address)
          paragraph.append(link, " ")
        }
        value.append(paragraph)
      } else value.append(make("p", "reached__gap", this.#words["gap"]))
      row.append(term, value)
      list.append(row)
    }
    return list
  }

  #writeText(): void {
    const [from, to, day] = ["from", "to", "day"].map(name => this.#slot(name).textContent || this.#words["unknown"])
    const head = `${this.#words["subject"]}: ${from} → ${to}. Koppeling: ${day}.`
    const foot = new URL(location.pathname + location.search, location.href).href
    const parts = partsOf(get(this.#root, ".handover__sheet"), this.#words["gaps"] ?? "")
    const whole = written(head, parts, foot)
    const short = written(head, parts.filter(({ known }) => !known), foot)
    const subject = `${this.#words["subject"]}: ${to}`
    const { address, body } = mailAddress(subject, [whole, short, this.#words["paste"] ?? ""])
    ;(this.#slot("text") as HTMLTextAreaElement).value = whole
    ;(this.#slot("mail") as HTMLAnchorElement).href = address
    this.#slot("shorter").hidden = body !== short || short === whole
    this.#slot("too-long").hidden = body === whole || body === short
  }

  async #copy(): Promise<void> {
    const text = this.#slot("text") as HTMLTextAreaElement
    text.select()
    try {
      await navigator.clipboard.writeText(text.value)
      this.#say(this.#words["copied"] ?? "")
    } catch {
      text.focus() // it is selected: people can copy it themselves
    }
  }

  #print(paper: "blad" | "jou"): void {
    this.#root.dataset["paper"] = paper
    this.#slot("printed").textContent = fill(this.#words["printed"] ?? "", { day: new Date().toLocaleDateString("nl-NL", { dateStyle: "long" }) })
    window.print()
    this.#root.dataset["paper"] = "blad"
  }

  /** Empty every field: a browser may fill them in again by itself. */
  #empty(): void {
    for (const one of this.#root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")) {
      if (one instanceof HTMLInputElement && one.type === "radio") one.checked = false
      else one.value = ""
      if (one instanceof HTMLTextAreaElement && one.dataset["write"]) this.#copyForPaper(one)
    }
    this.#drawDates()
  }

  #copyForPaper(field: HTMLTextAreaElement): void {
    get(this.#root, `[data-copy=${field.dataset["write"]}]`).textContent = field.value
  }

  #keepAddress(): void {
    const parts = [this.#here, this.#there].filter(one => one.value).map(one => `${one.name}=${one.value}`)
    history.replaceState(history.state, "", location.pathname + (parts.length > 0 ? `?${parts.join("&")}` : ""))
  }

  /** A name is kept from being translated. */
  #nameOf(select: HTMLSelectElement): string {
    return select.value ? (select.selectedOptions[0]?.text.trim() ?? "") : ""
  }

  #fillBlank(name: string, text: string): void {
    this.#slot(name).textContent = text
    get(this.#root, `[data-blank=${name}]`).hidden = text !== ""
  }

  #say(text: string): void {
    this.#slot("status").textContent = text
  }

  #on(name: string, act: (button: HTMLElement) => void): void {
    const button = get(this.#root, `[data-do=${name}]`)
    button.addEventListener("click", () => act(button))
  }

  #part(name: string): HTMLElement {
    return get(this.#root, `[data-part=${name}]`)
  }

  #slot(name: string): HTMLElement {
    return get(this.#root, `[data-slot=${name}]`)
  }
}

function choose(select: HTMLSelectElement, value: string | null): void {
  if (value && [...select.options].some(one => one.value === value)) select.value = value
}

/** The ways to reach somebody, as links; an address of another kind than these never becomes one. */
function ways([, , , phone, email, website]: Reached): { text: string; address: string }[] {
  const found = []
  if (phone) found.push({ text: phone, address: `tel:${phone.replace(/[^\d+]/g, "")}` })
  if (email) found.push({ text: email, address: `mailto:${email}` })
  if (website && /^https?:/.test(website))
    found.push({ text: new URL(website).hostname.replace(/^www\./, ""), address: website })
  return found
}

function line(parts: readonly (string | { text: string; address: string })[]): HTMLLIElement {
  const item = make("li", "")
  for (const part of parts.filter(Boolean)) {
    if (item.childElementCount > 0) item.append(" ")
    const element = typeof part === "string" ? make("span", "", part) : proper("a", part.text)
    if (typeof part !== "string") element.setAttribute("href", part.address)
    item.append(element)
  }
  return item
}

function proper<K extends "a" | "p">(tag: K, text: string): HTMLElementTagNameMap[K] {
  const element = make(tag, "")
  element.append(...named(text, text))
  return element
}

function copyOf(template: HTMLTemplateElement): HTMLElement {
  return (document.importNode(template.content, true) as DocumentFragment).firstElementChild as HTMLElement
}
