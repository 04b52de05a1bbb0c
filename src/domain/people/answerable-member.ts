import type { ChatIdentity } from '../../base/addresses.ts'
import { Refusal } from '../../base/errors.ts'
import { findMention, type Mention } from '../../base/mentions.ts'
import { type Standing, standingProblem } from '../../base/standing.ts'
import type { ReadTx } from '../../infra/db.ts'
import { findMember } from './find-member.ts'
import type { Person } from './person.ts'

/** What is needed to find out whom a line names. */
export interface Naming {
  readonly tx: ReadTx
  readonly mentions: readonly Mention[]
  /** What the account's platform says of it; undefined where it does not tell. */
  profile(
    account: ChatIdentity,
  ): Promise<{ readonly displayName: string; readonly standing?: Standing | undefined } | undefined>
}

/**
 * The person of these programmes whom a name, a post or a mention means and who can answer: for whoever is to do
 * something. @throws Refusal for an app, a closed account, another organisation, or nobody of these programmes
 */
export async function findAnswerableMember(
  naming: Naming,
  programmeIds: readonly string[],
  named: string,
): Promise<Person> {
  const { tx, mentions } = naming
  const mention = findMention(mentions, named)
  if (mention) await assertCanAnswer(naming, mention.account)
  const person = await findMember(tx, programmeIds, named, mentions)
  await assertNotGone(tx, person)
  return person
}

/** @throws Refusal where the platform says that nobody can answer by that account */
async function assertCanAnswer({ profile }: Naming, account: ChatIdentity): Promise<void> {
  const known = await profile(account)
  const problem = standingProblem(known?.standing)
  if (known && problem) throw new Refusal(`${known.displayName} ${problem} Nothing was saved.`)
}

/** @throws Refusal for somebody whose every account was closed; somebody without one may get it later */
export async function assertNotGone(
  tx: ReadTx,
  { id, name }: Pick<Person, 'id' | 'name'>,
): Promise<void> {
  const accounts = await tx.identity.findMany({ where: { personId: id }, select: { goneAt: true } })
  if (accounts.length === 0 || accounts.some(({ goneAt }) => goneAt === null)) return
  throw new Refusal(`${name} ${standingProblem('deactivated')} Nothing was saved.`)
}
