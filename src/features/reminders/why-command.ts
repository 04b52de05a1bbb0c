import { z } from 'zod'
import { fullMoment } from '../../base/dates.ts'
import { type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import type { Place } from '../../chat/request.ts'
import { knownPerson } from '../../domain/plan/lookup.ts'
import type { Prisma } from '../../infra/db.ts'

/** Explains a message of Milepost's to whom it was written, and to nobody else. */
export const why = defineCommand({
  name: 'why',
  tells: true,
  usages: ['why'],
  summary:
    'Why you got my last message, or why I posted the last one in this channel: the rule, the calendar and what moved it.',
  args: z.object({ message: optionalText }),
  run: async (context, { message }) => {
    const { actor } = context
    const found = await messageMeant(context, message)
    if (!found) {
      const lines = ['There is no message of mine to you or here that I could explain.']
      return { card: noticeCard({ heading: 'Why?', lines, buttons: [] }) }
    }
    const { sentAt, why: reasons } = found
    const sent = sentAt ? [`Sent on ${fullMoment(sentAt, actor.zone)}.`] : []
    const none = ['It was written before I began to note why.']
    const lines = [...(reasons.length > 0 ? reasons : none), ...sent]
    return { card: noticeCard({ heading: 'Why you got this', lines, buttons: [] }) }
  },
})

/** The one whose button was pressed; else the last one in the channel, or to the person who asks. */
async function messageMeant({ tx, actor, place }: Context, key: string | undefined) {
  const personId = knownPerson(actor)
  const last = (where: Prisma.DeliveryWhereInput) =>
    tx.delivery.findFirst({
      where: { ...where, state: { in: ['sent', 'uncertain'] } },
      orderBy: { number: 'desc' },
      select: { why: true, sentAt: true },
    })
  // Whatever key a button carries, only what was written to the person or here is told.
  if (key) return last({ key, OR: [{ personId }, here(place)] })
  const posted = place.kind === 'channel' ? await last(here(place)) : null
  return posted ?? (await last({ personId }))
}

function here({ platform, tenant, conversation }: Place): Prisma.DeliveryWhereInput {
  const at = [{ conversation }, { sentTo: conversation }]
  return { platform, tenant, placeKind: 'channel', AND: { OR: at } }
}
