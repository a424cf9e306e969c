import qrcode from "qrcode-generator"

const SVG = "http://www.w3.org/2000/svg"
const QUIET = 4

/** Draw an address as a QR code, with the quiet zone that readers need. */
export function drawCode(address: string): SVGSVGElement {
  const code = qrcode(0, "M")
  code.addData(address)
  code.make()
  const size = code.getModuleCount()
  const modules = []
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      if (code.isDark(row, column)) modules.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`)
  const drawing = document.createElementNS(SVG, "svg")
  drawing.setAttribute("viewBox", `0 0 ${size + 2 * QUIET} ${size + 2 * QUIET}`)
  drawing.setAttribute("shape-rendering", "crispEdges")
  drawing.setAttribute("aria-hidden", "true")
  drawing.classList.add("code")
  const paper = document.createElementNS(SVG, "rect")
  paper.setAttribute("width", "100%")
  paper.setAttribute("height", "100%")
  paper.classList.add("code__paper")
  const dark = document.createElementNS(SVG, "path")
  dark.setAttribute("d", modules.join(""))
  drawing.append(paper, dark)
  return drawing
}
