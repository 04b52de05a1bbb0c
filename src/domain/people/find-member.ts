import { Refusal } from '../../base/errors.ts'
import { findMention, type Mention } from '../../base/mentions.ts'
import { fold, listOf, nearest, quoted } from '../../base/text.ts'
import type { ReadTx } from '../../infra/db.ts'
import { personIdOfAccount } from './identity-store.ts'
import type { Person } from './person.ts'
import { personInclude, personOf } from './person-store.ts'

/**
 * The person of these programmes whom a name or a post means, or a mention, which tells two of the same name apart.
 * @throws Refusal that offers the nearest, or asks which
 */
export async function findMember(
  tx: ReadTx,
  programmeIds: readonly string[],
  named: string,
  mentions: readonly Mention[] = [],
): Promise<Person> {
  const rows = await tx.person.findMany({
    where: { memberships: { some: { programmeId: { in: [...programmeIds] } } } },
    orderBy: { name: 'asc' },
    ...personInclude,
  })
  const people = rows.map(personOf)
  const mention = findMention(mentions, named)
  const mentionedId = mention && (await personIdOfAccount(tx, mention.account))
  const mentioned = people.find(({ id }) => id === mentionedId)
  if (mentioned) return mentioned
  const wanted = fold(named.replace(/^@/, ''))
  const byName = people.filter(({ name }) => fold(name) === wanted)
  const found =
    byName.length > 0 ? byName : people.filter(({ post }) => post && fold(post) === wanted)
  const [only, second] = found
  if (only && !second) return only
  if (second) {
    const posts = found.map(({ name, post }) => (post ? `${name}, ${post}` : name))
    throw new Refusal(`${quoted(named)} may be ${listOf(posts)}. Say the post. Nothing was saved.`)
  }
  const near = nearest(
    named,
    people.map(({ name }) => name),
  )
  const hint = near ? ` Did you mean ${near}?` : ' Write the name as your programme has it.'
  throw new Refusal(
    `Nobody in your programmes is called ${quoted(named)}.${hint} Nothing was saved.`,
  )
}
