import { dateFormat } from "../../locale"
import { idle } from "../../turns"
import { fill } from "../finder/data"

/** Where the worker lies, the part of the site that is its own, and under which name the browser keeps a refusal. */
export interface Place {
  readonly worker: string
  readonly scope: string
  readonly about: string
  readonly refusal: string
}

export interface Line {
  readonly saveData?: boolean
  readonly effectiveType?: string
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/

export function placeIn(page: Document): Place | undefined {
  const link = page.querySelector<HTMLAnchorElement>(".offline-line [data-worker]")
  if (!link || !("serviceWorker" in navigator)) return undefined
  const worker = new URL(link.dataset["worker"]!, page.baseURI)
  const scope = new URL(".", worker).href
  return { worker: worker.href, scope, about: `${scope}offline.json`, refusal: new URL("offline/", scope).pathname }
}

/** Say on every page when there is no line, and of which day it is what one sees; let the browser keep the site. */
export function prepareOffline(page: Document): void {
  const box = page.querySelector<HTMLElement>(".offline-line")
  const place = placeIn(page)
  if (!box || !place) return
  const say = (name: "offline" | "weak" | "back", built = ""): void => {
    const date = built && dateFormat({ day: "numeric", month: "long" }).format(new Date(`${built}T12:00`))
    box.hidden = false
    box.firstElementChild!.textContent = fill(box.dataset[name] ?? "", { date })
  }
  const { kept, line } = page.documentElement.dataset // as the worker wrote it
  if (kept) say(line === "weak" ? "weak" : "offline", kept)
  const sayOffline = (): void => void builtOf(place).then(built => built && say("offline", built))
  if (!kept && !navigator.onLine) sayOffline()
  window.addEventListener("offline", sayOffline)
  window.addEventListener("online", () => !box.hidden && say("back"))
  if (page.readyState === "complete") void keepQuietly(page, place)
  else window.addEventListener("load", () => void keepQuietly(page, place), { once: true })
}

/** Keep the small part in Dutch for who reads Dutch, unless somebody refused, saves on data or has a slow line. */
async function keepQuietly(page: Document, place: Place): Promise<void> {
  await idle()
  const { saveData, effectiveType = "" } = (navigator as { connection?: Line }).connection ?? {}
  if (page.documentElement.lang !== "nl" || LOOPBACK.test(location.hostname) || saveData || effectiveType.includes("2g")) return
  try {
    if (!localStorage.getItem(place.refusal) && !(await registered(place))) await navigator.serviceWorker.register(place.worker)
  } catch {
    // The browser keeps nothing, or the site does not any more.
  }
}

/** Note whether somebody wants nothing to be kept. */
export function refuse({ refusal }: Place, nothing: boolean): void {
  try {
    if (nothing) localStorage.setItem(refusal, "nee")
    else localStorage.removeItem(refusal)
  } catch {
    // Then nothing is kept quietly either.
  }
}

/** The worker of this site, not of another one around it. */
export async function registered({ scope }: Place): Promise<ServiceWorkerRegistration | undefined> {
  return (await navigator.serviceWorker.getRegistrations()).find(one => one.scope === scope)
}

/** The day of what is kept; without a worker there is no answer when there is no line. */
async function builtOf({ about }: Place): Promise<string> {
  try {
    return ((await (await fetch(about)).json()) as { built: string }).built
  } catch {
    return ""
  }
}
