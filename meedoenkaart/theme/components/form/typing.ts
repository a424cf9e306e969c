export type TextControl = HTMLInputElement | HTMLTextAreaElement

/** Put a text in the place of a part of what stands in a field, as if it were typed: Ctrl+Z takes it back. */
export function replaceText(control: TextControl, start: number, end: number, text: string): void {
  control.focus()
  control.setSelectionRange(start, end)
  // The only way that keeps what a browser remembers for undoing; where it is gone, the text comes all the same.
  if (document.execCommand("insertText", false, text)) return
  control.setRangeText(text, start, end, "end")
  control.dispatchEvent(new Event("input", { bubbles: true }))
}
