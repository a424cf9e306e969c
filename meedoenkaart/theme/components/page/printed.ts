/** Let a page say on paper what was asked of it: its whole address leads back to what is printed. */
export function printAddress(page: Document): void {
  const asked = page.querySelector(".on-paper [data-slot=asked]")
  if (asked) window.addEventListener("beforeprint", () => (asked.textContent = location.search))
}
