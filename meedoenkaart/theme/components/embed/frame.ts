/** What every page for a frame does: it takes the colours that its address asks for, and tells the page around it how high it is. */

/** What a page is told for each colour that its address may ask for. */
export const SCHEMES: Readonly<Record<string, string>> = { licht: "default", donker: "slate" }
/** What `height.ts` asks with. */
const HOW_HIGH = "meedoenkaart:height"

/** Take the colours before anything is drawn (without any, the device decides); then start what the page shows. */
export function startFrame(start: (main: HTMLElement) => void): void {
  const scheme = SCHEMES[new URLSearchParams(location.search).get("kleur") ?? ""]
  if (scheme) Object.assign(document.body.dataset, { mdColorScheme: scheme, mdColorMedia: "" })
  document.addEventListener("DOMContentLoaded", () => {
    const main = document.querySelector("main")
    if (!main) return
    start(main)
    if (window.parent !== window) tellHeight(main)
  })
}

/** Tell the page around the frame how high its content is, now and whenever that changes; nothing else leaves the frame. */
function tellHeight(main: HTMLElement): void {
  const tell = (): void => window.parent.postMessage({ meedoenkaart: { height: Math.ceil(main.getBoundingClientRect().height) } }, "*")
  new ResizeObserver(tell).observe(main)
  window.addEventListener("message", ({ data }) => {
    if (data === HOW_HIGH) tell()
  })
}
