/** For pages of others, at an address that never changes: makes each frame of this site as high as what it shows. */
const HIGHEST = 10_000
const own = new URL((document.currentScript as HTMLScriptElement).src).origin
const framed = (): HTMLIFrameElement[] => [...document.querySelectorAll("iframe")].filter(({ src }) => src.startsWith(`${own}/`))

window.addEventListener("message", ({ data, source, origin }: MessageEvent<{ meedoenkaart?: { height?: unknown } } | null>) => {
  const height = Number(data?.meedoenkaart?.height)
  if (origin !== own || !(height > 0 && height < HIGHEST)) return
  for (const one of framed()) if (one.contentWindow === source) one.height = String(height)
})
for (const one of framed()) one.contentWindow?.postMessage("meedoenkaart:height", own)
export {}
