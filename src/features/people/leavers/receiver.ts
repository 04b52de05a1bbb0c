import { Refusal } from '../../../base/errors.ts'
import { fold } from '../../../base/text.ts'
import type { CommandContext } from '../../../chat/commands.ts'
import { findMember } from '../../../domain/people/find-member.ts'
import { personOfAccount } from '../../../domain/people/mentioned-person.ts'
import { readChosenAccount } from '../matching/chosen-account.ts'

/** Who gets somebody's work. */
export interface Receiver {
  readonly id: string
  readonly name: string
  /** What was changed besides, as a sentence. */
  readonly remark: string | null
}

/** The office has to know first that it is a guest; nothing was written. */
export interface GuestReceiver {
  readonly name: string
  /** The id of their account. */
  readonly guestAccount: string
}

export interface ReceiverArgs {
  /** As typed: a name, a post or a mention. */
  readonly other?: string | undefined
  /** What a picker gave. */
  readonly account?: string | undefined
  /** The office knows that it is a guest. */
  readonly guest?: string | undefined
}

/** @throws Refusal where nobody was chosen, or it is nobody who can use Milepost */
export async function findReceiver(
  context: CommandContext,
  programmeId: string,
  { other, account, guest }: ReceiverArgs,
): Promise<Receiver | GuestReceiver> {
  const { tx, now, mentions } = context
  const isMention = other && mentions.some(({ text }) => fold(text) === fold(other))
  if (other && !isMention) {
    const { id, name } = await findMember(tx, [programmeId], other)
    return { id, name, remark: null }
  }
  const chosenText = other ?? account
  if (!chosenText) {
    throw new Refusal('Choose who gets the work. Nothing was saved.', { account: 'Choose one.' })
  }
  const chosen = await readChosenAccount(context, chosenText)
  const { displayName: called, zone, standing } = chosen.profile
  const found = { name: called, zone }
  if (standing === 'guest' && !guest) return { name: called, guestAccount: chosen.account.user }
  const { id, remark } = await personOfAccount(tx, programmeId, chosen.account, found, now)
  const { name } = await tx.person.findUniqueOrThrow({ where: { id }, select: { name: true } })
  return { id, name, remark }
}
