/** So long may an address be that opens a mail: Windows takes hardly more. */
const LONGEST_ADDRESS = 1900

/** A part of the sheet as text. `known`: it stands on the site too, for everybody to read. */
export interface Part {
  readonly title: string
  readonly lines: readonly string[]
  readonly known: boolean
}

/** The parts of the sheet that say something, as text: what is known and what was typed; `gap` is said of unknown contacts. */
export function partsOf(sheet: HTMLElement, gap: string): Part[] {
  return [...sheet.querySelectorAll<HTMLElement>("section")]
    .map(section => ({
      title: words(section.querySelector("h3")),
      lines: [
        ...[...section.querySelectorAll<HTMLElement>("h4, li, .reached__row:not(.reached__row--gap), textarea, input:checked")].flatMap(linesOf),
        ...listed([gap, told(section, ".reached__row--gap > dt").join(", ")], " ", 1),
      ],
      known: section.dataset["known"] !== undefined,
    }))
    .filter(({ lines }) => lines.length > 0)
}

export function written(head: string, parts: readonly Part[], foot: string): string {
  return [head, ...parts.map(({ title, lines }) => [title.toUpperCase(), ...lines].join("\n")), foot].join("\n\n")
}

/** The address that opens a mail with the first of these texts for which there is room. */
export function mailAddress(subject: string, bodies: readonly string[]): { address: string; body: string } {
  const all = bodies.map(body => ({ body, address: addressOf(subject, body) }))
  return all.find(({ address }) => address.length <= LONGEST_ADDRESS) ?? all[all.length - 1]!
}

function addressOf(subject: string, body: string): string {
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replace(/\n/g, "\r\n"))}`
}

function linesOf(part: HTMLElement): string[] {
  if (part.closest("[hidden]")) return []
  if (part.matches("h4")) return [`${words(part)}:`]
  if (part instanceof HTMLTextAreaElement) return part.value.trim() ? [part.value.trim()] : []
  if (part instanceof HTMLInputElement) return [`- ${part.value}`]
  if (part.matches(".did")) return listed([...told(part, ".did__what > :not(.did__cell)"), ...typed(part)], "; ")
  if (part.matches(".reached__row"))
    return listed([words(part.querySelector("dt")), told(part, "dd > p:not(.reached__ways), dd > .reached__ways > a").join(", ")], ": ")
  if (part.matches(".prepared__one")) return listed(told(part, ".prepared__what > *, .prepared__when"), ", ")
  return listed(part.firstElementChild ? told(part, ":scope > *") : [words(part)], ", ")
}

function typed(part: HTMLElement): string[] {
  return [...part.querySelectorAll("input")]
    .filter(({ value }) => value.trim())
    .map(one => `${words(one.closest("label"))}: ${one.value.trim()}`)
}

function told(part: HTMLElement, selector: string): string[] {
  return [...part.querySelectorAll(selector)].map(words)
}

function listed(parts: readonly string[], between: string, least = 0): string[] {
  const said = parts.filter(Boolean)
  return said.length > least ? [`- ${said.join(between)}`] : []
}

function words(element: Element | null): string {
  return element?.textContent?.replace(/\s+/g, " ").trim() ?? ""
}
