import { type Answers, type Data, indexesOf, list, text } from "./model"
import { sentence } from "./sentence"

/** Shows the cards as they will look, made of the card that the site's own template drew. */
export class Preview {
  readonly #box: HTMLElement
  readonly #list: HTMLElement
  readonly #card: HTMLTemplateElement
  readonly #labels: DocumentFragment

  constructor(page: Document, box: HTMLElement) {
    this.#box = box
    this.#list = box.querySelector<HTMLElement>("[data-preview-cards]") ?? box
    this.#card = page.querySelector<HTMLTemplateElement>("template#kaart") ?? page.createElement("template")
    this.#labels = page.querySelector<HTMLTemplateElement>("template#labels")?.content ?? page.createDocumentFragment()
  }

  /** Show a card for each opportunity; `labelOf` gives the words of a choice. */
  show(answers: Answers, data: Data, labelOf: (path: string, value: string) => string): void {
    const indexes = indexesOf(answers, "opportunities")
    const cards = (indexes.length ? indexes : [0]).map(index => this.#draw(answers, data, `opportunities.${index}`, labelOf))
    this.#list.replaceChildren(...cards)
    this.#box.hidden = false
  }

  #draw(answers: Answers, data: Data, at: string, labelOf: (path: string, value: string) => string): Node {
    const card = this.#card.content.cloneNode(true) as DocumentFragment
    const part = (name: string): Element | null => card.querySelector(`.card__${name}`)
    part("keep")?.remove() // there is nothing to keep yet
    const activity = text(answers, `${at}.activity`)
    part("icon")?.querySelector("use")?.setAttribute("href", this.#icon(card, data.icons[activity] ?? "circle-question-mark"))
    const title = part("title")?.querySelector("a")
    title?.replaceWith(text(answers, `${at}.title`) || "…")
    const name = text(answers, "name")
    const ways = list(answers, `${at}.ways`)
    const own = !ways.length || ways.includes(data.place) ? text(answers, "address.place") : ""
    const place = text(answers, `${at}.locations.0.address.place`) || own
    const who = part("who")
    if (who) who.textContent = place && !name.includes(place) ? `${name || "…"}, ${place}` : name || "…"
    const when = sentence(answers, `${at}.schedule`, data.times) || text(answers, `${at}.schedule.words`)
    const time = part("when")
    if (when) time?.querySelector("span")?.replaceChildren(when)
    else time?.remove()
    part("tags")?.replaceChildren(...this.#tags(answers, data, at, labelOf))
    return card
  }

  #icon(card: DocumentFragment, name: string): string {
    const sheet = card.querySelector("use")?.getAttribute("href")?.split("#")[0] ?? ""
    return `${sheet}#${name}`
  }

  #tags(answers: Answers, data: Data, at: string, labelOf: (path: string, value: string) => string): Node[] {
    const tags: Node[] = []
    const activity = text(answers, `${at}.activity`)
    if (activity) tags.push(tag(labelOf(`${at}.activity`, activity)))
    if ([text(answers, `${at}.status`), text(answers, "status")].some(one => one && one !== "actief")) tags.push(this.#label("paused"))
    const level = text(answers, `${at}.dutch.level`)
    if (level) tags.push(tag(this.#say("dutch", { level })))
    if (text(answers, `${at}.costs.kind`) === "gratis") tags.push(tag(labelOf(`${at}.costs.kind`, "gratis")))
    tags.push(this.#label(`permission="${permission(answers, data, at)}"`))
    if (answers.has("confirmation.on")) tags.push(this.#label("confirmed"))
    else tags.push(this.#source(answers))
    return tags
  }

  #label(name: string): Node {
    const found = this.#labels.querySelector(`[data-${name}]`)?.firstElementChild
    return found?.cloneNode(true) ?? document.createTextNode("")
  }

  #source(answers: Answers): Node {
    const label = this.#label("source")
    const dates = indexesOf(answers, "sources").map(index => text(answers, `sources.${index}.date`)).sort()
    const year = dates.at(-1)?.slice(0, 4)
    label.appendChild(document.createTextNode(year ? this.#say("dated", { year }) : this.#say("undated")))
    return label
  }

  /** Return a sentence of the template's, with its values filled in. */
  #say(name: string, values: Record<string, string> = {}): string {
    const sentence = this.#labels.querySelector("[data-words]")?.getAttribute(`data-${name}`) ?? ""
    return sentence.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? "")
  }
}

function tag(words: string): Node {
  const element = document.createElement("span")
  element.className = "tag"
  element.textContent = words
  return element
}

/** Return the answer of the first rule of catalogue/legal.yml that fits, as meedoenkaart/catalogue.py does. */
function permission(answers: Answers, data: Data, at: string): string {
  const audience = list(answers, `${at}.audience`).filter(id => data.about_permit.includes(id))
  const declaration = text(answers, `${at}.requirements.declaration.status`) || "onbekend"
  const found = data.permissions.find(
    rule =>
      (!rule.activities || rule.activities.includes(text(answers, `${at}.activity`))) &&
      (!rule.only_for || (audience.length > 0 && audience.every(id => rule.only_for?.includes(id)))) &&
      (!rule.declaration || rule.declaration.includes(declaration)),
  )
  return found?.answer ?? "onbekend"
}
