import { addStyle, load } from "../../lazy"
import { ROOT } from "../finder/contract"
import { get, whenAgain } from "../finder/dom"

/** Load the map when it is shown for the first time, and not before: that is also when it asks for its background. */
export function prepareMap(page: Document): void {
  const root = page.querySelector<HTMLElement>(ROOT)
  const holder = root?.querySelector<HTMLElement>(".finder__map")
  const failed = holder?.querySelector<HTMLElement>(".map__failed")
  if (!root || !holder || !failed) return
  let begun = false
  const begin = (): void => {
    if (holder.hidden || begun) return
    begun = true
    const map = holder.querySelector<HTMLTemplateElement>("template")
    if (map) holder.append(map.content.cloneNode(true))
    failed.hidden = true
    Promise.all([load<typeof import("./map")>("map"), addStyle("mapStyle")]).then(
      ([{ showMap }]) => showMap(root, holder),
      () => {
        begun = false
        holder.querySelector(".map")?.remove()
        failed.hidden = false
      },
    )
  }
  whenAgain(get(failed, "button"), () => {
    if (!failed.hidden) begin()
  })
  new MutationObserver(begin).observe(holder, { attributeFilter: ["hidden"] })
  begin()
}
