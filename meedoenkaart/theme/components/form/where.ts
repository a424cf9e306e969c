import { closed } from "../finder/fold"
import { digitsOf, readPlaces, type PlacesFile } from "../finder/places"
import { type Answers, type Data, type Where, text } from "./model"

const POSTCODE = /^([1-9]\d{3}) ?([a-z]{2})$/i

/** Return what the file of places says, as the form asks for it. */
export function whereOf(file: PlacesFile): Where {
  const { places, postcodes } = readPlaces(file)
  const where: Where = { places: {}, elsewhere: {}, postcodes: new Map(postcodes.map(one => [one.digits, one])) }
  for (const { name, also, municipality, lat, lon } of places) {
    for (const called of [name, ...also]) {
      if (municipality.slug) (where.places[called] ??= []).push([municipality.slug, lat, lon])
      else (where.elsewhere[called] ??= []).push(municipality.name)
    }
  }
  for (const names of Object.values(where.elsewhere)) names.sort()
  return where
}

/** Write a postcode as the post does: `9203 CD`; what is none stays. */
export function writtenPostcode(postcode: string): string {
  const [, digits, letters] = POSTCODE.exec(postcode.trim()) ?? []
  return digits && letters ? `${digits} ${letters.toUpperCase()}` : postcode
}

/** Return the place of a postcode if no other has it and it lies in a municipality that has a page. */
export function placeOfPostcode(data: Data, postcode: string): string {
  const area = data.postcodes.get(digitsOf(postcode))
  return area && !area.isShared && area.place.municipality.slug ? area.place.name : ""
}

/** Return the places that postcodes say, by the path of the answer that says another. */
export function otherPlaces(answers: Answers, data: Data): Map<string, string> {
  const found = new Map<string, string>()
  for (const path of answers.keys()) {
    if (!path.endsWith("address.postcode")) continue
    const at = path.replace(/postcode$/, "place")
    const [said, area] = [closed(text(answers, at)), data.postcodes.get(digitsOf(text(answers, path)))]
    const place = placeOfPostcode(data, text(answers, path))
    if (said && place && area && ![area.place.name, ...area.place.also].some(name => closed(name) === said)) found.set(at, place)
  }
  return found
}
