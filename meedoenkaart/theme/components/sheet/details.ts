import type { Point } from "../finder/distance"
import { renewTimes } from "../when/next"

/** A row of facts, in the words of the organisation's page. */
export interface Row {
  readonly name: string
  readonly label: string
  readonly lines: readonly string[]
}

/** A way to get in touch, or that none is known (without an address). */
export interface Way {
  readonly text: string
  readonly address: string | null
}

/** What a shortlist shows of an opportunity: text only, lifted from the page of its organisation. */
export interface Details {
  readonly title: string
  /** The address of the drawing that stands for its activity. */
  readonly icon: string
  readonly who: string
  readonly what: string
  /** The activity and the sectors. */
  readonly kind: string
  readonly notice: string
  readonly rows: readonly Row[]
  /** Whether one may without a residence permit, in a sentence. */
  readonly permission: string
  readonly contact: readonly Way[]
  readonly map: string | null
  /** Where its calendar lies; null when no day is known. */
  readonly calendar: string | null
  readonly freshness: string
  readonly unknown: string
  /** Where one can take part; nowhere when one need not travel. */
  readonly spots: readonly Point[]
  /** Where it is on this site, from the root. */
  readonly url: string
}

/** `gone`: there is no such opportunity any more. `failed`: the page did not come. */
export type Loaded = Details | "gone" | "failed"

const WAYS = new Set(["http:", "https:", "mailto:", "tel:"])

/** Load the opportunities with these keys, one request for each organisation. */
export async function load(keys: readonly string[], root: URL): Promise<Map<string, Loaded>> {
  const organisations = new Set(keys.map(organisationOf))
  const pages = new Map(
    await Promise.all([...organisations].map(async one => [one, await pageAt(new URL(`kansen/${one}/`, root))] as const)),
  )
  return new Map(keys.map(key => [key, detailsOf(key, pages.get(organisationOf(key)) ?? "failed", root)]))
}

type Answer = { readonly page: Document; readonly address: URL } | "gone" | "failed"

async function pageAt(address: URL, mayMove = true): Promise<Answer> {
  try {
    const answer = await fetch(address)
    if (answer.status === 404 || answer.status === 410) return "gone"
    if (!answer.ok) return "failed"
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const moved = page.querySelector("meta[http-equiv=refresh]") && page.querySelector("a[href]")?.getAttribute("href")
    if (!moved) {
      renewTimes(page)
      return { page, address }
    }
    const target = new URL(moved, address)
    return mayMove && target.origin === address.origin ? await pageAt(target, false) : "gone"
  } catch {
    return "failed"
  }
}

function detailsOf(key: string, answer: Answer, root: URL): Loaded {
  if (typeof answer === "string") return answer
  const { page, address } = answer
  const id = key.slice(key.indexOf("#") + 1)
  const section = page.getElementById(id)
  const title = section && textOf(section, "title")
  if (!section?.matches(".opportunity") || !title) return "gone"
  return {
    title,
    icon: section.querySelector(".opportunity__icon use")?.getAttribute("href")?.replace(/^.*#/, "") ?? "",
    who: textOf(page, "who"),
    what: textOf(section, "what"),
    kind: [...section.querySelectorAll("[data-field=kind] > a")].map(text).join(", "),
    notice: [...page.querySelectorAll<HTMLElement>("[data-field=notice]")]
      .filter(one => section.contains(one) || !one.closest(".opportunity"))
      .map(one => lines(one).join(". "))
      .join(" "),
    rows: [...section.querySelectorAll<HTMLElement>("dl > [data-field]")].map(row),
    permission: textOf(section, "permission"),
    contact: [...page.querySelectorAll("ul[data-field=contact] a, span[data-field=contact]")].map(one => way(one, address)),
    map: safe(field(section, "map"), address),
    calendar: safe(section.querySelector("a[data-calendar]"), address),
    freshness: textOf(page, "freshness"),
    unknown: textOf(section, "unknown"),
    spots: spotsOf(section),
    url: `${address.href.slice(root.href.length)}#${id}`,
  }
}

function spotsOf({ dataset }: HTMLElement): Point[] {
  return (dataset["spots"] ?? "").split(" ").flatMap(one => {
    const [lat = NaN, lon = NaN] = one.split(",").map(Number)
    return Number.isFinite(lat) && Number.isFinite(lon) ? [{ lat, lon }] : []
  })
}

function row(element: HTMLElement): Row {
  return {
    name: element.dataset["field"] ?? "",
    label: text(element.querySelector("dt")),
    lines: [...element.querySelectorAll("dd > p:not(.facts__note)")].map(text),
  }
}

function way(element: Element, base: URL): Way {
  const verb = text(element.querySelector(".contact__verb"))
  const to = text(element.querySelector(".contact__to"))
  return { text: to ? `${verb}: ${to}` : text(element), address: safe(element, base) }
}

/** An address that may become a link here; contributed text is trusted no more than on the page it stood on. */
function safe(element: Element | null, base: URL): string | null {
  const found = element?.getAttribute("href")
  if (!found) return null
  try {
    const address = new URL(found, base)
    return WAYS.has(address.protocol) ? address.href : null
  } catch {
    return null
  }
}

function field(part: ParentNode, name: string): Element | null {
  return part.querySelector(`[data-field=${name}]`)
}

function textOf(part: ParentNode, name: string): string {
  return text(field(part, name))
}

/** What an element says; not that it is in Dutch, which the sheet itself tells. */
function text(element: Element | null): string {
  if (!element) return ""
  const copy = element.cloneNode(true) as Element
  for (const note of copy.querySelectorAll(".in-dutch")) note.remove()
  return copy.textContent?.replace(/\s+/g, " ").trim() ?? ""
}

function lines(element: Element): string[] {
  return [...element.querySelectorAll("p")].map(text)
}

function organisationOf(key: string): string {
  return key.slice(0, key.indexOf("#"))
}
