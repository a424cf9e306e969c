// Read at once: afterwards the browser no longer tells which script is running.
const addresses = { ...document.currentScript?.dataset }

/** Load a script that is only needed now and then; `main.html` writes its address on the element of this one. */
export async function load<Module>(name: string): Promise<Module> {
  return (await import(addressOf(name))) as Module
}

/** Add a style sheet that is only needed now and then, and wait until it applies. */
export function addStyle(name: string): Promise<void> {
  const link = document.createElement("link")
  link.rel = "stylesheet"
  link.href = addressOf(name)
  const done = new Promise<void>(resolve => {
    for (const event of ["load", "error"]) link.addEventListener(event, () => resolve(), { once: true })
  })
  document.head.append(link)
  return done
}

function addressOf(name: string): string {
  return new URL(addresses[name] ?? "", document.baseURI).href
}
