import { createHash, randomInt } from 'node:crypto'

/** Without vowels, and without letters and digits that look alike. */
const alphabet = 'BCDFGHJKMNPQRSTVWXZ23456789'
const length = 8

/** A random code that people type, "BCDF-2345": one of 27^8, so nobody guesses one in the minutes for which it lives. */
export function newShortCode(): string {
  const letters = Array.from({ length }, () => alphabet[randomInt(alphabet.length)])
  return `${letters.slice(0, length / 2).join('')}-${letters.slice(length / 2).join('')}`
}

/** The code as it is kept: whoever reads the database cannot type it. Case, spaces and dashes do not matter. */
export function hashOfShortCode(typed: string): string {
  const plain = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return createHash('sha256').update(plain).digest('hex')
}
