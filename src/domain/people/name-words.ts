import { fold } from '../../base/text.ts'

/** A person's name taken apart, for matching alone. */

/** In front of a name: "Dr Asha Verity", "Cllr B. Okoro". */
const titles = new Set(
  'mr mrs ms miss mx dr prof professor sir dame lord lady cllr councillor rev revd'.split(' '),
)

/** Behind a name: "Asha Verity OBE". */
const honours = new Set('obe mbe cbe kbe qc kc phd msc bsc ma ba jp esq jr sr'.split(' '))

/** Letters that Unicode does not take apart into a Latin one and its mark. */
const plainLetters: Readonly<Record<string, string>> = {
  ...{ ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' },
}

/**
 * The words of a name, forename first: folded, without accents, titles, honours, pronouns in brackets and what stands
 * behind a dash ("Verity, Asha (she/her) - Children's Services" is asha, verity).
 */
export function nameWords(name: string): readonly string[] {
  const [own = ''] = fold(name)
    .replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ')
    .split(/\s[-|/]\s|\|/)
  const [before = [], after = []] = own.split(',', 2).map(wordsIn)
  // "Asha Verity, OBE" has no forename behind its comma.
  const words = [...withoutHonours(after), ...withoutHonours(before)]
  return words[0] !== undefined && titles.has(words[0]) && words.length > 1 ? words.slice(1) : words
}

function wordsIn(text: string): string[] {
  const latin = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z]/g, (letter) => plainLetters[letter] ?? letter)
    // "O'Brien" is one word, "Anne-Marie" and "J.P." are two.
    .replaceAll("'", '')
  return latin.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
}

function withoutHonours(words: readonly string[]): readonly string[] {
  const last = words.findLastIndex((word) => !honours.has(word))
  return words.slice(0, last + 1)
}

/** Words of posts, bodies and gaps, of which a person's name has none. */
const postWords = new Set(
  [
    'head director directorate assistant deputy manager lead leads leader officer service services team teams',
    'board group committee programme project office chief executive principal chair strategic operational',
    'coordinator co ordinator practitioner commissioner consultant partner partners partnership council department',
    'education health care social childrens adults safeguarding quality assurance performance improvement',
    'hr it ict finance legal communications comms policy commissioning early help inclusion virtual school',
    'schools all various vacant vacancy tbc tba tbd interim new and of for the dcs das ad cex ceo ndo',
  ]
    .join(' ')
    .split(' '),
)

/**
 * Whether what a plan has for an owner is a post, a team or a gap and no person's name: "AD Children's Services", "Head of
 * Inclusion", "TBC". One word of it tells where it is the first; behind a forename it takes two ("Asha Head" is a person).
 */
export function isPostName(name: string): boolean {
  const words = nameWords(name)
  const [first = ''] = words
  if (postWords.has(first)) return true
  return words.filter((word) => postWords.has(word)).length > 1
}
