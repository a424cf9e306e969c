/** Says a sentence of `meedoenkaart/texts/nl/atelier.yml` with values in the place of its braces. */
export type Say = (name: string, values?: Readonly<Record<string, string | number>>) => string

export function sayer(sentences: Readonly<Record<string, string>>): Say {
  return (name, values = {}) => {
    const sentence = sentences[name]
    if (sentence === undefined) throw new Error(`no sentence is called ${name}`)
    return sentence.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole))
  }
}
