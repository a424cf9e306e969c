/**
 * Make each button of the colour scheme choose the next scheme.
 *
 * Material's script applies what the radio inputs say and shows only the button after the chosen one.
 */
export function chooseScheme(page: Document): void {
  const form = page.querySelector<HTMLFormElement>("form.scheme")
  const choices = [...(form?.querySelectorAll("input") ?? [])]
  const buttons = [...(form?.querySelectorAll("button") ?? [])]
  buttons.forEach((button, index) => {
    const next = (index + 1) % choices.length
    button.addEventListener("click", () => {
      choices[next]?.click()
      buttons[next]?.focus()
    })
    // Material also acts on Enter, which would choose twice.
    button.addEventListener("keydown", event => {
      if (event.key === "Enter") event.stopPropagation()
    })
  })
}
