/** Chance that comes out the same for the same seed: a run that found something can be told of, and looked at again. */
export interface Chance {
  /** From 0 up to 1, like Math.random. */
  next(): number
  /** A whole number from 0 up to `below`, without it. */
  below(below: number): number
  /** Whether something happens that does so `of` times in 1. */
  happens(of: number): boolean
  pick<const Options extends readonly [unknown, ...unknown[]]>(options: Options): Options[number]
}

/** Mulberry32 (https://gist.github.com/tommyettinger/46a874533244883189143505d203312c). */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    below: (below) => Math.floor(next() * below),
    happens: (of) => next() < of,
    pick: (options) => options[Math.floor(next() * options.length)] ?? options[0],
  }
}
