declare global {
  /** Material's: the site's address, by which it names what it keeps. */
  var __md_scope: URL
  /** Material's: the scheme that it had kept when the page began; null when none. */
  var palette: object | null
}

/**
 * Make each button of the colour scheme choose the next scheme.
 *
 * Material's script applies what the radio inputs say and shows only the button after the chosen one.
 */
export function chooseScheme(page: Document): void {
  const box = page.querySelector(".scheme")
  const choices = [...(box?.querySelectorAll("input") ?? [])]
  const buttons = [...(box?.querySelectorAll("button") ?? [])]
  // Material keeps the device's scheme as if it were chosen; then the next page would no longer follow the device.
  let chosen = globalThis.palette !== null
  const forget = (): void => {
    if (!chosen) localStorage.removeItem(`${globalThis.__md_scope.pathname}.__palette`)
  }
  forget()
  window.addEventListener("pagehide", forget)
  buttons.forEach((button, index) => {
    const next = (index + 1) % choices.length
    button.addEventListener("click", () => {
      chosen = true
      choices[next]?.click()
      buttons[next]?.focus()
    })
    // Material also acts on Enter, which would choose twice.
    button.addEventListener("keydown", event => {
      if (event.key === "Enter") event.stopPropagation()
    })
  })
}
