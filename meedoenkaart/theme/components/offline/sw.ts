/**
 * The service worker: keeps files of the site on the device, and shows them where there is no line.
 *
 * `sw.js` of the site sets `self.site` and loads this. Which lists of files are kept stands in the worker's own address
 * (`sw.js?keep=nl,nl-more`): to choose is to register another address, and the browser remembers it.
 */
import { PrecacheController } from "workbox-precaching/PrecacheController"
import { registerRoute } from "workbox-routing/registerRoute"
import { NetworkFirst } from "workbox-strategies/NetworkFirst"
import { NetworkOnly } from "workbox-strategies/NetworkOnly"

interface Entry {
  readonly url: string
  readonly revision: string | null
  readonly integrity: string
}
interface Site {
  readonly built: string
  readonly parts: Readonly<Record<string, { readonly list: string }>>
}
declare const self: ServiceWorkerGlobalScope & { readonly site: Site; readonly files?: readonly Entry[] }

/** So long a page may take to come before the kept one is shown. */
const PATIENCE_MS = 5000
/** Files that are asked for at the same time. */
const LANES = 6
const PAGE_OFFLINE = "offline/"

const { scope } = self.registration
const asked = new URL(self.location.href).searchParams.get("keep")
importScripts(...(asked ?? "nl").split(",").flatMap(name => (Object.hasOwn(self.site.parts, name) ? [self.site.parts[name]!.list] : [])))
const entries = [...new Map((self.files ?? []).map(one => [one.url, one])).values()]
const precache = new PrecacheController()
precache.addToCacheList(entries)

const network = new NetworkOnly()
/** Organisations on somebody's own list, which that page fetches: as they were when it last was open with a line. */
const listed = new NetworkFirst({ cacheName: `listed-${scope}` })

self.addEventListener("install", event => event.waitUntil(install(event)))
self.addEventListener("activate", event => event.waitUntil(activate(event)))

/** Fetch what is new. All or nothing: each file has to be the one of the list, and what is shown changes in `activate`. */
async function install(event: ExtendableEvent): Promise<void> {
  const before = self.registration.active?.scriptURL
  const isUpdate = before === self.location.href
  if (isUpdate && isSparing()) throw new Error("an update waits for a better line")
  const waiting = [...entries]
  const lane = async (): Promise<void> => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const { url, revision, integrity } = one
      const request = new Request(url, { integrity, cache: revision ? "reload" : "default", credentials: "same-origin" })
      const cacheKey = precache.getCacheKeyForURL(url)
      await Promise.all(precache.strategy.handleAll({ params: { cacheKey }, request, event }))
    }
  }
  await Promise.all(Array.from({ length: asked === null ? 1 : LANES }, lane))
  // Somebody chose: at once. An update waits until no page is open that might miss a file of its own.
  if (before && !isUpdate) await self.skipWaiting()
}

async function activate(event: ExtendableEvent): Promise<void> {
  await self.registration.navigationPreload?.enable()
  const open = await self.clients.matchAll({ type: "window" })
  if (open.length === 0) await precache.activate(event) // removes files of earlier versions
}

registerRoute(({ request, url }) => request.destination === "document" && url.href.startsWith(scope), async ({ request, event, url }) => {
  const address = url.origin + url.pathname.replace(/\/index\.html$/, "/")
  const fresh = network.handle({ request, event })
  fresh.catch(() => undefined)
  const kept = await precache.matchPrecache(address)
  try {
    const first = await (kept ? Promise.race([fresh, patience()]) : fresh)
    if (first) return first
  } catch {
    return kept ? shown(kept, "") : explanation(url.href)
  }
  return shown(kept!, "weak")
})

registerRoute(({ url }) => url.href === `${scope}offline.json`, async ({ request, event }) =>
  network.handle({ request, event }).catch(() => new Response(JSON.stringify(self.site))),
)

registerRoute(({ url }) => url.href.startsWith(`${scope}assets/`) || precache.getCacheKeyForURL(url.href) !== undefined, async ({ request, event, url }) => {
  const cache = await self.caches.open(precache.strategy.cacheName)
  const named = await cache.match(url.href) // its name tells its content: of this version, or of an earlier one
  return named ?? network.handle({ request, event }).catch(async error => (await precache.matchPrecache(url.href)) ?? Promise.reject(error))
})

registerRoute(({ url }) => url.href.startsWith(scope) && /\/kansen\/[^/]+\/[^/]+\/$/.test(url.pathname), listed)

function patience(): Promise<undefined> {
  return new Promise(resolve => setTimeout(resolve, PATIENCE_MS, undefined))
}

/** A kept page, which tells its scripts of when it is. */
async function shown(page: Response, how: "" | "weak"): Promise<Response> {
  const text = await page.text()
  const html = text.replace(/<html /, `<html data-kept="${self.site.built}" data-line="${how}" `)
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } })
}

/** Lead to what says that a page is not kept, in its language where that is kept. */
function explanation(wanted: string): Response {
  const way = wanted.slice(scope.length)
  const told = entries.map(({ url }) => url).filter(url => url.endsWith(PAGE_OFFLINE))
  const found = told.find(url => url === `${way.split("/")[0]}/${PAGE_OFFLINE}`) ?? told[0]
  return found === undefined ? Response.error() : Response.redirect(`${scope}${found}#${way}`, 302)
}

function isSparing(): boolean {
  const line = (self.navigator as { connection?: { saveData?: boolean; effectiveType?: string } }).connection
  return line?.saveData === true || /2g/.test(line?.effectiveType ?? "")
}
