import { addStyle, load } from "../../lazy"
import { ROOT } from "../finder/contract"
import { get, whenAgain } from "../finder/dom"
import { readGround } from "./read"

/** Load the map and what it shows when it is shown for the first time, and not before. */
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
    const ground = readGround(holder.querySelector<HTMLElement>(".map"))
    Promise.all([load<typeof import("./map")>("map"), ground, addStyle("mapStyle")]).then(
      ([{ showMap }, read]) => showMap(root, holder, read),
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
