import { make, part } from "../finder/dom"

/** A sign that the server drew for scripts. */
export function sign(root: HTMLElement, name: string, group = "sign"): Node {
  const found = part(root, "signs").querySelector(`[data-${group}="${CSS.escape(name)}"]`)
  return found?.firstElementChild?.cloneNode(true) ?? document.createTextNode("")
}

/** A button with a sign and words. */
export function button(root: HTMLElement, icon: string, words: string, act: () => void, name = "button button--quiet"): HTMLButtonElement {
  const made = make("button", name)
  made.type = "button"
  if (icon) made.append(sign(root, icon))
  made.append(words)
  made.addEventListener("click", act)
  return made
}

/** A field that asks what something new is called: with Enter it is made, with Escape it is not. */
export function quick(root: HTMLElement, label: string, go: string, done: (name: string) => void, stop: () => void): HTMLElement {
  const form = make("form", "quick")
  const field = make("input", "field quick__field")
  field.setAttribute("aria-label", label)
  field.placeholder = label
  field.autocomplete = "off"
  field.maxLength = 90
  const send = make("button", "button quick__go")
  send.append(sign(root, "plus"), go)
  form.append(field, send)
  form.addEventListener("submit", event => {
    event.preventDefault()
    const name = field.value.trim()
    if (name) done(name)
    else stop()
  })
  form.addEventListener("keydown", event => {
    if (event.key !== "Escape") return
    event.stopPropagation()
    stop()
  })
  form.addEventListener("focusout", event => {
    if (!field.value.trim() && form.isConnected && !form.contains(event.relatedTarget as Node | null)) stop()
  })
  return form
}
