import { startFrame } from "./components/embed/frame"
import { trace } from "./components/route/trace"

startFrame(main => {
  for (const drawing of main.querySelectorAll<SVGSVGElement>("svg.drawing")) trace(drawing)
  const asked = new URLSearchParams(location.search).get("activiteit")
  for (const one of main.querySelectorAll<HTMLDetailsElement>("[data-activity]")) one.open = one.dataset["activity"] === asked
})
