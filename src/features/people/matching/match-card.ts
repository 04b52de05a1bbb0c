import { listOf, plural } from '../../../base/text.ts'
import type { Card } from '../../../chat/cards.ts'
import { noticeCard } from '../../../chat/notice.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { peopleMatchCard } from '../cards.ts'
import {
  type Candidate,
  certainPairs,
  markOf,
  type OwnerMatch,
  type OwnerMatches,
} from './matches.ts'
import { linkAllName, linkName } from './names.ts'

/** How many are asked about at once: each takes a line and a row of buttons, and Slack holds 50 blocks. */
const maxRows = 12

export interface MatchCardContext {
  readonly programme: Programme
  readonly prefix: string
  /** What was just done, in sentences. */
  readonly done: readonly string[]
}

/** Whom the names mean: the certain ones together, then each of whom the office has to say it. */
export function matchCard(matches: OwnerMatches, context: MatchCardContext): Card {
  const { programme, prefix, done } = context
  const pairs = certainPairs(matches)
  const asked = matches.matches.filter(
    ({ kind, owner }) => kind !== 'certain' || !pairs.some((pair) => pair.owner.id === owner.id),
  )
  const notes = [...done, ...unreadLines(matches, prefix)]
  if (matches.owners.length === 0) return everybodyCard(context)
  const rest = asked.length - maxRows
  return peopleMatchCard({
    heading: `Who is who: ${plural(matches.owners.length, 'name')} without an account`,
    lines: notes,
    certain: pairs.length === 0 ? [] : [certainPart(pairs, programme.key)],
    rows: asked.slice(0, maxRows).map((match) => rowOf(match, matches, programme.key)),
    more: rest > 0 ? `${plural(rest, 'more name')} will be here when these are answered.` : '',
  })
}

function everybodyCard({ programme, done }: MatchCardContext): Card {
  const lines = [...done, `Everybody in ${programme.title} has an account.`]
  return noticeCard({ heading: 'Who is who', lines, buttons: [] })
}

function unreadLines({ unread }: OwnerMatches, prefix: string): string[] {
  if (unread === 'later')
    return [
      `I am still reading the list of members. Type ${prefix} people match again in a minute, or choose by hand.`,
    ]
  if (unread === 'cannot tell')
    return [
      'Nobody is found by name here: I am told of the members of a channel that I am in, and of nobody else. Ask me in a channel of your team, or choose by hand.',
    ]
  return []
}

function certainPart(pairs: ReturnType<typeof certainPairs>, programme: string) {
  const names = pairs.map(({ owner, member }) =>
    owner.name === member.name ? owner.name : `${owner.name} = ${member.name}`,
  )
  return {
    intro: 'The same name, and nobody else has it:',
    names: names.join(', '),
    button: {
      title: pairs.length === 1 ? 'Link this one' : `Link these ${pairs.length}`,
      verb: linkAllName,
      data: { programme, shown: markOf(pairs) },
    },
  }
}

function rowOf(match: OwnerMatch, { owners, taken }: OwnerMatches, programme: string) {
  const { owner } = match
  const data = { programme, person: owner.id }
  const choose = { title: 'Choose', verb: `${linkName}:form`, data }
  const title = owners.find(({ id }) => id === owner.id)?.title ?? owner.name
  switch (match.kind) {
    case 'certain':
    case 'likely': {
      const { member } = match
      const yes = {
        title: 'Yes, that is them',
        verb: linkName,
        data: { ...data, account: member.user },
      }
      const other = { ...choose, title: 'Somebody else' }
      return { title, line: `May be ${described(member)}.`, buttons: [yes, other] }
    }
    case 'several': {
      const names = match.members.slice(0, 4).map(described)
      const rest = match.members.length - names.length
      const all = rest > 0 ? [...names, `${rest} more`] : names
      return { title, line: `May be any of ${listOf(all)}.`, buttons: [choose] }
    }
    case 'none':
      return { title, line: noneLine(match.isPost, taken.get(owner.id)), buttons: [choose] }
  }
}

/** With what tells two of one name apart. */
function described({ name, title, isEmployee }: Candidate): string {
  return [name, title, !isEmployee && 'a guest'].filter(Boolean).join(', ')
}

function noneLine(isPost: boolean, taken: string | undefined): string {
  if (taken) return `The account of that name is ${taken}’s already.`
  return isPost ? 'A post or a team: choose who holds it.' : 'Nobody of that name was found.'
}
