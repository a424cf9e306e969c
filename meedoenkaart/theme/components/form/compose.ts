import { controlsOf } from "./answers"
import { folded } from "./recurrence"
import type { TextControl } from "./typing"

/** A choice that writes a text such as "elke tweede zaterdag"; what each option says stands on it. */
interface Choice {
  element: HTMLElement
  how: HTMLSelectElement
  /** The field that counts. */
  field: TextControl
  /** That field with its label, for who says it otherwise. */
  words: HTMLElement
  /** The days of the week beside it. */
  days: HTMLElement | null
}

/** Write what was chosen; return the path of the text that changed with it. The field itself is all that counts. */
export function compose(target: Element, region: string): string | undefined {
  const choice = choiceAt(target)
  if (!choice) return undefined
  const { how, field } = choice
  if (target === field) {
    if (!isOther(how)) recognise(choice)
    return undefined
  }
  if (!how.value && choice.days?.contains(target)) how.value = valueOf(how, option => option.dataset["days"] === "alone")
  for (const asked of askedOf(choice, "region")) {
    if (target === how && asked instanceof HTMLSelectElement) asked.value ||= region
  }
  write(choice)
  reveal(choice)
  return field.dataset["path"]
}

/** Show as choices what the fields within a part of the form say. */
export function showComposed(part: ParentNode): void {
  for (const element of part.querySelectorAll("[data-compose]")) {
    const choice = choiceAt(element)
    if (choice) recognise(choice)
  }
}

/** Return the choice that an element belongs to: as a part of it, as its text, or as a day of the week beside it. */
function choiceAt(target: Element): Choice | undefined {
  const own = target.closest("[data-question]")?.querySelector<HTMLElement>("[data-compose]")
  const beside = target.closest("[data-days-of]")?.closest("[data-item]")?.querySelector<HTMLElement>("[data-compose]")
  const element = own ?? beside
  const question = element?.closest("[data-question]")
  const words = question?.querySelector<HTMLElement>("[data-written]")
  const how = element?.querySelector<HTMLSelectElement>("[data-how]")
  const field = words && controlsOf(words)[0]
  if (!element || !words || !how || !field || field instanceof HTMLSelectElement) return undefined
  const days = element.closest("[data-item]")?.querySelector<HTMLElement>("[data-days-of]") ?? null
  return { element, how, field, words, days }
}

/** Put what the chosen option says into the field; a text that says the same in other words stays. */
function write(choice: Choice): void {
  const { how, field } = choice
  const option = how.selectedOptions[0]
  if (!option || isOther(how)) return
  const known = (name: string): string => valueNamed(choice, name)
  const full = templatesOf(option).filter(template => namesIn(template).every(known))
  const asked = namesIn(full[0] ?? "").join()
  const lines = full
    .filter(template => namesIn(template).join() === asked)
    .map(template => template.replace(/\{(\w+)\}/g, (_, name: string) => known(name)))
  if (option.dataset["days"] === "alone" && boxesOf(choice.days).some(box => box.checked)) field.value = ""
  else if (!lines.includes(folded(field.value))) field.value = lines[0] ?? ""
}

function valueNamed(choice: Choice, name: string): string {
  const values = askedOf(choice, name).flatMap(one => (one.type !== "checkbox" || (one as HTMLInputElement).checked ? [one.value] : []))
  if (name !== "nth") return values[0] ?? ""
  const days = boxesOf(choice.days).filter(one => one.checked).map(one => one.value)
  return values.length ? listed(days.map(day => `${listed(values)} ${day}`)) : ""
}

/** Choose what the field says; what no option says is shown as text. */
function recognise(choice: Choice): void {
  const { how, field, days } = choice
  const boxes = boxesOf(days)
  if (days?.dataset["composed"] !== undefined) for (const box of boxes) box.checked = false
  for (const asked of choice.element.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-value]")) {
    if (asked instanceof HTMLInputElement && asked.type === "checkbox") asked.checked = false
    else asked.value = ""
  }
  const text = folded(field.value)
  if (!text) {
    how.value = boxes.some(box => box.checked) ? valueOf(how, option => option.dataset["days"] === "alone") : ""
  } else {
    const found = matchOf(choice, text)
    how.value = found?.option.value ?? valueOf(how, option => option.value !== "" && !templatesOf(option).length)
    if (found) show(choice, found.values)
  }
  reveal(choice)
}

interface Match {
  option: HTMLOptionElement
  values: Map<string, string>
}

/** Find the option that says a text: with all that it asks, or else without. */
function matchOf(choice: Choice, text: string): Match | undefined {
  const all = [...choice.how.options].flatMap(option => templatesOf(option).map(template => ({ option, template })))
  const isLess = ({ option, template }: (typeof all)[number]): boolean => namesIn(template).length < namesIn(templatesOf(option)[0] ?? "").length
  for (const { option, template } of [...all.filter(one => !isLess(one)), ...all.filter(isLess)]) {
    const pattern = template.replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${patternOf(choice, name)})`)
    const found = new RegExp(`^${pattern}$`, "u").exec(text)
    if (!found) continue
    const values = new Map(Object.entries(found.groups ?? {}))
    if (!values.has("nth") || nthOf(choice, values.get("nth") ?? "")) return { option, values }
  }
  return undefined
}

function patternOf(choice: Choice, name: string): string {
  if (name === "date") return "[0-9]{4}-[0-9]{2}-[0-9]{2}"
  if (name === "nth") return ".+"
  return askedOf(choice, name)
    .flatMap(one => (one instanceof HTMLSelectElement ? [...one.options].map(option => option.value).filter(Boolean) : []))
    .join("|")
}

/** Return which of which days it is, where it is the same ones of each day. */
function nthOf(choice: Choice, text: string): { which: string[]; days: string[] } | undefined {
  const which = askedOf(choice, "nth").map(one => one.value)
  const days = boxesOf(choice.days).map(one => one.value)
  const found = new Map<string, string[]>()
  let waiting: string[] = []
  for (const word of text.split(/ en |, ?| /u)) {
    if (which.includes(word)) waiting.push(word)
    else if (days.includes(word) && waiting.length && !found.has(word)) {
      found.set(word, waiting)
      waiting = []
    } else return undefined
  }
  const [first = [], ...others] = found.values()
  return !waiting.length && others.every(one => one.join() === first.join()) ? { which: first, days: [...found.keys()] } : undefined
}

function show(choice: Choice, values: Map<string, string>): void {
  for (const [name, value] of values) {
    const nth = name === "nth" ? nthOf(choice, value) : undefined
    for (const asked of askedOf(choice, name)) {
      if (asked instanceof HTMLInputElement && asked.type === "checkbox") asked.checked = nth?.which.includes(asked.value) ?? false
      else asked.value = value
    }
    for (const box of nth ? boxesOf(choice.days) : []) box.checked = nth?.days.includes(box.value) ?? false
  }
}

/** Show what the chosen option asks; days of the week that stand in the text are no answer of their own. */
function reveal(choice: Choice): void {
  const { element, how, words, days } = choice
  for (const asked of element.querySelectorAll<HTMLElement>("[data-of]")) asked.hidden = asked.dataset["of"] !== how.value
  words.hidden = !isOther(how)
  if (!days) return
  const say = how.selectedOptions[0]?.dataset["days"] ?? ""
  const isAsked = !how.value || say !== ""
  days.hidden = !isAsked
  days.toggleAttribute("data-composed", !isAsked || (say === "within" && valueNamed(choice, "nth") !== ""))
}

function isOther(how: HTMLSelectElement): boolean {
  const option = how.selectedOptions[0]
  return option !== undefined && option.value !== "" && !templatesOf(option).length
}

/** Return the controls in which the chosen option, or else any, asks something. */
function askedOf({ element, how }: Choice, name: string): (HTMLInputElement | HTMLSelectElement)[] {
  const all = [...element.querySelectorAll<HTMLInputElement | HTMLSelectElement>(`[data-value="${name}"]`)]
  const own = all.filter(one => one.closest<HTMLElement>("[data-of]")?.dataset["of"] === how.value)
  return own.length ? own : all
}

function boxesOf(days: HTMLElement | null): HTMLInputElement[] {
  return [...(days?.querySelectorAll<HTMLInputElement>("[data-path]") ?? [])]
}

function templatesOf(option: HTMLOptionElement): string[] {
  return (option.dataset["says"] ?? "").split("|").filter(Boolean)
}

function namesIn(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name)
}

function valueOf(how: HTMLSelectElement, is: (option: HTMLOptionElement) => boolean): string {
  return [...how.options].find(is)?.value ?? ""
}

function listed(words: string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} en ${words.at(-1)}` : (words[0] ?? "")
}
