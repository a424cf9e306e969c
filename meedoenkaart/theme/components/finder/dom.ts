/** The one element that a selector names; a page without it was not made by our templates. */
export function get<T extends HTMLElement = HTMLElement>(within: ParentNode, selector: string): T {
  const found = within.querySelector<T>(selector)
  if (!found) throw new Error(`the page lacks ${selector}`)
  return found
}

const partsOf = new WeakMap<ParentNode, ReadonlyMap<string, DocumentFragment>>()

/** A copy of what the server drew for scripts: `<template data-part="…">`. */
export function part(root: ParentNode, name: string): DocumentFragment {
  let parts = partsOf.get(root)
  if (!parts) {
    const templates = root.querySelectorAll<HTMLTemplateElement>("template[data-part]")
    // Once into this document: a copy within it takes far less time.
    parts = new Map(Array.from(templates, one => [one.dataset["part"] ?? "", document.importNode(one.content, true)]))
    partsOf.set(root, parts)
  }
  const found = parts.get(name)
  if (!found) throw new Error(`the page lacks the part ${name}`)
  return found.cloneNode(true) as DocumentFragment
}

/** Change a text only when it differs: nothing is drawn again for nothing. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

/** The same of a text with a name in it, which no browser translates. */
export function setNamed(element: Element, text: string, name: string): void {
  if (element.textContent !== text) element.replaceChildren(...named(text, name))
}

/** Call a text Dutch, as records are written, where the page is not. */
export function setDutch(element: HTMLElement, isDutch = true): void {
  const isMarked = isDutch && document.documentElement.lang !== "nl"
  if (isMarked === (element.lang === "nl")) return
  for (const [name, value] of [["lang", "nl"], ["dir", "ltr"]] as const) {
    if (isMarked) element.setAttribute(name, value)
    else element.removeAttribute(name)
  }
}

/** A text as nodes, with the first mention of a name kept from being translated. */
export function named(text: string, name: string): (Node | string)[] {
  return apart(text, name, one => (one.translate = false))
}

/** A text as nodes, with what it quotes of a record called Dutch. */
export function quoting(text: string, quoted: string): (Node | string)[] {
  return apart(text, quoted, setDutch)
}

/** A text as nodes, with an address or a telephone number in it, which is read from the left in every language. */
export function fromLeft(text: string, address: string): (Node | string)[] {
  return apart(text, address, one => {
    one.dir = "ltr"
    one.translate = false
  })
}

/** A text as nodes, with the first mention of some words in an element that gets marked. */
function apart(text: string, words: string, mark: (element: HTMLElement) => void): (Node | string)[] {
  const at = words ? text.indexOf(words) : -1
  if (at < 0) return [text]
  const element = make("span", "", words)
  mark(element)
  return [text.slice(0, at), element, text.slice(at + words.length)]
}

/** Act when the reader asks to try again, and as soon as the browser is online again. */
export function whenAgain(button: HTMLElement, act: () => void, signal?: AbortSignal): void {
  button.addEventListener("click", act, { signal: signal! })
  window.addEventListener("online", act, { signal: signal! })
}

export function make<K extends keyof HTMLElementTagNameMap>(tag: K, name: string, text = ""): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  if (name) element.className = name
  element.textContent = text
  return element
}
