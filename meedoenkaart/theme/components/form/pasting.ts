import { type TextControl, replaceText } from "./typing"

/** Signs that nobody sees: soft hyphens, signs of no width, marks of direction. */
const INVISIBLE = /[\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu
const ODD_SPACE = /[\t\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu
/** The bullets of word processors; a hyphen, an asterisk or an o only with white space behind it. */
const BULLET = /^\s*(?:[•·▪▫◦‣⁃∙●○■□➢✓\u{f000}-\u{f0ff}]\s*|[-*–—o§]\s+)(?=\S)/u

/** Return a text as it can stand on the map: bullets become sentences, and what is odd and unseen goes. */
export function tidied(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029]/gu, "\n").replace(INVISIBLE, "").split("\n")
  return lines.map(line => spaced(BULLET.test(line) ? sentence(line.replace(BULLET, "")) : line)).join("\n")
}

function spaced(line: string): string {
  return line.replace(ODD_SPACE, " ").replace(/ {2,}/g, " ")
}

function sentence(item: string): string {
  const words = item.trim()
  const first = String.fromCodePoint(words.codePointAt(0) ?? 32)
  return first.toUpperCase() + words.slice(first.length) + (/[.!?…:;,]$/u.test(words) ? "" : ".")
}

/** Tidy what somebody pastes into a form, say so below the field, and let them take it back. */
export function tidyPasted(form: HTMLFormElement): void {
  form.addEventListener("paste", event => {
    const control = event.target
    if (!isText(control)) return
    const raw = event.clipboardData?.getData("text/plain") ?? ""
    const oneLine = control instanceof HTMLInputElement
    const tidy = oneLine ? tidied(raw).trim().replace(/\s*\n\s*/g, " ") : tidied(raw)
    if (tidied(raw) === raw) return
    event.preventDefault()
    const start = control.selectionStart ?? 0
    replaceText(control, start, control.selectionEnd ?? start, tidy)
    tell(form, control, oneLine ? raw.replace(/[\r\n]+/g, " ") : raw, start, tidy)
  })
}

function tell(form: HTMLFormElement, control: TextControl, raw: string, start: number, tidy: string): void {
  const question = control.closest<HTMLElement>("[data-question]")
  if (!question) return
  question.querySelector("[data-tidied]")?.remove()
  const note = form.querySelector<HTMLTemplateElement>("template[data-tidied-note]")?.content.firstElementChild?.cloneNode(true)
  if (!(note instanceof HTMLElement)) return
  const [said, undo] = [note.querySelector<HTMLElement>("[role=status]"), note.querySelector("button")]
  question.append(note)
  if (said) window.setTimeout(() => (said.textContent = said.dataset["text"] ?? ""), 0) // a region tells what comes into it
  undo?.addEventListener("click", () => {
    if (control.value.startsWith(tidy, start)) replaceText(control, start, start + tidy.length, raw)
    control.dispatchEvent(new Event("change", { bubbles: true }))
    if (said) said.textContent = said.dataset["undone"] ?? ""
    undo.remove()
  })
}

function isText(target: EventTarget | null): target is TextControl {
  if (target instanceof HTMLTextAreaElement) return target.dataset["path"] !== undefined
  return target instanceof HTMLInputElement && target.type === "text" && target.dataset["path"] !== undefined
}
