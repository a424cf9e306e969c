/** By which country's conventions a language is written where its code names none: as `CONVENTIONS` of `meedoenkaart/languages`. */
const COUNTRY: Readonly<Record<string, string>> = { en: "en-GB", ti: "ti-ER" }

const lang = typeof document === "undefined" ? "nl" : document.documentElement.lang

/**
 * In which language dates, numbers, lists and plurals are written: that of the page, or Dutch where the browser does not know it.
 * With the digits and the calendar that the sources have: a phone number or a date has to be found again.
 */
export const LOCALES: readonly string[] = [`${COUNTRY[lang] ?? (lang || "nl")}-u-ca-gregory-nu-latn`, "nl"]

/** A label within a sentence: Dutch wants it in small letters, other languages know names of days, and letters of their own. */
export function inSentence(label: string): string {
  return lang === "nl" || lang === "" ? label.toLowerCase() : label
}

const PLURALS = new Intl.PluralRules([...LOCALES])

/** The words for `n` of something, by CLDR's plural categories. */
export function form(words: Partial<Record<Intl.LDMLPluralRule, string>>, n: number): string {
  return words[PLURALS.select(n)] ?? words.other ?? words.one ?? ""
}

/** A time as people of the language write it: `10:30` by the pattern `{hour}.{minute}`. */
export function clock(pattern: string, time: string): string {
  const [hour = "", minute = ""] = time.split(":")
  return time && pattern.replace("{hour}", hour).replace("{minute}", minute)
}

/** A date as people of the language write it. */
export function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat([...LOCALES], options)
}
