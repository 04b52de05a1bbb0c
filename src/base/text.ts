import { closestMatch } from 'leven'

/**
 * Cyrillic and Greek letters whose capitals look like Latin ones (ТВС reads as TBC), and quotes and dashes, in lower
 * case. Real sheets contain them where a word processor or a scanner guessed the alphabet.
 */
const lookAlikes: Readonly<Record<string, string>> = {
  ...{ а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y' },
  ...{ х: 'x', і: 'i', ѕ: 's', ј: 'j' },
  ...{ α: 'a', β: 'b', ε: 'e', ζ: 'z', η: 'h', ι: 'i', κ: 'k', μ: 'm', ν: 'n', ο: 'o', ρ: 'p' },
  ...{ τ: 't', υ: 'y', χ: 'x', ϲ: 'c' },
  ...{ '‘': "'", '’': "'", '“': '"', '”': '"', '‐': '-', '‑': '-', '–': '-', '—': '-', '−': '-' },
}

const letterToChange = new RegExp(
  `[\\p{Changes_When_Lowercased}${Object.keys(lookAlikes).join('')}]`,
  'gu',
)

/** The text in lower case with look-alike letters in Latin, one for one: every position stays the same. */
export function latinLetters(text: string): string {
  return text.replace(letterToChange, (letter) => {
    const lower = letter.toLowerCase()
    return lookAlikes[lower] ?? (lower.length === 1 ? lower : letter)
  })
}

/** Single characters that stand for whole words, up to 18 letters: Arabic phrases and squared Katakana. */
const wordLigatures = /[\uFDFA\uFDFB\u3300-\u3357]/g

/**
 * One form of each character (Unicode's NFKC). A character that stands for whole words becomes a space: names and
 * headings have none, and a text of them would grow to eighteen times its length.
 */
export function compatibilityForm(text: string): string {
  return text.replace(wordLigatures, ' ').normalize('NFKC')
}

/**
 * Text for matching, never for display: one form of each character, look-alike letters in Latin,
 * straight quotes and dashes, lower case, single spaces, no invisible characters.
 */
export function fold(text: string): string {
  const lower = compatibilityForm(text)
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
  return latinLetters(lower).normalize('NFKC').replace(/\s+/g, ' ').trim()
}

/** The text as people see it: one space where there is any white space, and none at its ends. */
export function collapseWhitespace(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/**
 * Longer texts are compared letter by letter with no option: that takes time by the product of both lengths, for each.
 * Names and titles are shorter, or are told by how they begin.
 */
const maxComparedLength = 150

/**
 * The option that `word` was most likely meant to be, as the option is written; undefined where none is near enough:
 * it has to start with the word, or at most a third of the word's letters (but at least one) may be wrong.
 */
export function nearest(word: string, options: readonly string[]): string | undefined {
  const typed = fold(word)
  if (typed === '') return undefined
  const folded = options.map(fold)
  const same = folded.find((option) => option === typed)
  const longer = folded.find((option) => typed.length > 1 && option.startsWith(typed))
  const maxDistance = Math.max(1, Math.floor(typed.length / 3))
  // Where the lengths differ by more, so do the letters.
  const alike =
    typed.length > maxComparedLength
      ? []
      : folded.filter((option) => Math.abs(option.length - typed.length) <= maxDistance)
  const found = same ?? longer ?? closestMatch(typed, alike, { maxDistance })
  return found === undefined ? undefined : options[folded.indexOf(found)]
}

/** The text without the quotation marks that a person put around all of it. */
export function stripQuotes(text: string): string {
  return text.trim().replace(/^["“](.*)["”]$/s, '$1')
}

/** What a person wrote, in quotation marks and shortened to a line: “ambr”. */
export function quoted(text: string): string {
  return `“${shorten(text.trim(), 80)}”`
}

/** '1 project', '47 projects', '1,200 rows'. Pass `many` where adding an s is wrong. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
}

/** The first letter in upper case. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** 'a, b and c'. */
export function listOf(items: readonly string[]): string {
  const last = items.at(-1)
  if (last === undefined) return ''
  return items.length === 1 ? last : `${items.slice(0, -1).join(', ')} and ${last}`
}

/**
 * At most `max` UTF-16 code units (the unit of Slack's and Teams' limits), cut after a word and ended with '…'.
 * A first word that is itself too long is cut, but never inside a surrogate pair.
 */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  if (max < 1) return ''
  const room = text.slice(0, max - 1)
  const cutsWord = /\S/.test(text.charAt(max - 1))
  // A run is matched from its beginning alone, so that a long one is gone through once.
  const words = cutsWord ? room.replace(/(?<!\s)\s+\S*$/, '') : room
  const kept = (words.trim() === '' ? room : words).replace(/(?<![\s,;:–-])[\s,;:–-]+$/, '')
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** A text as it stands within JSON, without the quotes around it: to find it there. */
export const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)
