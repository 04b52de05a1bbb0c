import { compatibilityForm, fold } from '../../base/text.ts'
import { allowedAcronyms, allowedWords } from './detector-allowlist.ts'

/**
 * What in a text looks as if it told of one child or case. A digest is no place for that, and a programme's plan is
 * none either (the programme speaks of services; a child is spoken of in the case system). Plain rules, each for one
 * way in which people write of a child; they ask, and a person decides. They read for what singles somebody out, so
 * "children aged 7 to 11" and "a quarter of 16-year-olds" are nobody.
 */
export interface PersonalDataMatch {
  /** The words that look so, as written. */
  readonly phrase: string
  /** The sentence they stand in. */
  readonly sentence: string
}

/** Names, whole and by their words, of people who are known to be no children: those of the plan. */
export type NameAllowlist = ReadonlySet<string>

export function buildNameAllowlist(names: Iterable<string>): NameAllowlist {
  const all = [...names].map(fold)
  return new Set([...all, ...all.flatMap((name) => name.split(' ')), ...all.map(initialsOf)])
}

function initialsOf(name: string): string {
  return name
    .split(/[\s-]+/)
    .map((word) => word.charAt(0))
    .join('')
}

/** Each place once, in the order of the text. */
export function detectPersonalData(
  text: string,
  known: NameAllowlist = new Set(),
): PersonalDataMatch[] {
  const sentences = sentencesOf(normaliseText(text))
  // A sentence a line, so that a rule reads all of them in one go: a cell of 50,000 characters may hold 12,500. No
  // rule's pattern reaches past the end of a line.
  const lines = sentences.join('\n')
  const found = detectorRules.flatMap((rule) =>
    [...lines.matchAll(rule.pattern)]
      .filter((match) => rule.isPerson?.(match, known) ?? true)
      .map(({ index, groups, 0: whole }) => ({ index, phrase: groups?.phrase ?? whole })),
  )
  return inSentences(
    sentences,
    found.toSorted((one, other) => one.index - other.index),
  )
}

/** `found` by its place in the lines, in order. A sentence that says "Child X" twice is one place. */
function inSentences(
  sentences: readonly string[],
  found: readonly { readonly index: number; readonly phrase: string }[],
): PersonalDataMatch[] {
  const places: PersonalDataMatch[] = []
  let next = 0
  let end = 0
  for (const sentence of sentences) {
    end += sentence.length + 1
    const phrases = new Set<string>()
    for (let match = found[next]; match && match.index < end; match = found[++next])
      phrases.add(match.phrase)
    for (const phrase of phrases) places.push({ phrase, sentence })
  }
  return places
}

/** One form of each character, nothing invisible: "Ch\u200Bild X" is read as people see it. */
function normaliseText(text: string): string {
  return (
    compatibilityForm(text)
      .replace(/\p{Cf}/gu, '')
      .replace(/[‘’]/g, "'")
      .replace(/[‐‑–—]/g, '-')
      // The segmenter takes long over a long run of spaces. A line's end ends a sentence, so it stays.
      .replace(/[^\S\r\n\u2028\u2029]+/g, ' ')
  )
}

const segments = new Intl.Segmenter('en-GB', { granularity: 'sentence' })

/** In characters: "YP1". A cell of 50,000 may hold as many lines with less. */
const shortestMatch = 3

function sentencesOf(text: string): string[] {
  return [...segments.segment(text)]
    .map(({ segment }) => segment.replace(/\s+/g, ' ').trim())
    .filter(({ length }) => length >= shortestMatch)
}

interface DetectorRule {
  readonly pattern: RegExp
  /** Whether the match is somebody after all; absent where there is no doubt. */
  readonly isPerson?: (match: RegExpExecArray, known: NameAllowlist) => boolean
}

/** One child, or somebody by their child. */
const childNouns =
  'child|baby|infant|toddler|boy|girl|pupil|student|teenager|sibling|twin|young person|son|daughter|brother|sister|mother|father|mum|dad|step(?:mother|father)|grand(?:mother|father)|nan|aunt|uncle|foster carer|case'
const groupNouns =
  'children|babies|infants|boys|girls|pupils|students|teenagers|siblings|twins|young people|sons|daughters|brothers|sisters'
const kinNouns =
  '(?:step|grand|foster )?(?:mother|father|mum|dad|brother|sister)|nan|aunt|uncle|foster carer'
const name = "(?<name>\\p{Lu}\\p{Ll}+(?:['-]\\p{Lu}?\\p{Ll}+)?)"
const day = '\\d{1,2}(?:[./-]|(?:st|nd|rd|th)? )(?:\\d{1,2}|\\p{L}{3,9})[./ -]\\d{2,4}'

const detectorRules: readonly DetectorRule[] = [
  // "Child X", "Family 3", "children A and B", "YP2": how papers write of somebody without the name.
  {
    pattern: new RegExp(
      `\\b(?<noun>${childNouns}|family|parent|yp) (?<label>\\p{Lu}{1,2}\\d?|[b-hj-rt-z]|\\d{1,2})(?!['&/%:+-]|[.,]?[\\p{L}\\d]| (?:level|star|grade)\\b)`,
      'giu',
    ),
    // "Case 3" is one of an audit's.
    isPerson: ({ groups }) =>
      isLabel(groups?.label) &&
      !(/^case$/i.test(groups?.noun ?? '') && /\d/.test(groups?.label ?? '')),
  },
  {
    pattern:
      /\b(?:children|siblings|twins|families|young people|boys|girls|pupils) (?<label>\p{Lu}\d?) (?:and|&) \p{Lu}\b/giu,
    isPerson: ({ groups }) => isLabel(groups?.label),
  },
  { pattern: /\b(?:YP|CH|CYP)-?\d{1,2}\b/g },
  // "pupil Jamie Smith", "the child, Ella, …", "a boy called Rhys".
  {
    pattern: new RegExp(
      `\\b(?:${childNouns})(?:,| called| named| \\(|) ?${name}(?: \\p{Lu}\\p{Ll}+)?`,
      'gu',
    ),
    isPerson: ({ groups }, known) => isName(groups?.name, known),
  },
  // At the beginning of a sentence what goes on tells the person from the title: "Pupil Jamie was", "Pupil Premium".
  {
    pattern: new RegExp(
      `^(?:${capitaliseAlternatives(childNouns)}) ${name}(?: \\p{Lu}\\p{Ll}+)? (?:was|is|has|had|who|went|moved|lives|attends|said|told|disclosed|needs)\\b`,
      'gmu',
    ),
    isPerson: ({ groups }, known) => isName(groups?.name, known),
  },
  // "Ella's mother": kin only; services and places have carers, parents and social workers, too.
  {
    pattern: new RegExp(`${name}'s (?:${kinNouns})\\b`, 'gu'),
    isPerson: ({ groups }, known) => isName(groups?.name, known),
  },
  // "Ella at Oak Primary", "Jamie, who attends St Mary's School".
  {
    pattern: new RegExp(
      `${name},? (?:at|from|attends|who attends|goes to|who goes to) (?:the )?(?:St\\.? )?(?:\\p{Lu}[\\p{Ll}']+ ){0,3}(?:School|Academy|Primary|Nursery|Infants|Juniors?|High|College)\\b`,
      'gu',
    ),
    isPerson: (match, known) =>
      isName(match.groups?.name, known) &&
      (!beginsSentence(match) || /attends|goes to/.test(match[0])),
  },
  { pattern: /\byear \d{1,2} (?:pupil|child|boy|girl|student)\b(?! (?:numbers|data|places))/giu },
  // "aged 7", and no range or cohort: "aged 7 to 11", "aged 16+", "for children aged 14".
  {
    pattern:
      /(?:(?<!\S)(?<before>(?:\S+ ){1,3}))?\b(?<phrase>(?:aged|age of|age) (?<years>\d{1,2}))\b(?<after>(?: ?(?:-|to|and|or|\+|\/)| (?:weeks|days|months|years (?:and|or))\b)?(?: ?\S+)?)/giu,
    isPerson: isChildAge,
  },
  {
    pattern:
      /\b\d{1,2}[ -](?:years?|months?)[ -]old(?= (?:boy|girl|child|son|daughter|pupil|student|male|female|twin|brother|sister|young|who|was|is|has|had|in|at|with|from|and|placed|living|unaccompanied)\b| ?[.,;:)]| ?$)/gimu,
  },
  // "JS (7)", "JS, aged 7": a count in brackets stands behind an acronym just so, and those are known.
  {
    pattern:
      /\b(?<letters>\p{Lu}{2,3}),? \((?:aged )?(?<years>\d{1,2})(?: ?(?:y|yo|yrs|years))?\)/gu,
    isPerson: ({ groups }, known) => isInitials(groups?.letters, known) && isUnder19(groups?.years),
  },
  {
    pattern: /(?<![\p{L}.])(?<letters>\p{Lu}\. ?\p{Lu}\.(?: ?\p{Lu}\.)?)(?! ?\p{Lu}\p{Ll})/gu,
    isPerson: ({ groups }, known) => isInitials(groups?.letters?.replace(/[. ]/g, ''), known),
  },
  // Born: a day, never the field of a form.
  { pattern: new RegExp(`\\b(?:d\\.?o\\.?b\\.?|date of birth)[: -]*(?:is |of )?${day}`, 'giu') },
  { pattern: new RegExp(`\\bborn (?:on )?(?:the )?${day}`, 'giu') },
  // Numbers that are one person's: NHS, UPN, national insurance, a family court's case, a case system's record.
  { pattern: /\bNHS (?:no\.?|number)[: ]*\d[\d ]{6,}\d/giu },
  { pattern: /(?<![\d£.,+-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d,.]*\d)/g, isPerson: isNhsNumber },
  { pattern: /\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b/g },
  { pattern: /\bUPN[: ]*[A-Z]?\d{6,}/gi },
  { pattern: /\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/g },
  { pattern: /\b[A-Z]{2}\d{2}[CPZ]\d{5}\b/g },
  {
    pattern:
      /\b(?:case|client|child|person|pupil|mosaic|liquidlogic|liquid logic|lcs|ics|carefirst|frameworki|eclipse|azeus)(?: (?<named>no\.?|number|ref\.?|reference|id))?[:# ]+(?<digits>\d{4,})\b/giu,
    isPerson: ({ groups }) => groups?.named !== undefined || !isYear(groups?.digits),
  },
  // Where somebody lives.
  { pattern: /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b/g },
  {
    pattern:
      /\b\d{1,3}[a-z]? (?:\p{Lu}[\p{Ll}']+ ){1,3}(?:Street|Road|Avenue|Lane|Close|Drive|Crescent|Terrace|Grove|Gardens|Walk|Rise)\b/gu,
  },
]

function capitaliseAlternatives(words: string): string {
  return words.replace(/(^|\|)\p{Ll}/gu, (first) => first.toUpperCase())
}

/** "Child X" and not "child IT system": an acronym labels nobody, and neither do "a" and "I". */
function isLabel(label: string | undefined): boolean {
  if (label === undefined) return false
  if (/^\d/.test(label)) return true
  if (label === label.toLowerCase()) return label.length === 1 && !'ais'.includes(label)
  return label === label.toUpperCase() && label !== 'I' && !allowedAcronyms.has(label.toLowerCase())
}

function isName(word: string | undefined, known: NameAllowlist): boolean {
  if (word === undefined) return false
  const folded = fold(word)
  return !allowedWords.has(folded) && !known.has(folded)
}

function beginsSentence({ index, input }: RegExpExecArray): boolean {
  return index === 0 || input.charAt(index - 1) === '\n'
}

function isInitials(letters: string | undefined, known: NameAllowlist): boolean {
  if (letters === undefined) return false
  const folded = letters.toLowerCase()
  return !allowedAcronyms.has(folded) && !known.has(folded)
}

function isUnder19(years: string | undefined): boolean {
  return Number(years) <= 18
}

const cohortWords = new RegExp(
  `\\b(?:${groupNouns}|those|people|adults|staff|cohort|leavers|group)\\b`,
  'iu',
)
const fewWords = /\b(?:the|these|both|two|three|four|five|our|his|her|their)\b/iu
const thingWords =
  /\b(?:milestones?|systems?|buildings?|polic(?:y|ies)|plans?|debts?|invoices?|data)\b/iu

function isChildAge({ groups }: RegExpExecArray): boolean {
  const { before = '', years, after = '' } = groups ?? {}
  if (!isUnder19(years) || thingWords.test(before)) return false
  if (/^ ?(?:-|to\b|or (?:over|under|above|older|younger)|\+|\/)/.test(after)) return false
  if (/^ ?and (?:over|under|above|older|younger|up)\b/.test(after)) return false
  if (/^ (?:weeks|days)\b/.test(after))
    return new RegExp(`\\b(?:${childNouns})\\b`, 'iu').test(before)
  return !cohortWords.test(before) || fewWords.test(before)
}

/** Ten figures whose last one is the check digit (modulus 11, NHS Data Dictionary). */
function isNhsNumber({ 0: phrase }: RegExpExecArray): boolean {
  const digits = [...phrase.replace(/\D/g, '')].map(Number)
  const sum = digits.slice(0, 9).reduce((total, digit, at) => total + digit * (10 - at), 0)
  const check = (11 - (sum % 11)) % 11
  return check === digits[9] && new Set(digits).size > 1
}

function isYear(digits: string | undefined): boolean {
  return /^(?:19|20)\d\d$/.test(digits ?? '')
}
