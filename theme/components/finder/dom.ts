/** The one element that a selector names; a page without it was not made by our templates. */
export function get<T extends HTMLElement = HTMLElement>(within: ParentNode, selector: string): T {
  const found = within.querySelector<T>(selector)
  if (!found) throw new Error(`the page lacks ${selector}`)
  return found
}

/** A copy of what the server drew for scripts: `<template data-part="…">`. Made in this document, it need not move here. */
export function part(root: ParentNode, name: string): DocumentFragment {
  return document.importNode(get<HTMLTemplateElement>(root, `template[data-part="${name}"]`).content, true)
}

/** Change a text only when it differs: nothing is drawn again for nothing. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

export function make<K extends keyof HTMLElementTagNameMap>(tag: K, name: string, text = ""): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  element.className = name
  element.textContent = text
  return element
}
