import { load } from "../finder/data"
import type { PlacesFile } from "../finder/places"
import { slugOf } from "./alike"
import { type Control, addItem, answersOf, controlsOf, fill, focusables, listsWithin, offer, read, removeItem, showTicked, tick } from "./answers"
import { mended } from "./checks"
import { type Original, changedFile, changedPaths } from "./changes"
import { chooseOrganisation } from "./choose"
import { compose, showComposed } from "./compose"
import { isError, showFindings, showSummary } from "./findings"
import { Kept } from "./kept"
import { type AllData, type Answers, type Data, type Finding, type Kind, type Known, countOf, fieldPath, listsIn, text, today } from "./model"
import { tidyPasted } from "./pasting"
import { Preview } from "./preview"
import { Result } from "./result"
import { type Scene, check, municipalitiesOf, sameOrganisation, whereaboutsOf } from "./rules"
import { sentence } from "./sentence"
import { Spots } from "./spots"
import { treeOf } from "./tree"
import { otherPlaces, placeOfPostcode, whereOf, writtenPostcode } from "./where"
import { newFile, valuesOf } from "./yaml"

const PAUSE_MS = 400
/** What may stand in the address for a file: folder and name where a kind of file lies in folders. */
const SLUGS: Record<Kind, RegExp> = {
  organisations: /^[a-z0-9-]+\/[a-z0-9-]+$/,
  reception: /^[a-z0-9-]+$/,
  municipalities: /^[a-z0-9-]+$/,
}

/** The form that adds an organisation, or changes a record. */
class Form {
  readonly #page: Document
  readonly #form: HTMLFormElement
  readonly #data: Data
  readonly #namesOf: NamesOf
  readonly #original: Original | undefined
  readonly #kept: Kept
  readonly #preview: Preview | undefined
  readonly #spots: Spots
  readonly #result: Result
  readonly #touched = new Set<string>()
  /** What can be chosen, in the words of the page before a browser translated it. */
  readonly #choices: ReadonlyMap<string, string>
  #known: Known[] = []
  #knownOf = ""
  #discarded: Answers | undefined
  #wasSent = false
  /** Whether what is typed is kept: not when somebody only says that all is still right. */
  #keeps = true
  #timer = 0

  constructor(
    page: Document,
    form: HTMLFormElement,
    data: Data,
    namesOf: NamesOf,
    original: Original | undefined,
  ) {
    this.#page = page
    this.#form = form
    this.#data = data
    this.#namesOf = namesOf
    this.#original = original
    this.#choices = choicesOf(form)
    this.#kept = new Kept(original ? `${pagesOf(form)}${original.slug}` : "nieuw")
    const preview = page.querySelector<HTMLElement>("[data-preview]")
    this.#preview = preview ? new Preview(page, preview) : undefined
    this.#spots = new Spots(page, form, data)
    this.#result = new Result(form, find(page, "#versturen"))
  }

  /** Fill in what is known and listen; `wish` is what the address asks for. */
  start(wish: URLSearchParams): void {
    this.#form.noValidate = true
    showComposed(this.#form)
    if (this.#original) this.#show(this.#original.answers)
    this.#keeps = !wish.has("klopt") || !this.#original
    const kept = this.#keeps ? this.#kept.read() : undefined
    if (kept?.size) {
      this.#show(kept)
      find(this.#page, "[data-kept-note]").hidden = false
    }
    if (wish.get("kans") === "nieuw" && !kept?.size) this.#add("opportunities")
    this.#listen()
    this.#update()
    if (!this.#keeps && this.#original) this.#askOnlyConfirmation(this.#original)
  }

  #listen(): void {
    tidyPasted(this.#form)
    this.#form.addEventListener("input", event => {
      this.#touch(event.target)
      window.clearTimeout(this.#timer)
      this.#timer = window.setTimeout(() => this.#update(), PAUSE_MS)
    })
    this.#form.addEventListener("change", event => {
      this.#touch(event.target)
      this.#compose(event.target)
      this.#follow(event.target)
      this.#update()
    })
    this.#form.addEventListener("submit", event => {
      event.preventDefault()
      void this.#send()
    })
    this.#form.addEventListener("click", event => {
      const button = (event.target as Element).closest("button")
      if (button?.dataset["more"]) this.#add(button.dataset["more"])
      if (button?.dataset["less"] !== undefined) this.#remove(button)
      if (button) void this.#spots.press(button, read(this.#form))
    })
    find(this.#form, "[data-discard]").addEventListener("click", () => this.#discard())
    find(this.#form, "[data-undo]").addEventListener("click", () => this.#undo())
  }

  #touch(target: EventTarget | null): void {
    if (target instanceof HTMLElement && target.dataset["path"]) this.#touched.add(target.dataset["path"])
  }

  #compose(target: EventTarget | null): void {
    if (!(target instanceof Element)) return
    const path = compose(target, this.#data.schools[this.#folder(read(this.#form))] ?? "")
    if (path) this.#touched.add(path)
  }

  /** Fill in what follows from an answer: the municipality from the place, and the day on which somebody says it. */
  #follow(target: EventTarget | null): void {
    if (!(target instanceof HTMLInputElement)) return
    const path = target.dataset["path"] ?? ""
    if (/(^|\.)place$/.test(path)) this.#followPlace(path, target.value.trim())
    if (path.endsWith("address.postcode")) this.#followPostcode(path, target)
    if (target.dataset["tick"]) showTicked(this.#form)
    if (target.dataset["tick"] === "confirmation" && target.checked) this.#set("confirmation.on", today())
  }

  #followPlace(path: string, place: string): void {
    const { municipality } = whereaboutsOf(path)
    const here = municipalitiesOf(this.#data, mended(this.#data, place))
    const chosen = text(read(this.#form), municipality)
    if (here.length === 1 || !here.includes(chosen)) this.#set(municipality, here.length === 1 ? (here[0] ?? "") : "")
    const help = this.#form.querySelector<HTMLElement>(`[data-question="${municipality}"] .question__help`)
    if (!help) return
    help.dataset["first"] ??= help.textContent ?? ""
    const names = here.map(slug => this.#data.municipalities[slug] ?? slug).join(", ")
    const several = (this.#form.dataset["several"] ?? "").replace("{place}", () => place).replace("{municipalities}", names)
    help.textContent = here.length > 1 ? several : help.dataset["first"]
  }

  /** Write a postcode as the post does, and fill in its place where that is empty. */
  #followPostcode(path: string, control: HTMLInputElement): void {
    const written = writtenPostcode(control.value)
    if (written !== control.value) control.value = written
    const at = path.replace(/postcode$/, "place")
    const place = placeOfPostcode(this.#data, written)
    if (!place || text(read(this.#form), at).trim()) return
    this.#set(at, place)
    this.#touched.add(at)
    this.#followPlace(at, place)
  }

  #set(path: string, value: string): void {
    const control = controlsOf(this.#form).find(one => one.dataset["path"] === path)
    offer(this.#form, new Map([[path, value]]), this.#data.municipalities)
    if (control) control.value = value
  }

  #add(part: string): void {
    const items = find(this.#form, `[data-items="${part}"]`)
    const added = addItem(items)
    find(added, "[data-less]").hidden = false
    for (const list of [items, ...listsWithin(added)]) this.#number(list)
    showComposed(added)
    focusables(added)[0]?.focus()
  }

  #remove(button: HTMLElement): void {
    const item = button.closest<HTMLElement>("[data-item]")
    const items = item?.parentElement
    if (!item || !items) return
    removeItem(items, item)
    this.#number(items)
    this.#page.querySelector<HTMLElement>(`[data-more="${items.dataset["items"]}"]`)?.focus()
    this.#update()
  }

  #number(items: HTMLElement): void {
    const list = items.dataset["items"] ?? ""
    for (const number of items.querySelectorAll<HTMLElement>(".part__number")) {
      if (number.closest("[data-items]") !== items) continue
      number.hidden = items.childElementCount < 2
      if (list.includes(".")) find(number, "[data-less]").hidden = false // what lies within can go, whichever was first
    }
    const more = this.#form.querySelector<HTMLElement>(`[data-more="${list}"]`)
    if (more && list.includes(".schedule.")) more.hidden = items.childElementCount >= this.#data.times.most.items
  }

  /** Show answers, with as many items in each list as they have. */
  #show(answers: Answers): void {
    for (const part of listsIn(this.#data, answers)) {
      const items = find(this.#form, `[data-items="${part}"]`)
      const needed = Math.max(1, countOf(answers, part))
      const fixed = Math.max(1, countOf(this.#original?.answers ?? new Map(), part))
      while (items.childElementCount > needed) items.lastElementChild?.remove()
      while (items.childElementCount < needed) addItem(items)
      ;[...items.children].forEach((item, index) => {
        find(item, "[data-less]").hidden = index < fixed
      })
      this.#number(items)
    }
    tick(this.#form, answers)
    offer(this.#form, answers, this.#data.municipalities)
    fill(this.#form, answers)
    showComposed(this.#form)
  }

  #update(): void {
    const answers = read(this.#form)
    const changed = changedPaths(this.#original?.answers ?? new Map(), answers)
    if (this.#keeps) this.#kept.write(changed.length ? answers : new Map())
    this.#preview?.show(answers, this.#data, (path, value) => this.#choices.get(choiceOf(path, value)) ?? value)
    this.#spots.show(answers)
    this.#sayWhen(answers)
    this.#countFilled()
    void this.#learnNames(answers)
    const findings = check(answers, this.#scene(answers))
    const told = findings.filter(one => one.rule !== "same-organisation") // has a note of its own, with a link
    showFindings(this.#form, this.#data, told.filter(one => this.#wasSent || this.#isAnswered(one)), otherPlaces(answers, this.#data))
    this.#showAlike(answers)
    if (!this.#wasSent) return
    const errors = findings.filter(one => isError(this.#data, one))
    showSummary(this.#form, this.#data, errors, false)
    if (!this.#result.isShown) return
    if (errors.length) this.#result.hide()
    else this.#showResult(answers)
  }

  /** Say whether somebody has come to the question: nobody is told what is missing before that. */
  #isAnswered(finding: Finding): boolean {
    if (!this.#touched.has(finding.path)) return finding.path.endsWith("municipality") && finding.rule === "missing-field"
    return finding.rule !== "no-contact"
  }

  #scene(answers: Answers): Scene {
    const asked = new Set(controlsOf(this.#form).map(one => one.dataset["path"] ?? ""))
    const known = this.#known.filter(one => one.slug !== this.#original?.slug)
    return { data: this.#data, today: today(), folder: this.#folder(answers), known, asked }
  }

  /** Return the municipality in whose folder an organisation lies, or whose own file it is. */
  #folder(answers: Answers): string {
    return this.#original?.slug.split("/")[0] ?? text(answers, "address.municipality")
  }

  /** Fetch which organisations there are in the municipality that was chosen. */
  async #learnNames(answers: Answers): Promise<void> {
    const folder = this.#folder(answers)
    if (this.#data.kind !== "organisations" || !folder || folder === this.#knownOf) return
    this.#knownOf = folder
    try {
      this.#known = await this.#namesOf(folder)
    } catch {
      this.#knownOf = "" // asked again with the next answer
      return
    }
    this.#update()
  }

  #showAlike(answers: Answers): void {
    if (this.#data.kind !== "organisations") return
    const same = sameOrganisation(answers, this.#scene(answers))
    const link = find<HTMLAnchorElement>(this.#form, "[data-alike-link]")
    if (same) {
      link.textContent = same.name
      link.href = `${rootOf(this.#form)}${pagesOf(this.#form)}${same.slug}/`
    }
    find(this.#form, "[data-alike]").hidden = !same
  }

  /** Say below the questions about days and times what they come to. */
  #sayWhen(answers: Answers): void {
    for (const line of this.#form.querySelectorAll<HTMLElement>("[data-sentence]")) {
      const said = sentence(answers, `${line.closest<HTMLElement>("[data-item]")?.dataset["item"]}.schedule`, this.#data.times)
      line.hidden = !said
      find(line, "span").textContent = said
    }
  }

  #countFilled(): void {
    for (const fold of this.#form.querySelectorAll("details.part__fold")) {
      const number = new Set(read(fold).keys()).size
      const words = (this.#form.dataset["filled"] ?? "").replace("{number}", `${number}`)
      find(fold, "[data-filled]").textContent = number ? words : ""
    }
  }

  async #send(): Promise<void> {
    this.#wasSent = true
    const answers = read(this.#form)
    await this.#learnNames(answers)
    const errors = check(answers, this.#scene(answers)).filter(one => isError(this.#data, one))
    this.#update()
    showSummary(this.#form, this.#data, errors, true)
    if (errors.length) return
    this.#showResult(answers)
    this.#result.focus()
  }

  #showResult(answers: Answers): void {
    const original = this.#original
    const changes = original ? changedPaths(original.answers, answers) : []
    const yaml = original
      ? changedFile(original, answers, this.#data)
      : newFile(treeOf(answers, this.#data, this.#folder(answers)), this.#data)
    this.#result.show({
      yaml,
      file: `${this.#data.folder}/${original?.slug ?? this.#freeSlug(answers)}.yml`,
      isNew: !original,
      changes: changes.map(path => this.#lineOf(path)),
      longest: this.#data.longest,
    })
  }

  #freeSlug(answers: Answers): string {
    const folder = this.#folder(answers)
    const name = slugOf(text(answers, "name")) || "organisatie"
    const taken = new Set(this.#known.map(one => one.slug))
    let free = `${folder}/${name}`
    for (let number = 2; taken.has(free); number++) free = `${folder}/${name}-${number}`
    return free
  }

  /** Return a question with its answer: `Telefoonnummer: 0512 00 00 00`. */
  #lineOf(path: string): string {
    const label = this.#data.fields[fieldPath(path)]?.label ?? path
    const controls = controlsOf(this.#form).filter(one => one.dataset["path"] === path)
    const said = controls.map(one => this.#wordsOf(one)).filter(Boolean).join(", ") || (this.#form.dataset["emptied"] ?? "")
    return `${label}${label.endsWith("?") ? "" : ":"} ${said}`
  }

  /** Return an answer in words: of what can be chosen its label. */
  #wordsOf(control: Control): string {
    const isBox = control instanceof HTMLInputElement && control.type === "checkbox"
    const value = isBox && !control.checked ? "" : control.value.trim()
    return this.#choices.get(choiceOf(control.dataset["path"] ?? "", value)) ?? value
  }

  #discard(): void {
    this.#discarded = read(this.#form)
    this.#show(this.#original?.answers ?? new Map())
    this.#startAnew()
    find(this.#form, "[data-undo]").hidden = false
    const said = find(this.#form, "[data-discarded]")
    said.textContent = said.dataset["text"] ?? ""
    find(this.#form, "[data-undo]").focus()
  }

  #undo(): void {
    if (this.#discarded) this.#show(this.#discarded)
    this.#discarded = undefined
    this.#startAnew()
    find(this.#form, "[data-discarded]").textContent = ""
    find(this.#form, "[data-discard]").focus()
    find(this.#form, "[data-undo]").hidden = true
  }

  #startAnew(): void {
    this.#touched.clear()
    this.#wasSent = false
    this.#result.hide()
    showSummary(this.#form, this.#data, [], false)
    find(this.#page, "[data-kept-note]").hidden = true
    this.#update()
  }

  /** "Nog steeds juist": ask only who says so, and change only the day. */
  #askOnlyConfirmation(original: Original): void {
    find(this.#form, ".form__keep").hidden = true
    for (const part of this.#form.querySelectorAll<HTMLElement>("[data-part]")) {
      part.hidden = part.dataset["part"] !== "confirmation"
    }
    find(this.#page, "[data-lead]").textContent = this.#form.dataset["stillRight"] ?? ""
    tick(this.#form, new Map([["confirmation.on", today()]]))
    this.#set("confirmation.on", today())
    if (!find<HTMLInputElement>(this.#form, "[data-path='confirmation.by']").value) this.#set("confirmation.by", original.name)
    void this.#send()
  }
}

function find<T extends HTMLElement = HTMLElement>(within: ParentNode, selector: string): T {
  const found = within.querySelector<T>(selector)
  if (!found) throw new Error(`the page of the form lacks ${selector}`)
  return found
}

/** Return the labels of all that can be chosen; of a single box its value says enough. */
function choicesOf(form: HTMLFormElement): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const control of controlsOf(form)) {
    const path = control.dataset["path"] ?? ""
    if (control instanceof HTMLSelectElement) {
      for (const { value, text } of control.options) if (value) found.set(choiceOf(path, value), text.trim())
    } else if (control instanceof HTMLInputElement && control.type === "checkbox" && control.closest("fieldset")) {
      found.set(choiceOf(path, control.value), control.labels?.[0]?.textContent.trim() ?? "")
    }
  }
  return found
}

function choiceOf(path: string, value: string): string {
  return `${fieldPath(path)}=${value}`
}

function rootOf(form: HTMLFormElement): string {
  return form.dataset["root"] ?? "./"
}

/** Return where the pages of the form's kind lie: `kansen/`. */
function pagesOf(form: HTMLFormElement): string {
  return form.dataset["pages"] ?? ""
}

/** Fetch a file and return the original that is being changed, with what the form shows of it; `gone`: there is none. */
async function originalOf(form: HTMLFormElement, data: Data, slug: string, namesOf: NamesOf): Promise<Original | "gone"> {
  const response = await fetch(`${rootOf(form)}${pagesOf(form)}${slug}/${slug.split("/").at(-1)}.yml`)
  if (response.status === 404 || response.status === 410) return "gone"
  if (!response.ok) throw new Error(`${response.status}`)
  const source = await response.text()
  const values = answersOf(valuesOf(source))
  const own = (data.kind === "municipalities" && data.municipalities[slug]) || text(values, "name")
  const name = (form.dataset["called"] ?? "").replace("{name}", () => own)
  values.delete("confirmation.on")
  const folder = slug.split("/")[0] ?? ""
  for (const [path] of [...values]) {
    const municipality = path.replace(/place$/, "municipality")
    if (path.endsWith("address.place") && !values.has(municipality)) values.set(municipality, folder)
  }
  for (const part of listsIn(data, values)) {
    const items = find(form, `[data-items="${part}"]`)
    while (items.childElementCount < countOf(values, part)) addItem(items)
  }
  for (const choice of form.querySelectorAll<HTMLSelectElement>("[data-organisations]")) {
    const known = folder in data.municipalities ? await namesOf(folder) : []
    const chosen = text(values, choice.dataset["path"] ?? "")
    const others = chosen && !known.some(one => one.slug === chosen) ? [new Option(chosen)] : []
    choice.append(...known.map(one => new Option(`${one.name} (${one.place})`, one.slug)), ...others)
  }
  tick(form, new Map([["confirmation.on", ""]]))
  offer(form, values, data.municipalities)
  fill(form, values)
  tick(form, values)
  return { slug, name, source, answers: read(form) }
}

type NamesOf = (municipality: string) => Promise<Known[]>

async function main(page: Document): Promise<void> {
  const form = page.querySelector<HTMLFormElement>("#formulier")
  if (!form) return
  const root = rootOf(form)
  const asked = new Map<string, Promise<Known[]>>()
  const namesOf: NamesOf = municipality => {
    const found = asked.get(municipality) ?? load<Known[]>(`${root}assets/namen/${municipality}.json`)
    asked.set(municipality, found)
    found.catch(() => asked.delete(municipality))
    return found
  }
  const kind = form.dataset["kind"] as Kind
  const all = await load<AllData>(`${root}assets/formulier.json`)
  const data: Data = { ...all, ...all.files[kind], kind, ...whereOf(await load<PlacesFile>(`${root}${all.places}`)) }
  find(page, "#plaatsen").replaceChildren(...Object.keys(data.places).map(name => new Option(name, name)))
  chooseOrganisation(page, root, namesOf)
  for (const element of page.querySelectorAll<HTMLElement>("[data-script]:not(.part__number)")) element.hidden = false
  showTicked(form)
  const wish = new URLSearchParams(location.search)
  if (form.dataset["mode"] === "add") {
    new Form(page, form, data, namesOf, undefined).start(wish)
    return
  }
  const slug = wish.get("bestand") ?? ""
  const isNamed = SLUGS[kind].test(slug)
  const original = isNamed ? await originalOf(form, data, slug, namesOf).catch(() => undefined) : undefined
  if (!original || original === "gone") {
    find(page, original ? "[data-gone]" : isNamed ? "[data-unread]" : "[data-missing]").hidden = false
    if (!original && isNamed) window.addEventListener("online", () => location.reload(), { once: true })
    find<HTMLDetailsElement>(page, "details.choose").open = true
    return
  }
  const link = find<HTMLAnchorElement>(page, "[data-about-link]")
  link.textContent = original.name
  link.href = `${root}${pagesOf(form)}${slug}/`
  find(page, "[data-about]").hidden = false
  form.hidden = false
  new Form(page, form, data, namesOf, original).start(wish)
}

main(document).catch(() => {
  for (const element of document.querySelectorAll<HTMLElement>("[data-without-script]")) element.dataset["shown"] = ""
})
