type Field = HTMLInputElement | HTMLSelectElement

/**
 * Keep what is chosen in a part of a page in the page's address, and take over what an address says.
 *
 * What an address says that is no choice here is left alone. `tell` is called now and after every change.
 */
export function rememberChoices(part: HTMLElement, tell: (chosen: URLSearchParams) => void): void {
  const fields = [...part.querySelectorAll<Field>("input[name], select[name]")]
  const asked = new URLSearchParams(location.search)
  for (const field of fields) {
    if (asked.has(field.name)) take(field, asked.getAll(field.name))
    field.addEventListener("change", () => {
      const chosen = choices(fields)
      history.replaceState(null, "", String(chosen) ? `?${chosen}` : location.pathname)
      tell(chosen)
    })
  }
  tell(choices(fields))
}

function choices(fields: readonly Field[]): URLSearchParams {
  const chosen = fields.filter(field => field instanceof HTMLSelectElement || field.checked)
  return new URLSearchParams(chosen.map(({ name, value }) => [name, value]))
}

function take(field: Field, values: readonly string[]): void {
  if (field instanceof HTMLInputElement) field.checked ||= values.includes(field.value)
  else if ([...field.options].some(({ value }) => values.includes(value))) field.value = values[0] ?? ""
}
