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
  municipality.addEventListener("change", async () => {
    const known = municipality.value ? await namesOf(municipality.value) : []
    const options = known.map(one => new Option(`${one.name} (${one.place})`, one.slug))
    organisation.replaceChildren(...[...organisation.options].slice(0, 1), ...options)
    organisation.value = ""
    organisation.disabled = known.length === 0
    follow()
  })
  organisation.addEventListener("change", follow)
}
