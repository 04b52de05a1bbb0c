import { type AdminAccount, accountText } from '../../../authority/admins.ts'
import { noticeCard } from '../../../chat/notice.ts'
import type { Tx } from '../../../infra/db.ts'
import { messageIdsByKeyPrefix } from '../../../outbox/find-message.ts'
import { defineMessageKind } from '../../../outbox/message-kinds.ts'
import { editMessage } from '../../../outbox/outbox.ts'

export const newcomerName = 'people-newcomer'

/** Asks the office whether an account is somebody's whom the plan names. */
export const newcomerKind = defineMessageKind({
  kind: 'newcomer',
  title: 'Question who somebody is',
  authority: 'run programme',
  isFailureReported: false,
})

/** Tells somebody that they are known from now on. */
export const welcomeKind = defineMessageKind({
  kind: 'welcome',
  title: 'Word that an account is known',
  authority: 'read plan',
})

/** The beginning of the keys of what the offices are asked about an account; with a person, whether it is theirs. */
export const newcomerKeyPrefix = (account: AdminAccount, personId?: string) =>
  `newcomer:${accountText(account)}:${personId === undefined ? '' : `${personId}:`}`

interface ClosedQuestions {
  /** Of the keys of the questions. */
  readonly prefix: string
  readonly programmeId: string
  /** It names who answered and whom the plan names, so other programmes' offices do not read it. */
  readonly answer: string
}

/** Every officer of the programme who was asked reads what was answered, and is asked no more. */
export async function closeNewcomerQuestions(
  tx: Tx,
  { prefix, programmeId, answer }: ClosedQuestions,
  now: Date,
): Promise<void> {
  const card = () => noticeCard({ heading: 'Answered', lines: [answer], buttons: [] })
  for (const id of await messageIdsByKeyPrefix(tx, prefix, programmeId)) {
    await editMessage(tx, id, card, now)
  }
}
