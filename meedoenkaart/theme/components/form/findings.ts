import { controlsOf, focusables } from "./answers"
import { type Data, type Finding } from "./model"
import { shortened, words } from "./rules"
import { replaceText } from "./typing"

/** Show findings at their questions, with `offers` of what an answer should perhaps be; those at other questions go away. */
export function showFindings(form: HTMLFormElement, data: Data, findings: Finding[], offers: ReadonlyMap<string, string>): void {
  for (const question of form.querySelectorAll<HTMLElement>("[data-question]")) {
    const own = findings.filter(one => one.path === question.dataset["question"])
    const message = question.querySelector<HTMLElement>(".question__problem")
    const spoken = own.map(one => words(data, one)).join(" ")
    const path = question.dataset["question"] ?? ""
    const perhaps = offers.get(path)
    offer(form, question, own.find(one => one.values["mended"]) ?? (perhaps ? { path, rule: "", values: { mended: perhaps } } : undefined))
    // What it said last, not what stands there: a browser that translates changes that, and saying it again would be heard again.
    if (!message || (message.dataset["said"] ?? "") === spoken) continue
    message.dataset["said"] = spoken
    const wrong = own.some(one => isError(data, one))
    message.textContent = spoken
    message.dataset["rules"] = own.map(one => one.rule).join(" ")
    message.classList.toggle("question__problem--error", wrong)
    for (const control of controlsOf(question)) {
      if (wrong) control.setAttribute("aria-invalid", "true")
      else control.removeAttribute("aria-invalid")
    }
  }
}

/** Offer a right answer below a question: one click puts it in the place of the wrong one, and others with it. */
function offer(form: HTMLFormElement, question: HTMLElement, finding: Finding | undefined): void {
  const offered = question.querySelector<HTMLElement>("[data-mend]")
  const [control] = controlsOf(question)
  const mended = finding?.values["mended"]
  if (offered && offered.dataset["mend"] === mended && !finding?.also) return
  offered?.remove()
  if (!mended || !control) return
  const button = document.createElement("button")
  button.type = "button"
  button.className = "button button--quiet question__mend"
  button.dataset["mend"] = mended
  button.textContent = (form.dataset["mend"] ?? "").replace("{value}", () => shortened(finding.values["right"] ?? mended))
  button.addEventListener("click", () => {
    for (const [path, right] of [...(finding.also ?? []), [control.dataset["path"], mended] as const]) {
      const one = controlsOf(form).find(({ dataset }) => dataset["path"] === path)
      if (one && !(one instanceof HTMLSelectElement)) replaceText(one, 0, one.value.length, right)
    }
    control.dispatchEvent(new Event("change", { bubbles: true }))
  })
  question.append(button)
}

/** Say whether a finding keeps a file from being published. */
export function isError(data: Data, finding: Finding): boolean {
  return data.rules[finding.rule]?.severity !== "warning"
}

/** List errors above the form, each a link to its question, and move the focus there. */
export function showSummary(form: HTMLFormElement, data: Data, errors: Finding[], focus: boolean): void {
  const box = form.querySelector<HTMLElement>("[data-summary]")
  const list = form.querySelector<HTMLElement>("[data-summary-list]")
  if (!box || !list) return
  box.hidden = errors.length === 0
  const order = [...form.querySelectorAll<HTMLElement>("[data-question]")].map(one => one.dataset["question"])
  const sorted = [...errors].sort((one, other) => order.indexOf(one.path) - order.indexOf(other.path))
  list.replaceChildren(...sorted.map(error => line(form, data, error)))
  if (!errors.length || !focus) return
  box.focus({ preventScroll: true })
  box.scrollIntoView()
}

function line(form: HTMLFormElement, data: Data, error: Finding): HTMLElement {
  const item = document.createElement("li")
  const question = [...form.querySelectorAll<HTMLElement>("[data-question]")].find(
    one => one.dataset["question"] === error.path,
  )
  const control = question && controlsOf(question)[0]
  const link = document.createElement("a")
  link.textContent = words(data, error)
  if (control?.id) link.href = `#${control.id}`
  else if (question?.id) link.href = `#${question.id}`
  link.addEventListener("click", event => {
    event.preventDefault()
    if (!question) return
    for (let fold = question.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true
    question.scrollIntoView({ block: "center" })
    focusables(question)[0]?.focus({ preventScroll: true })
  })
  item.append(link)
  return item
}
