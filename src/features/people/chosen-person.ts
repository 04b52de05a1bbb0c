import { Refusal } from '../../base/errors.ts'
import { findMention } from '../../base/mentions.ts'
import { readChosenAccount } from '../../chat/chosen-account.ts'
import type { CommandContext } from '../../chat/commands.ts'
import { assertNotGone } from '../../domain/people/answerable-member.ts'
import { findMember } from '../../domain/people/find-member.ts'
import { personOfAccount } from '../../domain/people/mentioned-person.ts'

/** Somebody whom the office chose for something: work, or a role. */
export interface ChosenPerson {
  readonly id: string
  readonly name: string
  /** What was changed besides, as a sentence. */
  readonly remark: string | null
}

/** The office has to know first that it is a guest; nothing was written. */
export interface ChosenGuest {
  readonly name: string
  /** The id of their account. */
  readonly guestAccount: string
}

export interface ChosenPersonArgs {
  /** As typed: a name, a post or a mention. */
  readonly typed?: string | undefined
  /** What a picker gave. */
  readonly account?: string | undefined
  /** The office knows that it is a guest. */
  readonly guest?: string | undefined
}

/** @throws Refusal where nobody was chosen, or it is nobody who can use Milepost */
export async function findChosenPerson(
  context: CommandContext,
  programmeId: string,
  { typed, account, guest }: ChosenPersonArgs,
): Promise<ChosenPerson | ChosenGuest> {
  const { tx, now, mentions } = context
  const isMention = typed && findMention(mentions, typed) !== undefined
  if (typed && !isMention) return findTyped(context, programmeId, typed)
  const chosenText = typed ?? account
  if (!chosenText) throw new Refusal('Choose who. Nothing was saved.', { account: 'Choose one.' })
  const chosen = await readChosenAccount(context, chosenText)
  const { displayName: called, zone, standing } = chosen.profile
  const found = { name: called, zone }
  if (standing === 'guest' && !guest) return { name: called, guestAccount: chosen.account.user }
  const { id, remark } = await personOfAccount(tx, programmeId, chosen.account, found, now)
  const { name } = await tx.person.findUniqueOrThrow({ where: { id }, select: { name: true } })
  return { id, name, remark }
}

/** @throws Refusal also for somebody whose every account is closed */
async function findTyped(
  { tx }: CommandContext,
  programmeId: string,
  typed: string,
): Promise<ChosenPerson> {
  const { id, name } = await findMember(tx, [programmeId], typed)
  await assertNotGone(tx, { id, name })
  const accounts = await tx.identity.count({ where: { personId: id } })
  const remark = accounts === 0 ? `${name} has no account here yet, so nobody can ask them.` : null
  return { id, name, remark }
}
