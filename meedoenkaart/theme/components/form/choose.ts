import type { Known } from "./model"

/** Let somebody choose an organisation that is there already, to change it or to add an opportunity. */
export function chooseOrganisation(page: Document, root: string, namesOf: (municipality: string) => Promise<Known[]>): void {
  const municipality = page.querySelector<HTMLSelectElement>("[data-choose=municipality]")
  const organisation = page.querySelector<HTMLSelectElement>("[data-choose=organisation]")
  const links = ["change", "extra"].map(name => page.querySelector<HTMLAnchorElement>(`[data-choose=${name}]`))
  if (!municipality || !organisation) return
  const follow = (): void => {
    links.forEach((link, index) => {
      if (!link) return
      link.hidden = organisation.value === ""
      link.href = `${root}wijzigen/?bestand=${encodeURIComponent(organisation.value)}${index ? "&kans=nieuw" : ""}`
    })
  }
  const failed = page.querySelector<HTMLElement>("[data-choose=failed]")
  const offer = async (): Promise<void> => {
    const found = municipality.value ? await namesOf(municipality.value).catch(() => null) : []
    const known = found ?? []
    if (failed) failed.hidden = found !== null
    const options = known.map(one => new Option(`${one.name} (${one.place})`, one.slug))
    organisation.replaceChildren(...[...organisation.options].slice(0, 1), ...options)
    organisation.value = ""
    organisation.disabled = known.length === 0
    follow()
  }
  municipality.addEventListener("change", () => void offer())
  window.addEventListener("online", () => {
    if (failed && !failed.hidden) void offer()
  })
  organisation.addEventListener("change", follow)
}
