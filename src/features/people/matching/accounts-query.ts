import { z } from 'zod'
import { dateIn, fullDate } from '../../../base/dates.ts'
import { buttonTo } from '../../../chat/card-button.ts'
import { defineQuery, optionalText } from '../../../chat/commands.ts'
import { slot } from '../../../chat/grammar.ts'
import { type Account, isSameAccount } from '../../../domain/people/accounts.ts'
import { accountsOf } from '../../../domain/people/direct-places.ts'
import { findProgrammeTo } from '../../../domain/plan/lookup.ts'
import { peopleMatchCard } from '../cards.ts'
import { findPersonHere } from '../person-here.ts'
import { accountsName, unlinkName } from './names.ts'

/** The accounts of one person: which of them messages go to, and which can be taken off. */
export const peopleAccounts = defineQuery({
  name: accountsName,
  usages: ['people accounts <person> [for <programme>]'],
  slots: { person: slot.text, programme: slot.word },
  examples: ['people accounts Asha Verity'],
  authority: ['run programme'],
  summary:
    'The accounts of one person: where messages go, which are closed, and a button that takes one off. For the programme office.',
  args: z.object({ person: z.string(), programme: optionalText }),
  run: async (context, args) => {
    const { tx, mentions, platformTitle, actor } = context
    const programme = await findProgrammeTo(context, 'run programme', args.programme)
    const { id, name } = await findPersonHere(tx, programme.id, args.person, mentions)
    const accounts = await accountsOf(tx, id)
    const rows = accounts.map((account, at) => {
      const { platform, tenant, user } = account
      const data = { programme: programme.key, person: id, platform, tenant, user }
      return {
        title: `${platformTitle(platform)}: ${user} in ${tenant}`,
        line: accountLine(account, at, { platformTitle, zone: actor.zone }),
        buttons: isSameAccount(account, actor.identity)
          ? []
          : [buttonTo('Take off', unlinkName, data)],
      }
    })
    const lines = rows.length === 0 ? [`${name} has no account.`] : []
    const heading = `Accounts of ${name}`
    return { card: peopleMatchCard({ heading, lines, certain: [], rows, more: '' }) }
  },
})

/** `at`: its place in the order in which they are tried. */
function accountLine(
  { platform, goneAt, lastActiveAt }: Account,
  at: number,
  { platformTitle, zone }: { platformTitle(platform: string): string; readonly zone: string },
): string {
  const day = (moment: Date) => fullDate(dateIn(zone, moment))
  const wrote = lastActiveAt ? `Last used ${day(lastActiveAt)}.` : 'Never used.'
  if (goneAt) return `Closed: ${platformTitle(platform)} has said so since ${day(goneAt)}. ${wrote}`
  return `${at === 0 ? 'Messages go here.' : 'Messages go here if they cannot go to the one above.'} ${wrote}`
}
