import { tellGaps } from "../coverage/coverage"
import { rememberChoices } from "./remember"

/** Let a page whose style sheet shows what is chosen keep its choices, and answer what only a script can. */
export function choose(part: HTMLElement): void {
  for (const hidden of part.querySelectorAll<HTMLElement>(".needs-choices")) hidden.hidden = false
  rememberChoices(part, chosen => tellGaps(part, chosen))
}
