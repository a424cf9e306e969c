import { slugOf } from "./alike"
import { addItem, answersOf, controlsOf, fill, read, removeItem } from "./answers"
import { type Original, changedFile, changedPaths } from "./changes"
import { chooseOrganisation } from "./choose"
import { isError, showFindings, showSummary } from "./findings"
import { Kept } from "./kept"
import { type Answers, type Data, type Finding, type Known, countOf, fieldPath, text, today } from "./model"
import { Preview } from "./preview"
import { Result } from "./result"
import { type Scene, check, municipalitiesOf, sameOrganisation } from "./rules"
import { treeOf } from "./tree"
import { newFile, valuesOf } from "./yaml"

const PAUSE_MS = 400
const SLUG = /^[a-z0-9-]+\/[a-z0-9-]+$/
const LISTS = ["opportunities", "sources"]

/** The form that adds an organisation or changes one. */
class Form {
  readonly #page: Document
  readonly #form: HTMLFormElement
  readonly #data: Data
  readonly #namesOf: (municipality: string) => Promise<Known[]>
  readonly #original: Original | undefined
  readonly #kept: Kept
  readonly #preview: Preview
  readonly #result: Result
  readonly #touched = new Set<string>()
  #known: Known[] = []
  #knownOf = ""
  #discarded: Answers | undefined
  #wasSent = false
  #timer = 0

  constructor(
    page: Document,
    form: HTMLFormElement,
    data: Data,
    namesOf: (municipality: string) => Promise<Known[]>,
    original: Original | undefined,
  ) {
    this.#page = page
    this.#form = form
    this.#data = data
    this.#namesOf = namesOf
    this.#original = original
    this.#kept = new Kept(original?.slug ?? "nieuw")
    this.#preview = new Preview(page, find(page, "[data-preview]"))
    this.#result = new Result(form, find(page, "#versturen"))
  }

  /** Fill in what is known and listen; `wish` is what the address asks for. */
  start(wish: URLSearchParams): void {
    this.#form.noValidate = true
    if (this.#original) this.#show(this.#original.answers)
    const kept = this.#kept.read()
    if (kept?.size) {
      this.#show(kept)
      find(this.#page, "[data-kept-note]").hidden = false
    }
    if (wish.get("kans") === "nieuw" && !kept?.size) this.#add("opportunities")
    this.#listen()
    this.#update()
    if (wish.has("klopt") && this.#original) this.#askOnlyConfirmation(this.#original)
  }

  #listen(): void {
    this.#form.addEventListener("input", event => {
      this.#touch(event.target)
      window.clearTimeout(this.#timer)
      this.#timer = window.setTimeout(() => this.#update(), PAUSE_MS)
    })
    this.#form.addEventListener("change", event => {
      this.#touch(event.target)
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
    })
    find(this.#form, "[data-discard]").addEventListener("click", () => this.#discard())
    find(this.#form, "[data-undo]").addEventListener("click", () => this.#undo())
  }

  #touch(target: EventTarget | null): void {
    if (target instanceof HTMLElement && target.dataset["path"]) this.#touched.add(target.dataset["path"])
  }

  /** Fill in what follows from an answer: the municipality from the place, and a source from the own website. */
  #follow(target: EventTarget | null): void {
    if (!(target instanceof HTMLInputElement)) return
    const path = target.dataset["path"] ?? ""
    if (path.endsWith("address.place")) this.#followPlace(path, target.value.trim())
    if (path === "confirmation.on" && target.checked) {
      const answers = read(this.#form)
      if (!answers.has("confirmation.by")) this.#set("confirmation.by", text(answers, "name"))
      if (!answers.has("sources.0.address") && answers.has("contact.website")) {
        this.#set("sources.0.address", text(answers, "contact.website"))
        if (!answers.has("sources.0.title")) this.#set("sources.0.title", text(answers, "name"))
      }
    }
  }

  #followPlace(path: string, place: string): void {
    const municipality = path.replace(/place$/, "municipality")
    const here = municipalitiesOf(this.#data, place)
    const chosen = text(read(this.#form), municipality)
    if (here.length === 1 || !here.includes(chosen)) this.#set(municipality, here.length === 1 ? (here[0] ?? "") : "")
    const help = this.#form.querySelector<HTMLElement>(`[data-question="${municipality}"] .question__help`)
    if (!help) return
    help.dataset["first"] ??= help.textContent ?? ""
    const names = here.map(slug => this.#data.municipalities[slug] ?? slug).join(", ")
    const several = (this.#form.dataset["several"] ?? "").replace("{place}", () => place).replace("{municipalities}", names)
    help.textContent = here.length > 1 ? several : help.dataset["first"]
  }

  #set(path: string, value: string): void {
    const control = controlsOf(this.#form).find(one => one.dataset["path"] === path)
    if (control) control.value = value
  }

  #add(part: string): void {
    const items = find(this.#form, `[data-items="${part}"]`)
    const added = addItem(items)
    find(added, "[data-less]").hidden = false
    this.#number(items)
    controlsOf(added)[0]?.focus()
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
    for (const number of items.querySelectorAll<HTMLElement>(".part__number")) number.hidden = items.childElementCount < 2
  }

  /** Show answers, with as many items in each list as they have. */
  #show(answers: Answers): void {
    for (const part of LISTS) {
      const items = find(this.#form, `[data-items="${part}"]`)
      const [needed, fixed] = [Math.max(1, countOf(answers, part)), Math.max(1, countOf(this.#original?.answers ?? new Map(), part))]
      while (items.childElementCount > needed) items.lastElementChild?.remove()
      while (items.childElementCount < needed) addItem(items)
      ;[...items.children].forEach((item, index) => {
        find(item, "[data-less]").hidden = index < fixed
      })
      this.#number(items)
    }
    fill(this.#form, answers)
  }

  #update(): void {
    const answers = read(this.#form)
    const changed = changedPaths(this.#original?.answers ?? new Map(), answers)
    this.#kept.write(changed.length ? answers : new Map())
    this.#preview.show(answers, this.#data, (path, value) => this.#labelOf(path, value))
    this.#countFilled()
    void this.#learnNames(answers)
    const findings = check(answers, this.#scene(answers))
    showFindings(this.#form, this.#data, findings.filter(one => this.#wasSent || this.#isAnswered(one)))
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

  #folder(answers: Answers): string {
    return this.#original?.slug.split("/")[0] ?? text(answers, "address.municipality")
  }

  /** Fetch which organisations there are in the municipality that was chosen. */
  async #learnNames(answers: Answers): Promise<void> {
    const folder = this.#folder(answers)
    if (!folder || folder === this.#knownOf) return
    this.#knownOf = folder
    this.#known = await this.#namesOf(folder)
    this.#update()
  }

  #showAlike(answers: Answers): void {
    const same = sameOrganisation(answers, this.#scene(answers))
    const link = find<HTMLAnchorElement>(this.#form, "[data-alike-link]")
    if (same) {
      link.textContent = same.name
      link.href = `${this.#form.dataset["root"]}kansen/${same.slug}/`
    }
    find(this.#form, "[data-alike]").hidden = !same
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
      ? changedFile(original, answers, this.#data, today())
      : newFile(treeOf(answers, this.#data, this.#folder(answers), today()), this.#data)
    const labels = changes.map(path => this.#data.fields[fieldPath(path)]?.label ?? path)
    this.#result.show({
      yaml,
      file: `catalogue/organisations/${original?.slug ?? this.#freeSlug(answers)}.yml`,
      isNew: !original,
      changes: [...new Set(labels)],
      fields: original ? this.#correction(original, changes) : this.#named(),
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

  /** Return what an issue about a change says: the page, and what it should say by the names of the questions. */
  #correction(original: Original, changes: string[]): [string, string][] {
    const lines = changes.map(path => {
      const controls = controlsOf(this.#form).filter(one => one.dataset["path"] === path)
      const chosen = controls.filter(one => !(one instanceof HTMLInputElement && one.type === "checkbox" && !one.checked))
      return `${this.#data.fields[fieldPath(path)]?.label ?? path}: ${chosen.map(one => one.value).join(", ")}`
    })
    const page = new URL(`${this.#form.dataset["root"]}kansen/${original.slug}/`, location.href)
    return [["page", page.href], ["now", lines.join("\n")]]
  }

  /** Return the answers by the names of the fields, which are those of the form; choices in words. */
  #named(): [string, string][] {
    const named = new Map<string, string[]>()
    for (const control of controlsOf(this.#form)) {
      const isUnchecked = control instanceof HTMLInputElement && control.type === "checkbox" && !control.checked
      if (!control.value.trim() || isUnchecked) continue
      const label = control instanceof HTMLSelectElement ? control.selectedOptions[0]?.text : control.labels?.[0]?.textContent
      const isChosen = control instanceof HTMLSelectElement || control.closest("fieldset")
      named.set(control.name, [...(named.get(control.name) ?? []), (isChosen ? label : control.value)?.trim() ?? ""])
    }
    return [...named].map(([name, values]) => [name, values.join(", ")])
  }

  #labelOf(path: string, value: string): string {
    for (const control of controlsOf(this.#form)) {
      if (control.dataset["path"] !== path) continue
      if (control instanceof HTMLSelectElement) {
        return [...control.options].find(one => one.value === value)?.text.trim() ?? value
      }
    }
    return value
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
    this.#show(original.answers)
    for (const part of this.#form.querySelectorAll<HTMLElement>("[data-part]")) {
      part.hidden = part.dataset["part"] !== "confirmation"
    }
    find(this.#page, "[data-lead]").textContent = this.#form.dataset["stillRight"] ?? ""
    const day = find<HTMLInputElement>(this.#form, "[data-path='confirmation.on']")
    day.checked = true
    if (!original.answers.has("confirmation.by")) this.#set("confirmation.by", text(original.answers, "name"))
    void this.#send()
  }
}

function find<T extends HTMLElement = HTMLElement>(within: ParentNode, selector: string): T {
  const found = within.querySelector<T>(selector)
  if (!found) throw new Error(`the page of the form lacks ${selector}`)
  return found
}

/** Fetch a file and return the original that is being changed, with what the form shows of it. */
async function originalOf(form: HTMLFormElement, root: string, slug: string): Promise<Original> {
  const response = await fetch(`${root}kansen/${slug}/${slug.split("/")[1]}.yml`)
  if (!response.ok) throw new Error(`${response.status}`)
  const source = await response.text()
  const values = answersOf(valuesOf(source))
  values.delete("confirmation.on")
  for (const [path] of [...values]) {
    const municipality = path.replace(/place$/, "municipality")
    if (path.endsWith("address.place") && !values.has(municipality)) values.set(municipality, slug.split("/")[0] ?? "")
  }
  for (const part of LISTS) {
    const items = find(form, `[data-items="${part}"]`)
    while (items.childElementCount < countOf(values, part)) addItem(items)
  }
  fill(form, values)
  return { slug, source, answers: read(form) }
}

async function main(page: Document): Promise<void> {
  const form = page.querySelector<HTMLFormElement>("#formulier")
  if (!form) return
  const root = form.dataset["root"] ?? "./"
  const asked = new Map<string, Promise<Known[]>>()
  const namesOf = (municipality: string): Promise<Known[]> => {
    const found = asked.get(municipality) ?? fetch(`${root}assets/namen/${municipality}.json`).then(answer => answer.json() as Promise<Known[]>)
    asked.set(municipality, found)
    return found
  }
  const data = (await (await fetch(`${root}assets/formulier.json`)).json()) as Data
  find(page, "#plaatsen").replaceChildren(...Object.keys(data.places).map(name => new Option(name, name)))
  chooseOrganisation(page, root, namesOf)
  for (const element of page.querySelectorAll<HTMLElement>("[data-script]:not(.part__number)")) element.hidden = false
  const wish = new URLSearchParams(location.search)
  if (form.dataset["mode"] === "add") {
    new Form(page, form, data, namesOf, undefined).start(wish)
    return
  }
  const slug = wish.get("bestand") ?? ""
  if (!SLUG.test(slug)) {
    find(page, "[data-missing]").hidden = false
    find<HTMLDetailsElement>(page, "details.choose").open = true
    return
  }
  try {
    const original = await originalOf(form, root, slug)
    form.hidden = false
    new Form(page, form, data, namesOf, original).start(wish)
  } catch {
    find(page, "[data-unread]").hidden = false
    find<HTMLDetailsElement>(page, "details.choose").open = true
  }
}

main(document).catch(() => {
  for (const element of document.querySelectorAll<HTMLElement>("[data-without-script]")) element.dataset["shown"] = ""
})
