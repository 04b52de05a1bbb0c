/** Decimal arithmetic without binary rounding noise: 0.3 − 0.1 is exactly 0.2. */

/** `a` − `b`, exact for numbers of up to 15 digits. */
export function minus(a: number, b: number): number {
  // The difference has no more decimals than the two numbers; any further digits are noise.
  // Adding 0 makes 0 of −0.
  return Number((a - b).toFixed(Math.max(decimalsOf(a), decimalsOf(b)))) + 0
}

/** What `part` is of `whole`, in per cent. 0.05 of 1 is 5, not 5.000000000000001. `whole` is not 0. */
export function percentOf(part: number, whole: number): number {
  // One division and one product of exact numbers are right to 15 digits: 12 are kept.
  return Number(((part / whole) * 100).toPrecision(12))
}

function decimalsOf(number: number): number {
  const [digits = '', exponent = '0'] = String(number).split('e')
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent))
}
