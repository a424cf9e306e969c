/** Parts of a page that nobody wants to hear: buttons, codes, what unfolds, notes about the language. */
const SILENT = "button, .aloud, .card__keep, .visually-hidden, .in-dutch, script, template, svg, details:not([open]) > :not(summary)"
const BLOCKS = "p, li, dt, dd, h1, h2, h3, h4, summary, div"

interface Piece {
  readonly text: string
  readonly lang: string
}

/** Let the device read parts of the page aloud, each text in its own language, if it has a voice for any of them. */
export function readAloud(page: Document): void {
  const buttons = [...page.querySelectorAll<HTMLButtonElement>(".aloud")]
  if (buttons.length === 0 || !("speechSynthesis" in window)) return
  const speech = window.speechSynthesis
  const show = (): void => {
    const spoken = new Set(speech.getVoices().map(voice => base(voice.lang)))
    for (const button of buttons) button.hidden = !spoken.has(base(page.documentElement.lang))
  }
  show()
  speech.addEventListener("voiceschanged", show)
  window.addEventListener("pagehide", () => speech.cancel())
  const rest = (): void => buttons.forEach(one => one.setAttribute("aria-pressed", "false"))
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const wasOn = button.getAttribute("aria-pressed") === "true"
      speech.cancel()
      rest()
      if (wasOn) return
      button.setAttribute("aria-pressed", "true")
      const said = pieces(button.closest<HTMLElement>("[data-aloud]") ?? page.body).flatMap(piece => utterance(piece, speech.getVoices()) ?? [])
      said.at(-1)?.addEventListener("end", () => {
        if (!speech.pending) rest()
      })
      for (const one of said) speech.speak(one)
      if (said.length === 0) rest()
    })
  }
}

/** What to say of a text: nothing in a language that the device has no voice for. */
function utterance({ text, lang }: Piece, voices: readonly SpeechSynthesisVoice[]): SpeechSynthesisUtterance | null {
  const voice = voices.find(one => one.lang.toLowerCase() === lang.toLowerCase()) ?? voices.find(one => base(one.lang) === base(lang))
  if (!voice) return null
  const said = new SpeechSynthesisUtterance(text)
  said.voice = voice
  said.lang = voice.lang
  return said
}

/** The texts of a part of the page in order, cut where the language changes and where a sentence surely ends. */
export function pieces(part: HTMLElement): Piece[] {
  const found: { text: string; lang: string; block: Element | null }[] = []
  const walker = part.ownerDocument.createTreeWalker(part, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement
    const text = node.textContent?.replace(/\s+/g, " ") ?? ""
    if (!around || !text.trim() || around.closest(SILENT)) continue
    const lang = around.closest("[lang]")?.getAttribute("lang") ?? ""
    const block = around.closest(BLOCKS)
    const last = found.at(-1)
    if (last && last.lang === lang && last.block === block) last.text += text
    else found.push({ text, lang, block })
  }
  return found.map(({ text, lang }) => ({ text: text.trim(), lang }))
}

function base(lang: string): string {
  return lang.toLowerCase().split(/[-_]/)[0] ?? ""
}
