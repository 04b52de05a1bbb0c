import leven from 'leven'
import { fold } from '../../base/text.ts'
import { isPostName, nameWords } from './name-words.ts'

/** Which member of a workspace an owner's name in the plan may mean: a pure rule. Nobody is linked by it. */

/** Somebody whom a plan names and who has no account yet. */
export interface NamedOwner {
  readonly id: string
  /** As the plan has it: a name, a post, or an email address. */
  readonly name: string
}

/** A member of the workspace, as far as its platform tells. */
export interface MatchableMember {
  /** Display, real and full name: each that it has. */
  readonly names: readonly string[]
  readonly email?: string | undefined
  /** Their post. */
  readonly title?: string | undefined
  /** Milepost may take them for an owner without asking twice: no guest. */
  readonly isEmployee: boolean
}

/**
 * - `certain`: the same name, and nobody else in the workspace or the plan has it
 * - `likely`: one member whose name is nearly this
 * - `several`: more than one member may be meant
 * - `none`: nobody; `isPost` where it is a post or a team
 */
export type NameMatch<Member> =
  | { readonly kind: 'certain' | 'likely'; readonly owner: NamedOwner; readonly member: Member }
  | { readonly kind: 'several'; readonly owner: NamedOwner; readonly members: readonly Member[] }
  | { readonly kind: 'none'; readonly owner: NamedOwner; readonly isPost: boolean }

/** Matches owners with members. `members`: those who can be linked at all. In the order of the owners. */
export function matchNames<Member extends MatchableMember>(
  owners: readonly NamedOwner[],
  members: readonly Member[],
): readonly NameMatch<Member>[] {
  const known = members.map((member) => ({ member, forms: formsOf(member) }))
  const matches = owners.map((owner) => matchName(owner, known))
  return withoutSharedCertainty(matches)
}

interface KnownMember<Member> {
  readonly member: Member
  readonly forms: MemberForms
}

/** What a member's names are compared by. */
interface MemberForms {
  readonly names: readonly (readonly string[])[]
  readonly email: string
  readonly title: string
}

function formsOf({ names, email = '', title = '' }: MatchableMember): MemberForms {
  const address = fold(email)
  // "asha.verity@council" is a name, too, where the display name is a nickname.
  const ofAddress = nameWords(address.replace(/@.*$/, '').replaceAll(/[._]/g, ' '))
  const spelt = [...names.map(nameWords), ofAddress].filter((words) => words.length > 0)
  return { names: spelt, email: address, title: fold(title) }
}

/** From the surest way of being alike to the vaguest: the first by which anybody is alike counts. */
const likenesses: readonly ((owner: readonly string[], name: readonly string[]) => boolean)[] = [
  hasSameEnds,
  isOtherOrder,
  isShortForm,
  isNearlySame,
  isOneOfBoth,
]

function matchName<Member extends MatchableMember>(
  owner: NamedOwner,
  known: readonly KnownMember<Member>[],
): NameMatch<Member> {
  const text = fold(owner.name)
  const words = nameWords(owner.name)
  const found = (isAlike: (forms: MemberForms) => boolean) =>
    known.filter(({ forms }) => isAlike(forms)).map(({ member }) => member)
  const byName = (isAlike: (own: readonly string[], name: readonly string[]) => boolean) =>
    found(({ names }) => names.some((name) => isAlike(words, name)))

  const same = text.includes('@') ? found(({ email }) => email === text) : byName(isSame)
  const [only] = same
  if (only && same.length === 1 && only.isEmployee && (words.length > 1 || text.includes('@')))
    return { kind: 'certain', owner, member: only }
  if (only) return vague(owner, same)
  const isPost = isPostName(owner.name)
  const holders = found(({ title }) => title !== '' && title === text)
  if (holders.length > 0) return vague(owner, holders)
  if (!isPost && words.length > 0) {
    for (const isAlike of likenesses) {
      const alike = byName(isAlike)
      if (alike.length > 0) return vague(owner, alike)
    }
  }
  return { kind: 'none', owner, isPost }
}

function vague<Member>(owner: NamedOwner, members: readonly Member[]): NameMatch<Member> {
  const [first, second] = members
  if (!first) return { kind: 'none', owner, isPost: false }
  return second ? { kind: 'several', owner, members } : { kind: 'likely', owner, member: first }
}

/** Where two owners would be certain of one member, neither is. */
function withoutSharedCertainty<Member>(
  matches: readonly NameMatch<Member>[],
): readonly NameMatch<Member>[] {
  const certain = matches.flatMap((match) => (match.kind === 'certain' ? match.member : []))
  const isShared = (member: Member) => certain.filter((one) => one === member).length > 1
  return matches.map((match) =>
    match.kind === 'certain' && isShared(match.member) ? { ...match, kind: 'likely' } : match,
  )
}

type Words = readonly string[]

/** Spaces and hyphens do not tell people apart: "Anne-Marie" and "Annemarie". */
const isSame = (own: Words, name: Words) => own.join('') === name.join('')

/** Forename and surname are the same; what is between them may be missing. */
function hasSameEnds(own: Words, name: Words): boolean {
  return own.length > 1 && name.length > 1 && own[0] === name[0] && own.at(-1) === name.at(-1)
}

/** "Verity Asha". */
function isOtherOrder(own: Words, name: Words): boolean {
  return own.length > 1 && own.toSorted().join(' ') === name.toSorted().join(' ')
}

/** Initials and short forms: "A Verity", "Asha V", "Ben Okoro" for Benjamin Okoro, "AV". */
function isShortForm(own: Words, name: Words): boolean {
  const [only, second] = own
  if (only !== undefined && second === undefined)
    return only.length > 1 && only.length < 4 && only === name.map((word) => word[0]).join('')
  if (name.length < 2) return false
  const [forenames, names] = [own.slice(0, -1), name.slice(0, -1)]
  const [surname = '', other = ''] = [own.at(-1), name.at(-1)]
  const isForename = forenames.every((word, nth) => isShortOf(word, names[nth] ?? ''))
  const isWhole = (word: string) => word.length > 1
  return (
    isForename &&
    isShortOf(surname, other) &&
    // One of both is written out: "A V" is anybody.
    (isWhole(surname) || forenames.some(isWhole)) &&
    (surname === other || surname.length === 1)
  )
}

/** Forenames of which neither begins like the other. */
const shortForms: Readonly<Record<string, string>> = {
  ...{ liz: 'elizabeth', beth: 'elizabeth', bob: 'robert', rob: 'robert', bill: 'william' },
  ...{ will: 'william', dick: 'richard', rick: 'richard', jim: 'james', jack: 'john' },
  ...{ kate: 'katherine', kath: 'kathryn', tony: 'anthony', peggy: 'margaret', meg: 'margaret' },
  ...{ harry: 'henry', ted: 'edward', sally: 'sarah', nick: 'nicholas', mike: 'michael' },
}

function isShortOf(word: string, other: string): boolean {
  const [short, long] = word.length <= other.length ? [word, other] : [other, word]
  if (short === '') return false
  return (
    short === long ||
    (short.length === 1 && long.startsWith(short)) ||
    (short.length > 2 && long.startsWith(short)) ||
    shortForms[short] === long
  )
}

/** Names of fewer letters differ in one letter all the time. */
const minLettersForSlip = 5

/** One letter is wrong, missing or too many in the whole name. */
function isNearlySame(own: Words, name: Words): boolean {
  const [text, other] = [own.join(' '), name.join(' ')]
  if (own.length < 2 || text.length < minLettersForSlip) return false
  return Math.abs(text.length - other.length) < 2 && leven(text, other) === 1
}

/** A forename or a surname alone. */
function isOneOfBoth(own: Words, name: Words): boolean {
  const [only, second] = own
  return (
    only !== undefined &&
    second === undefined &&
    only.length > 2 &&
    (name[0] === only || name.at(-1) === only)
  )
}
