/** What came out of the form: a file, and where it goes. */
export interface Outcome {
  yaml: string
  /** Below the project's root: `catalogue/organisations/<municipality>/<name>.yml`. */
  file: string
  isNew: boolean
  /** Labels of what was changed in a file that was there. */
  changes: string[]
  longest: number
}

/** Shows the ways to send what came out of the form. */
export class Result {
  readonly #form: HTMLElement
  readonly #box: HTMLElement
  #outcome: Outcome | undefined

  constructor(form: HTMLElement, box: HTMLElement) {
    this.#form = form
    this.#box = box
    this.#one("[data-copy]")?.addEventListener("click", () => void this.#copy())
    this.#one("[data-download]")?.addEventListener("click", () => this.#download())
  }

  get isShown(): boolean {
    return !this.#box.hidden
  }

  hide(): void {
    this.#box.hidden = true
  }

  show(outcome: Outcome): void {
    if (this.#outcome?.yaml !== outcome.yaml) this.#write("[data-copied]", "")
    this.#outcome = outcome
    const isEmpty = !outcome.isNew && outcome.changes.length === 0
    this.#visible("[data-unchanged]", isEmpty)
    this.#visible("[data-changed]", !isEmpty)
    this.#write("[data-yaml]", outcome.yaml)
    this.#write("[data-file]", outcome.file)
    this.#one("[data-changes]")?.replaceChildren(...outcome.changes.map(item))
    this.#visible("[data-changes-note]", !outcome.isNew)
    const address = newAddress(this.#form.dataset["new"] ?? "", outcome)
    const issue = issueAddress(this.#form.dataset["issue"] ?? "", outcome)
    const fits = [address, issue].every(one => one.length <= outcome.longest)
    const direct = outcome.isNew && fits
    this.#visible("[data-way=new]", direct)
    this.#visible("[data-way=copy]", !direct)
    this.#visible("[data-only=new]", outcome.isNew)
    this.#visible("[data-only=edit]", !outcome.isNew)
    this.#link("new", address)
    this.#link("edit", outcome.isNew ? emptyAddress(this.#form.dataset["new"] ?? "", outcome) : `${this.#form.dataset["edit"]}${outcome.file}`)
    this.#link("issue", issue.length <= outcome.longest ? issue : issueAddress(this.#form.dataset["issue"] ?? "", { ...outcome, yaml: "" }))
    this.#visible("[data-issue=whole]", issue.length <= outcome.longest)
    this.#visible("[data-issue=paste]", issue.length > outcome.longest)
    const mail = this.#one<HTMLAnchorElement>("[data-send=mail]")
    if (mail) {
      const to = mail.href.split("?")[0] ?? ""
      mail.href = `${to}?subject=${encodeURIComponent(mail.dataset["subject"] ?? "")}&body=${encodeURIComponent(`${outcome.file}\n\n${outcome.yaml}`)}`
    }
    this.#box.hidden = false
  }

  focus(): void {
    this.#one("#versturen__titel")?.focus()
    this.#box.scrollIntoView()
  }

  async #copy(): Promise<void> {
    const said = this.#form.dataset
    try {
      await navigator.clipboard.writeText(this.#outcome?.yaml ?? "")
      this.#write("[data-copied]", said["copied"] ?? "")
    } catch {
      this.#write("[data-copied]", said["notCopied"] ?? "")
      this.#one<HTMLDetailsElement>("[data-diff-fold]")?.setAttribute("open", "")
    }
  }

  #download(): void {
    if (!this.#outcome) return
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([this.#outcome.yaml], { type: "application/yaml" }))
    link.download = this.#outcome.file.split("/").at(-1) ?? "kans.yml"
    link.click()
    URL.revokeObjectURL(link.href)
  }

  #one<T extends HTMLElement = HTMLElement>(selector: string): T | null {
    return this.#box.querySelector<T>(selector)
  }

  #visible(selector: string, visible: boolean): void {
    for (const element of this.#box.querySelectorAll<HTMLElement>(selector)) element.hidden = !visible
  }

  #write(selector: string, words: string): void {
    const element = this.#one(selector)
    if (element) element.textContent = words
  }

  #link(name: string, address: string): void {
    const link = this.#one<HTMLAnchorElement>(`[data-send=${name}]`)
    if (link) link.href = address
  }
}

function item(words: string): HTMLLIElement {
  const line = document.createElement("li")
  line.textContent = words
  return line
}

/** Return the address at which GitHub opens a new file with this name and these contents. */
function newAddress(start: string, outcome: Outcome): string {
  return `${emptyAddress(start, outcome)}&value=${encodeURIComponent(outcome.yaml)}`
}

function emptyAddress(start: string, { file }: Outcome): string {
  const [folder, name] = [file.slice(0, file.lastIndexOf("/")), file.slice(file.lastIndexOf("/") + 1)]
  return `${start}${folder}?filename=${encodeURIComponent(name)}`
}

/** Return the address at which GitHub opens an issue with the file; whoever reads issues makes that file of it. */
function issueAddress(start: string, { file, yaml }: Outcome): string {
  return `${start}?${new URLSearchParams({ template: "voorstel.yml", file, content: yaml }).toString()}`
}
