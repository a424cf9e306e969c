/** Turns of the browser: a long piece of work is cut into several, so that a slow phone shows and hears in between. */

/** Give the browser its turn, and go on right after. */
export function pause(): Promise<void> {
  const { scheduler } = window as { scheduler?: { yield?: () => Promise<void> } }
  return scheduler?.yield ? scheduler.yield() : new Promise(resolve => window.setTimeout(resolve))
}

/** So long at most waits what comes when nothing else is to be done. */
const LATEST_MS = 2000
/** And so long where a browser does not tell (Safari). */
const SOON_MS = 200

/** Wait until the browser has nothing else to do. */
export function idle(): Promise<void> {
  return new Promise(resolve => {
    if ("requestIdleCallback" in window) window.requestIdleCallback(() => resolve(), { timeout: LATEST_MS })
    else setTimeout(resolve, SOON_MS)
  })
}
