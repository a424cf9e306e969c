type Field = HTMLInputElement | HTMLSelectElement

/**
 * Keep what is chosen in a form in the page's address, and take over what an address says.
 *
 * What an address says that is no choice here is left alone. `tell` is called now and after every change.
 */
export function rememberChoices(form: HTMLFormElement, tell: (chosen: URLSearchParams) => void = () => undefined): void {
  const asked = new URLSearchParams(location.search)
  for (const field of fields(form)) if (asked.has(field.name)) take(field, asked.getAll(field.name))
  form.addEventListener("submit", event => event.preventDefault())
  for (const field of fields(form))
    field.addEventListener("change", () => {
      const chosen = choices(form)
      history.replaceState(null, "", chosen.size ? `?${chosen}` : location.pathname)
      tell(chosen)
    })
  tell(choices(form))
}

function fields(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((one): one is Field => one instanceof HTMLInputElement || one instanceof HTMLSelectElement)
}

function choices(form: HTMLFormElement): URLSearchParams {
  const chosen = fields(form).filter(field => !isBox(field) || field.checked)
  return new URLSearchParams(chosen.map(({ name, value }) => [name, value]))
}

function take(field: Field, values: readonly string[]): void {
  if (isBox(field)) field.checked ||= values.includes(field.value)
  else if (field instanceof HTMLSelectElement && [...field.options].some(({ value }) => values.includes(value))) field.value = values[0] ?? ""
}

function isBox(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")
}
