import { LOCALES } from "../../locale"

/** Distances as `meedoenkaart/geography/distance.py` reckons them. */

export interface Point {
  readonly lat: number
  readonly lon: number
}

export interface Ride {
  readonly earth: number
  readonly detour: number
  readonly speed: number
}

const RADIANS = Math.PI / 180

/** Kilometres along the great circle (haversine formula). */
export function kilometres(one: Point, other: Point, earth: number): number {
  const half =
    Math.sin(((other.lat - one.lat) * RADIANS) / 2) ** 2 +
    Math.cos(one.lat * RADIANS) * Math.cos(other.lat * RADIANS) * Math.sin(((other.lon - one.lon) * RADIANS) / 2) ** 2
  return 2 * earth * Math.asin(Math.min(1, Math.sqrt(half)))
}

/** Kilometres to the nearest of some points; null when there are none. */
export function nearest(from: Point, points: readonly Point[], earth: number): number | null {
  return points.length ? Math.min(...points.map(point => kilometres(from, point, earth))) : null
}

/** Minutes by bike over a distance in a straight line, rounded up to 5. */
export function bikeMinutes(km: number, { detour, speed }: Ride): number {
  return Math.max(5, 5 * Math.ceil((((km * detour) / speed) * 60) / 5))
}

/** A distance as people read it: `800 m`, `2,3 km`, `14 km`; as the filter `km` of the templates. */
export function written(km: number): string {
  if (km < 0.95) return METRES.format(Math.max(100, Math.round(km * 10) * 100))
  return (km < 9.95 ? NEAR : FAR).format(km)
}

function measure(unit: string, digits: number): Intl.NumberFormat {
  const options = { style: "unit", unit, useGrouping: false, minimumFractionDigits: digits, maximumFractionDigits: digits } as const
  return new Intl.NumberFormat([...LOCALES], options)
}

const METRES = measure("meter", 0)
const NEAR = measure("kilometer", 1)
const FAR = measure("kilometer", 0)
