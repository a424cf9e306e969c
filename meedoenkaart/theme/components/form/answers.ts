import type { Answer, Answers, Tree } from "./model"

/** Half a character: no file and no address can hold one. */
const HALF = /\p{Surrogate}/gu

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** Return the controls of a form that hold an answer. */
export function controlsOf(form: ParentNode): Control[] {
  return [...form.querySelectorAll<Control>("[data-path]")]
}

/** Return what can have the focus within a part of a form, in sight. */
export function focusables(part: ParentNode): HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>("input, select, textarea")].filter(one => one.getClientRects().length > 0)
}

/** Say whether a control's answer counts: not of a part that is not ticked, nor of days that stand in another answer. */
export function counts(control: Control): boolean {
  return control.closest("[data-unticked], [data-composed]") === null
}

/** Show the parts that are ticked; the answers of the others do not count. */
export function showTicked(form: ParentNode): void {
  for (const tick of form.querySelectorAll<HTMLInputElement>("[data-tick]")) {
    const part = form.querySelector<HTMLElement>(`[data-ticked="${tick.dataset["tick"]}"]`)
    part?.toggleAttribute("data-unticked", !tick.checked)
    part?.toggleAttribute("hidden", !tick.checked)
  }
}

/** Tick the parts that have answers; a page is where most know it from. */
export function tick(form: ParentNode, answers: Answers): void {
  const has = (part: string): boolean => [...answers.keys()].some(path => path.startsWith(`${part}.`))
  const told = answers.has("confirmation.on")
  for (const box of form.querySelectorAll<HTMLInputElement>("[data-tick]")) {
    box.checked = box.dataset["tick"] === "confirmation" ? told : has("sources") || !told
  }
  showTicked(form)
}

/** Return the answers of a form; what is empty is left out. */
export function read(form: ParentNode): Answers {
  const answers: Answers = new Map()
  for (const control of controlsOf(form)) {
    const path = control.dataset["path"] ?? ""
    if (!counts(control)) continue
    if (!(control instanceof HTMLInputElement) || control.type !== "checkbox") {
      const written = control.value.replace(HALF, "\ufffd").trim()
      if (written) answers.set(path, written)
    } else if (control.checked) {
      const before = answers.get(path)
      const several = control.closest("fieldset") !== null
      answers.set(path, several ? [...(Array.isArray(before) ? before : []), control.value] : control.value)
    }
  }
  return answers
}

/** Put answers into a form; controls without an answer become empty, but for those of parts that are not ticked. */
export function fill(form: ParentNode, answers: Answers): void {
  for (const control of controlsOf(form)) {
    if (control.closest("[data-unticked]")) continue
    const answer: Answer = answers.get(control.dataset["path"] ?? "") ?? ""
    if (control instanceof HTMLInputElement && control.type === "checkbox") {
      control.checked = Array.isArray(answer) ? answer.includes(control.value) : answer === control.value
    } else if (typeof answer === "string") {
      control.value = answer
    }
  }
}

/** Offer answers that the page does not, by their names: municipalities beyond the region, which are known all the same. */
export function offer(form: ParentNode, answers: Answers, names: Record<string, string>): void {
  for (const [path, answer] of answers) {
    const own = controlsOf(form).filter(one => one.dataset["path"] === path)
    const [first] = own
    for (const value of Array.isArray(answer) ? answer : [answer]) {
      const name = names[value]
      if (name === undefined) continue
      if (first instanceof HTMLSelectElement && ![...first.options].some(one => one.value === value)) {
        first.append(new Option(name, value))
      } else if (first instanceof HTMLInputElement && first.type === "checkbox" && !own.some(one => one.value === value)) {
        const label = first.closest("label")?.cloneNode(true) as HTMLElement | undefined
        const [box] = label ? controlsOf(label) : []
        if (!label || !box) continue
        box.value = value
        label.lastElementChild?.replaceChildren(name)
        own.at(-1)?.closest("label")?.after(label)
      }
    }
  }
}

/** Return the answers that a file's values give; of a text in several languages the Dutch one. */
export function answersOf(tree: Tree, path = ""): Answers {
  const answers: Answers = new Map()
  if (typeof tree === "string") {
    answers.set(path, tree.split(/\s+/u).join(" "))
  } else if (Array.isArray(tree)) {
    const texts = tree.filter(one => typeof one === "string")
    if (texts.length === tree.length) return answers.set(path, texts)
    tree.forEach((one, index) => {
      for (const [inner, answer] of answersOf(one, `${path}.${index}`)) answers.set(inner, answer)
    })
  } else if (path && typeof tree["nl"] === "string") {
    answers.set(path, tree["nl"])
  } else {
    for (const [name, one] of Object.entries(tree)) {
      for (const [inner, answer] of answersOf(one, path ? `${path}.${name}` : name)) answers.set(inner, answer)
    }
  }
  return answers
}

/** Return the lists within a part of the form. */
export function listsWithin(part: ParentNode): HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>("[data-items]")]
}

/** Add an item to a list of the form: a copy of the first, empty and with paths of its own. */
export function addItem(items: HTMLElement): HTMLElement {
  const first = items.firstElementChild as HTMLElement
  const index = items.childElementCount
  const added = copied(first)
  for (const note of added.querySelectorAll("[data-tidied]")) note.remove()
  for (const inner of listsWithin(added)) inner.replaceChildren(inner.firstElementChild as HTMLElement)
  const part = items.dataset["items"] ?? ""
  renumber(added, part, 0, index)
  fill(added, new Map())
  for (const details of added.querySelectorAll("details")) details.open = false
  items.append(added)
  return added
}

/** Return a copy of an item, without the maps that were opened in it. */
function copied(item: HTMLElement): HTMLElement {
  const maps = [...item.querySelectorAll<HTMLElement>("[data-spot-map]")]
  const shown = maps.map(one => [...one.childNodes])
  for (const one of maps) one.replaceChildren()
  const copy = item.cloneNode(true) as HTMLElement
  maps.forEach((one, index) => one.replaceChildren(...(shown[index] ?? [])))
  for (const one of copy.querySelectorAll<HTMLElement>("[data-spot-map]")) one.hidden = true
  for (const one of copy.querySelectorAll("[data-spot-open]")) one.setAttribute("aria-expanded", "false")
  return copy
}

/** Take an item out of a list of the form and close the gap. */
export function removeItem(items: HTMLElement, item: HTMLElement): void {
  const index = [...items.children].indexOf(item)
  item.remove()
  const part = items.dataset["items"] ?? ""
  ;[...items.children].slice(index).forEach((later, offset) => {
    renumber(later as HTMLElement, part, index + offset + 1, index + offset)
  })
}

const NUMBERED = ["data-path", "data-question", "data-item", "data-items", "data-more", "id", "name", "for", "aria-describedby"]

function renumber(item: HTMLElement, part: string, from: number, to: number): void {
  const names = `${part}.`.replaceAll(".0.", ".").replaceAll(".", "_")
  const name = (index: number): string => (index ? `${names}${index}_` : names)
  const start = (index: number): string => `${part}.${index}`
  for (const element of [item, ...item.querySelectorAll("*")]) {
    for (const attribute of NUMBERED) {
      const value = element.getAttribute(attribute)
      if (value === null) continue
      const moved = attribute.startsWith("data-")
        ? `${value}.`.startsWith(`${start(from)}.`) ? start(to) + value.slice(start(from).length) : value
        : value.split(" ").map(one => (one.startsWith(name(from)) ? name(to) + one.slice(name(from).length) : one)).join(" ")
      element.setAttribute(attribute, moved)
    }
    if (element instanceof HTMLElement && element.dataset["number"] !== undefined && element.closest("[data-item]") === item) {
      element.textContent = `${element.dataset["number"]} ${to + 1}`
    }
  }
  const called = item.getAttribute("aria-label") ?? ""
  item.setAttribute("aria-label", called.replace(/\d+$/, `${to + 1}`))
}
