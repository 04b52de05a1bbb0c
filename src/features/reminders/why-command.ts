import { z } from 'zod'
import { fullMoment } from '../../base/dates.ts'
import { say } from '../../base/language.ts'
import { defineQuery, optionalText, type QueryContext } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import { programmesOf } from '../../domain/plan/store.ts'
import {
  explanationOf,
  latestExplanationIn,
  latestExplanationTo,
} from '../../outbox/explanations.ts'

/** Explains a message to its recipient, and to nobody else. */
export const why = defineQuery({
  name: 'why',
  usages: ['why'],
  examples: ['why'],
  authority: ['look after oneself', 'read plan'],
  summary:
    'Why you got my last message, or why I posted the last one in this channel: the rule, the calendar and what moved it.',
  args: z.object({ message: optionalText }),
  run: async (context, { message }) => {
    const { actor } = context
    const found = await findMessageToExplain(context, message)
    if (!found) {
      const lines = [say('There is no message of mine to you or here that I could explain.')]
      return { card: noticeCard({ heading: say('Why?'), lines, buttons: [] }) }
    }
    const { sentAt, why: reasons } = found
    const sent = sentAt
      ? [say('Sent on {moment}.', { moment: fullMoment(sentAt, actor.zone) })]
      : []
    const none = [say('It was written before I began to note why.')]
    const lines = [...(reasons.length > 0 ? reasons : none), ...sent]
    return { card: noticeCard({ heading: say('Why you got this'), lines, buttons: [] }) }
  },
})

/** The one whose button was pressed; else the last one in the channel, or to the person who asks. */
async function findMessageToExplain({ tx, actor, place }: QueryContext, key: string | undefined) {
  const personId = requirePersonId(actor)
  const programmes = await programmesOf(tx, personId)
  const reader = { personId, programmeIds: new Set(programmes.map(({ id }) => id)) }
  // Whatever key a button carries, only messages to the person or in this place are explained.
  if (key) return explanationOf(tx, key, reader, place)
  const posted = place.kind === 'channel' ? await latestExplanationIn(tx, reader, place) : undefined
  return posted ?? latestExplanationTo(tx, reader)
}
