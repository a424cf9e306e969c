import { bikeMinutes, nearest, written, type Point, type Ride } from "../finder/distance"
import { handAll } from "../calendar/calendar"
import { fromAddress, LIMIT, toAddress } from "../shortlist/kept"
import { rememberedReception } from "../shortlist/reception"
import type { Shortlist } from "../shortlist/store"
import { counted, fill, type Count } from "../finder/data"
import { named, setNamed } from "../finder/dom"
import { drawCode } from "./code"
import { load, type Details, type Loaded, type Row } from "./details"
import { dateFormat } from "../../locale"

/** Texts of `theme/words.yml`, group `shortlist`. */
type Words = Readonly<Record<string, string>>

/** The two ways to print: a sheet for a resident, and a short list for who guides them. */
const PAPERS = ["blad", "lijst"] as const
/** Rows that somebody needs to choose and to go; the rest stands on the organisation's page. */
const ROWS = ["where", "when", "period", "audience", "dutch", "languages", "costs", "travel", "first", "joining"]

const WALK_KM_PER_HOUR = 5
const LONGEST_WALK_MINUTES = 40
/** Signs of an address that a phone still reads from a small code on paper. */
const LONGEST_CODE = 700

interface Origin extends Point {
  readonly slug: string
  readonly name: string
}

/** Fill the page of the shortlist: one's own, or the one that the address brings along. */
export function showShortlist(root: HTMLElement, list: Shortlist): void {
  const body = root.querySelector<HTMLTemplateElement>("#__lijstje")?.content.cloneNode(true)
  if (!body) return
  root.append(body)
  new Sheet(root, list).start()
}

class Sheet {
  readonly #root: HTMLElement
  readonly #list: Shortlist
  readonly #words: Words
  readonly #count: Count
  /** How many are in a calendar, and how many can't be. */
  readonly #dated: Count
  readonly #undated: Count
  readonly #ride: Ride
  readonly #site: URL
  readonly #chosen: HTMLSelectElement
  /** Keys of a list that somebody shared; null: this is one's own. */
  #shared: readonly string[] | null
  #loaded = new Map<string, Loaded>()
  /** The same in Dutch, where the page is in another language: both sides of a table can point at the same line. */
  #inDutch = new Map<string, Loaded>()
  readonly #dutch: { readonly site: URL; readonly words: Words } | null
  #round = 0

  constructor(root: HTMLElement, list: Shortlist) {
    this.#root = root
    this.#list = list
    const { count, dated, undated, ...words } = JSON.parse(root.dataset["words"] ?? "{}") as Words & Record<"count" | "dated" | "undated", Count>
    this.#words = words
    this.#count = count
    this.#dated = dated
    this.#undated = undated
    this.#ride = JSON.parse(root.dataset["ride"] ?? "{}") as Ride
    this.#site = new URL(root.dataset["root"] ?? "./", document.baseURI)
    const { dutch, dutchWords } = root.dataset
    this.#dutch = dutch ? { site: new URL(dutch, document.baseURI), words: JSON.parse(dutchWords ?? "{}") as Words } : null
    this.#chosen = root.querySelector<HTMLSelectElement>("select[name=bij]")!
    const asked = new URL(location.href).searchParams
    const brought = asked.get("kansen")
    this.#shared = brought === null ? null : fromAddress(brought)
    const options = [...this.#chosen.options]
    const from = asked.get("bij")
    const seen = from === null && brought === null ? rememberedReception() : null
    const chosen = options.find(one => one.value === from || (seen && one.text.trim() === seen))
    if (chosen) this.#chosen.value = chosen.value
  }

  start(): void {
    this.#root.dataset["paper"] = PAPERS[0]
    this.#list.onChange(() => void this.#show())
    this.#chosen.addEventListener("change", () => {
      this.#keepAddress()
      this.#draw()
    })
    this.#chosen.form?.addEventListener("submit", event => event.preventDefault())
    for (const paper of PAPERS) this.#on(paper, () => this.#print(paper))
    this.#on("share", button => this.#share(button))
    this.#on("copy", () => void this.#copy())
    this.#button("send").hidden = !("share" in navigator)
    this.#on("send", () => void this.#send())
    this.#on("calendar", () => void this.#toCalendar())
    this.#on("take", () => this.#take())
    this.#on("forget", () => this.#forget())
    this.#on("retry", () => this.#again())
    window.addEventListener("online", () => this.#again())
    void this.#show()
  }

  /** Try once more to load what did not come. */
  #again(): void {
    for (const [key, one] of this.#loaded) if (one === "failed") this.#loaded.delete(key)
    void this.#show()
  }

  /** Load what is not there yet, and draw; of several rounds at once the last one draws. */
  async #show(): Promise<void> {
    const round = ++this.#round
    const missing = this.#keys().filter(key => !this.#loaded.has(key))
    if (missing.length > 0) {
      this.#say(this.#words["loading"] ?? "")
      const [own, dutch] = await Promise.all([load(missing, this.#site), this.#dutch ? load(missing, this.#dutch.site) : []])
      for (const [key, one] of own) this.#loaded.set(key, one)
      for (const [key, one] of dutch) this.#inDutch.set(key, one)
    }
    if (round === this.#round) this.#draw()
  }

  #keys(): readonly string[] {
    return this.#shared ?? this.#list.kept.map(one => one.key)
  }

  #draw(): void {
    const origin = this.#origin()
    const found: { key: string; details: Details; away: number | null }[] = []
    const gone: string[] = []
    const failed: string[] = []
    for (const key of this.#keys()) {
      const details = this.#loaded.get(key)
      if (details === "gone") gone.push(key)
      else if (details === "failed" || !details) failed.push(key)
      else found.push({ key, details, away: origin && nearest(origin, details.spots, this.#ride.earth) })
    }
    if (origin) found.sort((one, other) => (one.away ?? Infinity) - (other.away ?? Infinity))
    const known = new Set(this.#list.kept.map(one => one.key))
    const focused = document.activeElement?.closest<HTMLElement>(".kept [data-keep]")?.dataset["keep"]
    this.#part("list").replaceChildren(...found.map(one => this.#item(one.key, one.details, one.away, origin)))
    if (focused) this.#root.querySelector<HTMLElement>(`[data-keep="${focused}"]`)?.focus()
    this.#names("gone", gone)
    this.#names("failed", failed)
    this.#reveal({
      list: found.length > 0,
      gone: gone.length > 0,
      failed: failed.length > 0,
      tools: found.length > 0,
      empty: this.#shared === null && this.#keys().length === 0,
      broken: this.#shared?.length === 0,
      shared: (this.#shared?.length ?? 0) > 0,
      known: found.every(one => known.has(one.key)),
    })
    this.#root.querySelector<HTMLAnchorElement>("[data-onward]")!.search = `kansen=${toAddress(this.#keys())}`
    this.#button("take").hidden = found.every(one => known.has(one.key))
    this.#button("forget").hidden = this.#shared !== null
    this.#button("calendar").hidden = found.every(one => !one.details.calendar)
    this.#say(found.length === 0 ? "" : counted(this.#count, found.length))
    for (const place of this.#root.querySelectorAll("[data-slot=from]"))
      setNamed(place, origin ? this.#fill("from", { name: origin.name }) : "", origin?.name ?? "")
    this.#slot("printed").textContent = this.#fill("printed", { day: dateFormat({ dateStyle: "long" }).format(new Date()) })
    this.#writeLink()
  }

  #item(key: string, details: Details, away: number | null, origin: Origin | null): HTMLElement {
    const template = this.#root.querySelector<HTMLTemplateElement>("#__bewaarde_kans")!
    const item = (template.content.cloneNode(true) as DocumentFragment).querySelector<HTMLElement>("li")!
    item.dataset["key"] = key
    const told = this.#inDutch.get(key)
    const dutch = told && typeof told !== "string" ? told : null
    const put = (slot: "title" | "who" | "notice" | "what" | "freshness" | "unknown"): void => {
      const place = item.querySelector<HTMLElement>(`[data-slot=${slot}]`)!
      place.replaceChildren(...this.#both(details[slot], slot === "who" ? "" : dutch?.[slot]))
      place.hidden = details[slot] === ""
    }
    for (const slot of ["title", "who", "notice", "what", "freshness", "unknown"] as const) put(slot)
    item.querySelector("[data-slot=icon] use")?.setAttribute("href", `${this.#root.dataset["icons"] ?? ""}#${details.icon}`)
    item.querySelector<HTMLAnchorElement>("[data-slot=title]")!.href = new URL(details.url, this.#site).href
    const rows = ROWS.flatMap(name => details.rows.filter(row => row.name === name))
    const [where, ...others] = rows
    const facts = item.querySelector("[data-slot=facts]")!
    if (where) facts.append(this.#where(where, details))
    if (away !== null && origin) facts.append(rowOf(this.#away(away, origin.name), origin.name))
    const permission = { name: "permission", label: this.#words["permission"] ?? "", lines: [details.permission] }
    facts.append(...others.map(row => rowOf(row)), rowOf(permission), this.#contact(details))
    if (dutch) this.#addDutch(facts, dutch)
    const published = new URL(details.url, this.#root.dataset["site"] || this.#site)
    item.querySelector("[data-slot=code]")!.append(drawCode(published.href))
    return item
  }

  /** A text, and below it the same in Dutch if that differs; a text that is there in Dutch only is marked as such. */
  #both(own: string, dutch = ""): Node[] {
    if (!this.#dutch || !dutch) return [document.createTextNode(own)]
    return own === dutch ? [inDutch(dutch)] : [document.createTextNode(own), document.createTextNode(" "), inDutch(dutch, "beside-dutch")]
  }

  /** Put the Dutch label and lines below those of each row. */
  #addDutch(facts: Element, dutch: Details): void {
    const words = this.#dutch?.words ?? {}
    const rows = new Map(dutch.rows.map(row => [row.name, row]))
    rows.set("permission", { name: "permission", label: words["permission"] ?? "", lines: [dutch.permission] })
    rows.set("contact", { name: "contact", label: words["contact"] ?? "", lines: [] })
    for (const row of facts.querySelectorAll<HTMLElement>(".kept__row")) {
      const told = rows.get(row.dataset["row"] ?? "")
      const [term, value] = [row.querySelector("dt"), row.querySelector("dd")]
      if (!told || !term || !value) continue
      term.replaceChildren(...this.#both(term.textContent ?? "", told.label))
      const own = [...value.querySelectorAll<HTMLElement>("p:not(.kept__map)")]
      const pairs = own.length === told.lines.length
      told.lines.forEach((line, at) => {
        const place = own[at]
        if (pairs && place) place.replaceChildren(...this.#both(place.textContent ?? "", line))
        else value.append(inDutch(line, "beside-dutch"))
      })
    }
  }

  #where(row: Row, details: Details): HTMLElement {
    const element = rowOf(row)
    if (details.map) {
      const map = paragraph(this.#words["map"] ?? "", details.map)
      map.classList.add("kept__map")
      element.querySelector("dd")?.append(map)
    }
    return element
  }

  #away(away: number, name: string): Row {
    const label = this.#words["how_far"] ?? ""
    if (away < Number(this.#root.dataset["samePlace"])) return { name: "away", label, lines: [this.#fill("same", { name })] }
    const bike = bikeMinutes(away, this.#ride)
    const walk = bikeMinutes(away, { ...this.#ride, speed: WALK_KM_PER_HOUR })
    const lines = [this.#fill("away", { distance: written(away), name })]
    if (walk <= LONGEST_WALK_MINUTES) lines.push(this.#fill("walk", { minutes: walk }))
    if (bike <= Number(this.#root.dataset["longestRide"])) lines.push(this.#fill("bike", { minutes: bike }))
    return { name: "away", label, lines }
  }

  #contact(details: Details): HTMLElement {
    const element = rowOf({ name: "contact", label: this.#words["contact"] ?? "", lines: [] })
    element.querySelector("dd")?.append(...details.contact.map(one => paragraph(one.text, one.address)))
    return element
  }

  #origin(): Origin | null {
    const option = this.#chosen.selectedOptions[0]
    if (!option?.value) return null
    const { lat, lon } = option.dataset
    return { slug: option.value, name: option.text.trim(), lat: Number(lat), lon: Number(lon) }
  }

  /** Name what can't be shown: by the title it had, or else by its key. */
  #names(slot: "gone" | "failed", keys: readonly string[]): void {
    const titles = new Map(this.#list.kept.map(one => [one.key, one.title]))
    const lines = keys.map(key => {
      const line = document.createElement("li")
      line.textContent = titles.get(key) ?? key
      return line
    })
    this.#slot(slot).replaceChildren(...lines)
  }

  #print(paper: (typeof PAPERS)[number]): void {
    this.#root.dataset["paper"] = paper
    window.print()
  }

  #share(button: HTMLButtonElement): void {
    const open = button.getAttribute("aria-expanded") !== "true"
    button.setAttribute("aria-expanded", String(open))
    this.#reveal({ share: open })
    if (open) this.#link().select()
  }

  /** Let the phone send the list, to whatever people use on it. */
  async #send(): Promise<void> {
    try {
      await navigator.share({ title: document.title, url: this.#link().value })
    } catch {
      // they thought better of it
    }
  }

  async #copy(): Promise<void> {
    this.#link().select()
    try {
      await navigator.clipboard.writeText(this.#link().value)
      this.#say(this.#words["copied"] ?? "")
    } catch {
      this.#link().focus() // it is selected: people can copy it themselves
    }
  }

  /** Hand over all dates of what is on the list, and say of how many none is known. */
  async #toCalendar(): Promise<void> {
    const found = this.#keys().flatMap(key => {
      const details = this.#loaded.get(key)
      return details && typeof details !== "string" ? [details.calendar] : []
    })
    const dated = found.filter(one => one !== null)
    const undated = found.length - dated.length
    try {
      await handAll(dated, "lijstje")
      this.#say([counted(this.#dated, dated.length), undated ? counted(this.#undated, undated) : ""].join(" ").trim())
    } catch {
      this.#say(this.#words["no_calendar"] ?? "")
    }
  }

  /** Put a shared list on one's own, and show that. */
  #take(): void {
    let [taken, full] = [0, false]
    for (const key of this.#shared ?? []) {
      const details = this.#loaded.get(key)
      if (!details || typeof details === "string" || this.#list.has(key)) continue
      full = this.#list.add({ key, title: details.title }) !== "kept"
      if (full) break
      taken += 1
    }
    this.#shared = null
    this.#keepAddress()
    void this.#show().then(() => this.#say(this.#fill(full ? "not_all" : "taken", { count: taken, limit: LIMIT })))
    this.#root.querySelector<HTMLElement>("h1")?.focus()
  }

  #forget(): void {
    for (const [key, one] of this.#loaded) if (one === "gone") this.#list.remove(key)
  }

  #writeLink(): void {
    const address = new URL(location.pathname, location.href)
    address.search = this.#query(this.#keys().filter(key => this.#loaded.get(key) !== "gone"))
    this.#link().value = address.href
    const published = new URL(`lijstje/${address.search}`, this.#root.dataset["site"] || this.#site)
    const code = published.href.length <= LONGEST_CODE ? drawCode(published.href) : null
    for (const place of this.#root.querySelectorAll<HTMLElement>("[data-slot=listcode]")) {
      place.replaceChildren(...(code ? [code.cloneNode(true)] : []))
      place.closest<HTMLElement>("figure")!.hidden = code === null
    }
  }

  #keepAddress(): void {
    history.replaceState(history.state, "", `${location.pathname}${this.#query(this.#shared)}`)
  }

  #query(keys: readonly string[] | null): string {
    const parts = []
    if (keys) parts.push(`kansen=${toAddress(keys)}`)
    if (this.#chosen.value) parts.push(`bij=${this.#chosen.value}`)
    return parts.length > 0 ? `?${parts.join("&")}` : ""
  }

  #link(): HTMLTextAreaElement {
    return this.#slot("link") as HTMLTextAreaElement
  }

  #say(text: string): void {
    this.#slot("status").textContent = text
  }

  #fill(name: string, values: Readonly<Record<string, string | number>>): string {
    return fill(this.#words[name] ?? "", values)
  }

  #on(name: string, act: (button: HTMLButtonElement) => void): void {
    const button = this.#button(name)
    button.addEventListener("click", () => act(button))
  }

  #button(name: string): HTMLButtonElement {
    return this.#root.querySelector<HTMLButtonElement>(`[data-do=${name}]`)!
  }

  #part(name: string): HTMLElement {
    return this.#root.querySelector<HTMLElement>(`[data-part=${name}]`)!
  }

  #slot(name: string): HTMLElement {
    return this.#root.querySelector<HTMLElement>(`[data-slot=${name}]`)!
  }

  #reveal(parts: Readonly<Record<string, boolean>>): void {
    for (const [name, shown] of Object.entries(parts)) this.#part(name).hidden = !shown
  }
}

function inDutch(text: string, name = ""): HTMLElement {
  const element = document.createElement("span")
  element.lang = "nl"
  element.dir = "ltr"
  element.className = name
  element.textContent = text
  return element
}

function rowOf({ name, label, lines }: Row, place = ""): HTMLElement {
  const row = document.createElement("div")
  row.className = "kept__row"
  row.dataset["row"] = name
  const [term, value] = [document.createElement("dt"), document.createElement("dd")]
  term.textContent = label
  value.append(...lines.map(line => paragraph(line, null, place)))
  row.append(term, value)
  return row
}

function paragraph(text: string, address: string | null, place = ""): HTMLParagraphElement {
  const element = document.createElement("p")
  if (!address) {
    element.append(...named(text, place))
    return element
  }
  const link = document.createElement("a")
  link.href = address
  link.textContent = text
  element.append(link)
  return element
}
