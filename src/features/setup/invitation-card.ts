import type { Card } from '../../chat/cards.ts'
import { noticeCard } from '../../chat/notice.ts'
import { formVerbOf } from '../../chat/resolve-command.ts'
import type { Tx } from '../../infra/db.ts'
import { idsOfKind } from '../../outbox/find-message.ts'
import { editMessage } from '../../outbox/outbox.ts'

/** Name of the command that sets up a programme. */
export const setupName = 'setup'

export const invitationKindName = 'setup-invitation'

const heading = 'Milepost is here: set up the first programme'

export function invitationCard(): Card {
  const lines = [
    'I keep an improvement programme’s plan: I remind people of what is due, take their updates and post the digest.',
    'No programme is set up here yet, and you are one of the people who can do it. It takes a minute.',
  ]
  const button = {
    title: 'Set up the first programme',
    verb: formVerbOf({ name: setupName }),
    data: {},
  }
  return noticeCard({ heading, lines, buttons: [button] })
}

/** The invitations that were sent say what was done, and ask no more. */
export async function closeInvitations(tx: Tx, done: string, now: Date): Promise<void> {
  const card = () => noticeCard({ heading: 'Milepost is here', lines: [done], buttons: [] })
  for (const id of await idsOfKind(tx, invitationKindName)) await editMessage(tx, id, card, now)
}
