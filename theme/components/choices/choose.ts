import { tellGaps } from "../coverage/coverage"
import { rememberChoices } from "./remember"

/** Let a page whose style sheet shows what is chosen keep its choices, and answer what only a script can. */
export function choose(form: HTMLFormElement): void {
  for (const part of document.querySelectorAll<HTMLElement>(".needs-choices")) part.hidden = false
  const coverage = document.querySelector<HTMLElement>(".coverage")
  rememberChoices(form, chosen => coverage && tellGaps(coverage, chosen))
}
