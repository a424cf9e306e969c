import { load } from "../finder/data"
import { get, make } from "../finder/dom"
import { addStyle } from "../../lazy"
import type { Data } from "./data"
import { asFile } from "./drawing"
import { type Draft, draftOf, keep, keepNew, onOtherTab, throwAway } from "./drafts"
import { carries, draftIn, linkTo } from "./link"
import { refusalOf } from "./route"
import type { Remark } from "./hints"
import { type Say, sayer } from "./say"
import { Sending } from "./sending"
import { type Started, StartScreen } from "./start-screen"
import { isWide, Workshop } from "./workshop"

/** The page: where one begins, and the work on one draft after that. */
class Atelier {
  readonly #start: StartScreen
  readonly #sending: Sending
  #workshop: Workshop | undefined
  #unwatch: (() => void) | undefined
  #styled: Promise<void> | undefined
  #draft: Draft | undefined
  /** Bytes are asked for first where somebody saves them. */
  readonly #isSparing = Boolean((navigator as { connection?: { saveData?: boolean } }).connection?.saveData)

  readonly root: HTMLElement
  readonly data: Data
  readonly say: Say

  constructor(root: HTMLElement, data: Data, say: Say) {
    this.root = root
    this.data = data
    this.say = say
    this.#start = new StartScreen(root, data, say, {
      begin: started => void this.#begin(started),
      goOn: id => void this.#goOn(id),
    })
    this.#sending = new Sending(root, say, data.longest)
    this.#listen()
  }

  /** Begin where the address says: in a draft, with a route that is there, with a draft from a link, or at the start. */
  async open(): Promise<void> {
    const wish = new URLSearchParams(location.search)
    const linked = carries(location.hash) ? await draftIn(location.hash) : undefined
    const refused = typeof linked === "object" ? refusalOf(linked.text) : linked && "link-wrong"
    if (typeof linked === "object" && !refused) {
      await this.#begin(linked)
      this.#workshop?.notes.say("share-2", this.say("from-link"))
      return
    }
    if (await this.#goOn(wish.get("concept") ?? "")) return
    this.#start.show()
    if (refused) this.#start.tell(refused)
    const slug = wish.get("route")
    if (slug) await this.#start.change(slug)
  }

  async #begin({ slug, text, left, check }: Started): Promise<void> {
    const kept = keepNew(slug, text, Date.now())
    const isKept = kept.kind === "kept"
    // A browser that keeps nothing: the work goes on, and says so.
    await this.#work(isKept ? kept.draft : { id: "", slug, text, at: 0, count: 0 }, check)
    this.#saved(isKept)
    if (left?.length) this.#workshop?.notes.say("circle-alert", this.say("left-behind", { what: left.join(", ") }))
  }

  async #goOn(id: string): Promise<boolean> {
    const draft = draftOf(id)
    if (draft) await this.#work(draft)
    return Boolean(draft)
  }

  async #work(draft: Draft, check?: readonly Remark[]): Promise<void> {
    await (this.#styled ??= addStyle("style"))
    this.#draft = draft
    const { root, data, say } = this
    this.#workshop?.end()
    get(root, "[data-start]").hidden = true
    get(root, "[data-work]").hidden = false
    root.classList.add("is-working")
    this.#address()
    this.#workshop = new Workshop(root, data, say, { ...draft, check }, text => this.#keep(text))
    this.#watch()
    this.#saved(true)
    this.#colour(document.body.dataset["mdColorScheme"] === "slate" ? "dark" : "light")
    if (this.#isSparing) this.#askToLoad()
    else this.#wake()
    scrollTo({ top: get(root, "[data-work]").getBoundingClientRect().top + scrollY, behavior: "instant" })
    get(root, isWide() ? ".board__plus, .board__head" : "[role=tab][aria-selected=true]").focus({ preventScroll: true })
  }

  #wake(): void {
    const { worker = "", engine = "" } = this.root.dataset
    this.#workshop?.wake(worker, engine)
  }

  #askToLoad(): void {
    get(this.root, "[data-load-said]").textContent = this.say("ask-load")
    get(this.root, "[data-load-bar]").hidden = true
    get(this.root, "[data-do=load]").hidden = false
  }

  /** A reload comes back to this draft. */
  #address(): void {
    history.replaceState(null, "", this.#draft?.id ? `?concept=${this.#draft.id}` : location.pathname)
  }

  #keep(text: string): void {
    if (!this.#draft?.id) return this.#saved(false)
    const kept = keep(this.#draft, text, Date.now())
    if (kept.kind === "kept") this.#draft = kept.draft
    else if (kept.kind === "elsewhere" || kept.kind === "gone") this.#otherTab(kept.kind === "gone")
    this.#saved(kept.kind === "kept")
  }

  #saved(isKept: boolean): void {
    const said = get(this.root, "[data-saved]")
    said.textContent = this.say(isKept ? "saved" : "not-saved")
    said.classList.toggle("is-wrong", !isKept)
  }

  /** Hear of changes in other tabs. */
  #watch(): void {
    this.#unwatch?.()
    this.#unwatch = onOtherTab(this.#draft?.id ?? "", draft => {
      if (draft?.text !== this.#workshop?.text) this.#otherTab(!draft)
      else if (draft) this.#draft = draft
    })
  }

  /** Another tab changed the same draft, or threw it away: nothing is written over until somebody chooses. */
  #otherTab(isGone: boolean): void {
    const { say } = this
    const theirs = { words: say("take-theirs"), act: () => void this.#goOn(this.#draft?.id ?? "") }
    const ways = [...(isGone ? [] : [theirs]), { words: say("keep-mine"), act: () => this.#keepApart() }]
    this.#workshop?.notes.say("circle-alert", say(isGone ? "gone-elsewhere" : "other-tab"), ways, "other-tab", false)
    this.#saved(false)
  }

  #keepApart(): void {
    const workshop = this.#workshop
    if (!workshop || !this.#draft) return
    const kept = keepNew(this.#draft.slug, workshop.text, Date.now())
    if (kept.kind === "kept") this.#draft = kept.draft
    this.#address()
    this.#watch()
    workshop.notes.close("other-tab")
    this.#saved(kept.kind === "kept")
  }

  #leave(): void {
    this.#workshop?.end()
    this.#unwatch?.()
    this.#workshop = undefined
    this.#draft = undefined
    this.root.classList.remove("is-working")
    get(this.root, "[data-work]").hidden = true
    get(this.root, "[data-start]").hidden = false
    this.#address()
    this.#start.show()
    get(this.root, "h1").focus()
  }

  #listen(): void {
    const acts: Record<string, () => void> = {
      leave: () => this.#leave(),
      undo: () => this.#workshop?.undo(),
      redo: () => this.#workshop?.redo(),
      load: () => {
        get(this.root, "[data-do=load]").hidden = true
        this.#wake()
      },
      download: () => this.#save(this.#workshop?.text ?? "", `${this.#draft?.slug ?? "route"}.yml`, "application/yaml"),
      svg: () => {
        const svg = this.#workshop?.drawing.svg
        if (svg) this.#save(asFile(svg), `${this.#draft?.slug ?? "route"}.svg`, "image/svg+xml")
        else this.#workshop?.notes.say("circle-alert", this.say("no-drawing"))
      },
      link: () => void this.#share(),
      "print-a4": () => this.#print("a4"),
      "print-a3": () => this.#print("a3"),
      discard: () => this.#discard(),
      stop: () => this.#workshop?.stop(),
      send: () => void this.#send(),
      "close-send": () => this.#sending.close(),
      "to-check": () => {
        this.#sending.close()
        this.#workshop?.show("check")
        get(this.root, "[data-check] .side__title").focus()
      },
      enlarge: () => {
        const isLarge = get(this.root, "[data-room]").classList.toggle("is-large")
        get(this.root, "[data-do=enlarge]").setAttribute("aria-pressed", `${isLarge}`)
      },
    }
    this.root.addEventListener("click", event => {
      const target = event.target as Element
      const pressed = target.closest<HTMLElement>("button")
      const more = get<HTMLDetailsElement>(this.root, ".work__more")
      if (!target.closest(".work__more") || pressed) more.open = false
      if (!pressed) return
      const { do: act, tab, form, scheme } = pressed.dataset
      if (act && pressed.getAttribute("aria-disabled") !== "true") acts[act]?.()
      if (tab) this.#workshop?.show(tab as "board")
      if (form) this.#workshop?.drawAs(form as "wide")
      if (scheme) this.#colour(scheme)
    })
    get(this.root, ".work__more").addEventListener("keydown", event => {
      if (event.key !== "Escape") return
      get<HTMLDetailsElement>(this.root, ".work__more").open = false
      get(this.root, ".work__more summary").focus()
    })
    get(this.root, "[role=tablist]").addEventListener("keydown", event => this.#tabKey(event))
    this.#splitting()
  }

  #colour(scheme: string): void {
    get(this.root, "[data-drawing]").dataset["scheme"] = scheme
    for (const one of this.root.querySelectorAll<HTMLElement>("button[data-scheme]")) one.setAttribute("aria-pressed", `${one.dataset["scheme"] === scheme}`)
  }

  #tabKey(event: KeyboardEvent): void {
    const tabs = [...this.root.querySelectorAll<HTMLElement>("[role=tab]")].filter(one => one.getClientRects().length)
    const at = tabs.indexOf(document.activeElement as HTMLElement)
    const next: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }
    const to = next[event.key]
    if (to === undefined || at < 0) return
    event.preventDefault()
    const tab = tabs.at(to % tabs.length)
    tab?.click()
    tab?.focus()
  }

  /** The height of the board: by dragging the handle, or with arrows. */
  #splitting(): void {
    const [room, handle] = [get(this.root, "[data-room]"), get(this.root, "[data-split]")]
    let share = 52
    const put = (wished: number): void => {
      share = Math.min(85, Math.max(15, Math.round(wished)))
      room.style.setProperty("--board", `${share}%`)
      handle.setAttribute("aria-valuenow", `${share}`)
    }
    put(share)
    handle.addEventListener("pointerdown", start => {
      handle.setPointerCapture(start.pointerId)
      const { top, height } = room.getBoundingClientRect()
      const move = (event: PointerEvent): void => put(((event.clientY - top) / height) * 100)
      handle.addEventListener("pointermove", move)
      handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), { once: true })
    })
    handle.addEventListener("keydown", event => {
      const by: Record<string, number> = { ArrowUp: share - 5, ArrowDown: share + 5, Home: 15, End: 85 }
      const to = by[event.key]
      if (to === undefined) return
      event.preventDefault()
      put(to)
    })
  }

  #print(paper: "a4" | "a3"): void {
    const workshop = this.#workshop
    if (!workshop?.drawing.svg) {
      workshop?.notes.say("circle-alert", this.say("no-drawing"))
      return
    }
    const form = workshop.form
    document.documentElement.dataset["paper"] = paper
    workshop.drawAs(paper, () => {
      print()
      workshop.drawAs(form)
    })
  }

  #save(text: string, name: string, type: string): void {
    const link = make("a", "")
    link.href = URL.createObjectURL(new Blob([text], { type }))
    link.download = name
    link.click()
    URL.revokeObjectURL(link.href)
  }

  async #share(): Promise<void> {
    const [workshop, draft] = [this.#workshop, this.#draft]
    if (!workshop || !draft) return
    const fragment = await linkTo({ slug: draft.slug, text: workshop.text })
    if (!fragment) {
      workshop.notes.say("circle-alert", this.say("link-too-long"))
      return
    }
    const link = `${location.origin}${location.pathname}${fragment}`
    try {
      await navigator.clipboard.writeText(link)
      workshop.notes.say("share-2", this.say("link-copied"))
    } catch {
      workshop.notes.say("share-2", this.say("link-shown", { link }))
    }
  }

  /** Show the ways to send it; of what is on the site already, what changes. */
  async #send(): Promise<void> {
    const workshop = this.#workshop
    if (!workshop) return
    workshop.tellMissing()
    try {
      this.#sending.show(workshop.state, await this.#start.published(workshop.state.slug))
    } catch {
      workshop.notes.say("circle-alert", this.say("not-loaded"))
    }
  }

  #discard(): void {
    const draft = this.#draft
    if (!draft) return
    const text = this.#workshop?.text ?? draft.text
    throwAway(draft.id)
    this.#leave()
    this.#start.gone({ ...draft, text })
  }
}

async function main(page: Document): Promise<void> {
  const root = page.querySelector<HTMLElement>("#atelier")
  if (!root) return
  const data = await load<Data>(`${root.dataset["root"]}assets/atelier.json`)
  for (const element of root.querySelectorAll<HTMLElement>("[data-script]")) element.hidden = false
  await new Atelier(root, data, sayer(data.says)).open()
}

main(document).catch(() => {
  for (const element of document.querySelectorAll<HTMLElement>("[data-without-script]")) element.dataset["shown"] = ""
})
