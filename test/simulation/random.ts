/** From 0 up to 1, like Math.random. */
export type Random = () => number

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}

export function oneOf<T>(random: Random, all: readonly T[]): T {
  const chosen = all[Math.floor(random() * all.length)]
  if (chosen === undefined) throw new RangeError('nothing to choose from')
  return chosen
}
