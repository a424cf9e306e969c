import { load } from "../../lazy"

/** Let links to one date hand over that date alone; those that only a script can answer come in sight. */
export function prepareCalendars(page: Document): void {
  for (const link of page.querySelectorAll<HTMLAnchorElement>("a[data-once=next]"))
    link.hidden = !link.closest("dd, section")?.querySelector("[data-next]")
  page.addEventListener("click", event => {
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>("a[data-once]")
    if (!link || !link.dataset["once"]) return
    event.preventDefault()
    load<typeof import("./calendar")>("calendar").then(
      ({ handOnce }) => handOnce(link),
      () => location.assign(link.href),
    )
  })
}
