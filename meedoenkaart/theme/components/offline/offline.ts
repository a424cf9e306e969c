import { dateFormat, LOCALES } from "../../locale"
import { fill } from "../finder/data"
import { get } from "../finder/dom"
import { placeIn, refuse, registered, type Place } from "./line"

interface About {
  readonly built: string
  readonly parts: Readonly<Record<string, { readonly kept: number; readonly fetched: number; readonly files: number; readonly all: boolean }>>
}
type Words = Readonly<Record<"nothing" | "kept" | "size" | "busy" | "done" | "failed" | "removed", string>>

const TOLD_EVERY_MS = 400

/** The page on which somebody chooses what of the site stays on the device. */
export async function showOffline(root: HTMLElement): Promise<void> {
  tellWhatIsMissing(root)
  const place = placeIn(document)
  const told = place && registered(place).then(() => fetch(place.about)).then(answer => answer.json())
  const about = (await told?.catch(() => undefined)) as About | undefined
  if (!place || !about) {
    get(root, "[data-part=cannot]").hidden = false
    return
  }
  new Keeping(root, place, about)
}

class Keeping {
  readonly #root: HTMLElement
  readonly #place: Place
  readonly #about: About
  readonly #words: Words
  readonly #progress: HTMLProgressElement

  constructor(root: HTMLElement, place: Place, about: About) {
    this.#root = root
    this.#place = place
    this.#about = about
    this.#words = JSON.parse(root.dataset["words"]!) as Words
    this.#progress = get(root, "progress")
    for (const part of root.querySelectorAll<HTMLElement>("[data-keep]")) {
      const { kept, fetched } = this.#sizes(namesOf(part))
      get(part, "[data-slot=size]").textContent = fill(this.#words.size, { kept: megabytes(kept), fetched: megabytes(fetched) })
      get(part, "button").addEventListener("click", () => void this.#keep(namesOf(part)))
    }
    const whole = Object.entries(about.parts).every(([name, { all }]) => all || !name.startsWith(document.documentElement.lang))
    get(root, "[data-part=not-all]").hidden = whole
    get(root, "[data-do=remove]").addEventListener("click", () => void this.#remove())
    get(root, "[data-part=ways]").hidden = false
    void this.#show()
  }

  /** Show what is kept; `said` is what just happened. */
  async #show(said?: string): Promise<void> {
    const kept = await this.#kept()
    const date = dateFormat({ day: "numeric", month: "long", year: "numeric" }).format(new Date(`${this.#about.built}T12:00`))
    const size = megabytes(this.#sizes(kept).kept)
    get(this.#root, "[data-slot=state]").textContent = fill(kept.length ? this.#words.kept : this.#words.nothing, { date, size })
    get(this.#root, "[data-slot=said]").textContent = said ?? ""
    for (const part of this.#root.querySelectorAll<HTMLElement>("[data-keep]")) {
      const is = namesOf(part).every(name => kept.includes(name))
      get(part, "button").hidden = is
      get(part, "[data-slot=is-kept]").hidden = !is
    }
    get(this.#root, "[data-do=remove]").hidden = kept.length === 0
    this.#progress.hidden = true
  }

  async #keep(names: readonly string[]): Promise<void> {
    const wanted = [...new Set([...(await this.#kept()), ...names])].sort()
    const all = wanted.reduce((sum, name) => sum + (this.#about.parts[name]?.files ?? 0), 0)
    this.#tell(0, all)
    const telling = window.setInterval(() => void this.#fetched().then(done => this.#tell(done, all)), TOLD_EVERY_MS)
    const is = await this.#register(wanted).catch(() => false)
    window.clearInterval(telling)
    await this.#show(is ? this.#words.done : this.#words.failed)
  }

  /** Let the browser take the worker that keeps these lists; say whether it has all that is on them. */
  async #register(names: readonly string[]): Promise<boolean> {
    refuse(this.#place, false)
    const found = await navigator.serviceWorker.register(`${this.#place.worker}?keep=${names.join(",")}`)
    const worker = found.installing ?? found.waiting ?? found.active
    return new Promise(resolve => {
      const look = (): void => {
        if (worker?.state === "activated" || worker?.state === "redundant") resolve(worker.state === "activated")
      }
      worker?.addEventListener("statechange", look)
      look()
    })
  }

  async #remove(): Promise<void> {
    refuse(this.#place, true)
    await (await registered(this.#place))?.unregister()
    for (const name of await this.#caches()) await caches.delete(name)
    await this.#show(this.#words.removed)
    get(this.#root, "[data-slot=said]").focus()
  }

  /** The names of the lists that are kept. */
  async #kept(): Promise<string[]> {
    const worker = (await registered(this.#place))?.active
    const names = worker && (new URL(worker.scriptURL).searchParams.get("keep") ?? "nl")
    return (names?.split(",") ?? []).filter(name => name in this.#about.parts)
  }

  async #caches(): Promise<string[]> {
    return (await caches.keys()).filter(name => name.endsWith(this.#place.scope))
  }

  async #fetched(): Promise<number> {
    const found = (await this.#caches()).map(async name => (await (await caches.open(name)).keys()).length)
    return (await Promise.all(found)).reduce((sum, files) => sum + files, 0)
  }

  #tell(done: number, all: number): void {
    this.#progress.hidden = false
    this.#progress.max = all
    this.#progress.value = Math.min(done, all)
    get(this.#root, "[data-slot=said]").textContent = this.#words.busy
  }

  #sizes(names: readonly string[]): { kept: number; fetched: number } {
    const parts = names.map(name => this.#about.parts[name])
    const sum = (of: "kept" | "fetched"): number => parts.reduce((all, one) => all + (one?.[of] ?? 0), 0)
    return { kept: sum("kept"), fetched: sum("fetched") }
  }
}

function namesOf(part: HTMLElement): string[] {
  return part.dataset["keep"]!.split(",")
}

function megabytes(bytes: number): string {
  const format = new Intl.NumberFormat([...LOCALES], { style: "unit", unit: "megabyte", maximumFractionDigits: 1, minimumFractionDigits: 1 })
  return format.format(bytes / 1_000_000).replace(" ", "\u00a0")
}

/** Who was led here from a page that is not kept reads that, and can try again: its address stands behind the `#`. */
function tellWhatIsMissing(root: HTMLElement): void {
  const wanted = location.hash.slice(1)
  const scope = placeIn(document)?.scope
  if (!wanted || !scope) return
  const address = new URL(wanted, scope).href
  if (!address.startsWith(scope)) return
  get(root, "[data-part=missing]").hidden = false
  get<HTMLAnchorElement>(root, "[data-slot=again]").href = address
}
