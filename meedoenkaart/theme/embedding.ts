import { fill } from "./components/finder/data"
import { get, setText } from "./components/finder/dom"

/** The page that makes the code of a piece for other sites, with the piece itself beside it. */

const USUAL = "6"
/** What is asked of the finder's own pages too, by the same names. */
const FILTERS = ["activiteit", "sector", "taal", "vergunning"]

interface Piece {
  readonly src: string
  readonly all: string
  readonly title: string
  readonly text: string
}

const make = document.querySelector<HTMLElement>(".embedding__make")
if (make) start(make)

function start(make: HTMLElement): void {
  const form = get<HTMLFormElement>(make, "form")
  const { site = "", base = "", snippet = "", script = "" } = make.dataset
  const [frame, link, code, status] = [get<HTMLIFrameElement>(make, "iframe"), get<HTMLAnchorElement>(make, ".embedding__link"), get(make, ".embedding__code"), get(make, "[role=status]")]
  const show = (): void => {
    const chosen = new FormData(form)
    for (const one of make.querySelectorAll<HTMLElement>("[data-for]")) one.hidden = !one.dataset["for"]?.split(" ").includes(String(chosen.get("stuk"))) && one.dataset["for"] !== ""
    if (!form.checkValidity()) return
    const piece = chosenIn(form, chosen)
    const values = { src: escaped(site + piece.src), title: escaped(piece.title), all: escaped(site + piece.all), text: escaped(piece.text) }
    setText(code, fill(snippet, values) + (chosen.has("hoogte") ? `\n${script}` : ""))
    setText(link, site + piece.all)
    link.href = base + piece.all
    if (frame.getAttribute("src") !== base + piece.src) frame.src = base + piece.src
    setText(status, "")
  }
  form.addEventListener("change", show)
  form.addEventListener("submit", event => {
    event.preventDefault()
    show()
  })
  window.addEventListener("message", ({ data, source }: MessageEvent<{ meedoenkaart?: { height?: unknown } } | null>) => {
    const height = Number(data?.meedoenkaart?.height)
    if (source === frame.contentWindow && height > 0) frame.height = String(height)
  })
  get(make, ".embedding__copy").addEventListener("click", () => {
    const say = (text: string): void => setText(status, text)
    navigator.clipboard.writeText(code.textContent).then(() => say("Gekopieerd."), () => say("Kopiëren lukt niet. Selecteer de code zelf."))
  })
  show()
}

/** What is chosen: where it lies, and where all of it is. */
function chosenIn(form: HTMLFormElement, chosen: FormData): Piece {
  const value = (name: string): string => String(chosen.get(name) ?? "")
  const label = (name: string): string => get<HTMLSelectElement>(form, `[name=${name}]`).selectedOptions[0]?.text ?? ""
  const way = value("in")
  const colours = value("kleur") ? { kleur: value("kleur") } : {}
  const piece = value("stuk")
  if (piece === "mag-dit") return { src: `${way}embed/mag-dit/${query(colours)}`, all: `${way}kansen/?vergunning=nee`, title: label("stuk"), text: "Wat er mag zonder vergunning" }
  if (piece === "route") {
    const [slug, name] = [value("route"), label("route")]
    return { src: `${way}embed/route/${slug}/${query(colours)}`, all: `${way}gemeenten/${slug}/`, title: `De route van ${name}`, text: `De hele route van ${name}` }
  }
  const [kind = "", slug = ""] = value("plaats").split("=")
  const filters = Object.fromEntries(FILTERS.map(name => [name, value(name)]).filter(([, one]) => one))
  const many = value("aantal") === USUAL ? {} : { aantal: value("aantal") }
  const bij = kind === "azc" ? { bij: slug } : { bij: `gemeente-${slug}`, straal: "gemeente" }
  const title = `${label("stuk")} ${kind === "azc" ? "bij" : "in"} ${label("plaats")}`
  return {
    src: `${way}embed/${piece}/${query({ [kind]: slug, ...filters, ...many, ...colours })}`,
    all: `${way}${piece}/${query(piece === "agenda" ? bij : { ...bij, ...filters })}`,
    title,
    text: piece === "agenda" ? "De hele agenda" : "Alle kansen",
  }
}

function query(values: Readonly<Record<string, string>>): string {
  const written = new URLSearchParams(values).toString()
  return written && `?${written}`
}

/** A text as it stands within an attribute or an element. */
function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;")
}
