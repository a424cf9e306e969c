/** Where it is noted, for this visit, that somebody does not want another language. */
const REFUSED = "taal-aanbod"

/** Let the links to other languages keep what was chosen on the page, and offer the language that the browser prefers. */
export function switchLanguages(page: Document): void {
  const switcher = page.querySelector<HTMLDetailsElement>(".languages")
  if (!switcher) return
  const links = [...switcher.querySelectorAll<HTMLAnchorElement>(".languages__link")]
  // Only when somebody goes: filters change the address without a new page.
  page.addEventListener("click", event => {
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>(".languages__link[data-offer], .languages__also")
    if (link) follow(link)
  })
  switcher.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !switcher.open) return
    switcher.open = false
    switcher.querySelector("summary")?.focus()
  })
  page.addEventListener("click", event => {
    if (!(event.target instanceof Node && switcher.contains(event.target))) switcher.open = false
  })
  const wanted = preferred(links, page.documentElement.lang)
  if (wanted) offer(page, wanted, switcher.querySelector<HTMLElement>("[data-close]")?.dataset["close"] ?? "")
}

/** Let a link to the same page in another language lead to what was chosen on this one. */
function follow(link: HTMLAnchorElement): void {
  const to = new URL(link.href)
  to.search = location.search
  to.hash = location.hash
  link.href = to.href
}

/** The link to the first language of the browser that the site has, unless the page is in it or in one that it likes more. */
function preferred(links: readonly HTMLAnchorElement[], current: string): HTMLAnchorElement | undefined {
  for (const language of navigator.languages) {
    const [base] = language.toLowerCase().split("-")
    if (current.toLowerCase().split("-")[0] === base) return undefined
    const link = links.find(one => one.lang.toLowerCase().split("-")[0] === base)
    if (link) return link.dataset["offer"] ? link : undefined
  }
  return undefined
}

function offer(page: Document, link: HTMLAnchorElement, close: string): void {
  try {
    if (sessionStorage.getItem(REFUSED)) return
  } catch {
    // asked on every page then
  }
  const line = page.createElement("aside")
  line.className = "language-line"
  line.setAttribute("aria-label", link.textContent ?? "")
  const wrap = page.createElement("div")
  wrap.className = "wrap"
  const to = page.createElement("a")
  for (const name of ["lang", "dir", "hreflang", "href"]) to.setAttribute(name, link.getAttribute(name) ?? "")
  to.className = "languages__also"
  to.textContent = link.dataset["offer"] ?? ""
  const shut = page.createElement("button")
  shut.type = "button"
  shut.className = "button button--quiet"
  shut.textContent = "×"
  shut.setAttribute("aria-label", close)
  shut.addEventListener("click", () => {
    line.remove()
    try {
      sessionStorage.setItem(REFUSED, "1")
    } catch {
      // gone until the next page
    }
  })
  wrap.append(to, shut)
  line.append(wrap)
  page.querySelector(".header")?.after(line)
}
