/** `from` or the first number after it that is not taken. */
export function firstFreeNumber(from: number, isTaken: (number: number) => boolean): number {
  let number = from
  while (isTaken(number)) number += 1
  return number
}
