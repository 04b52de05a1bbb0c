import { z } from 'zod'
import { archivedRefusal } from '../../../authority/refusals.ts'
import { Refusal } from '../../../base/errors.ts'
import { urlBelow } from '../../../base/public-url.ts'
import { plural } from '../../../base/text.ts'
import { programmeArgs } from '../../../chat/args.ts'
import { type Command, type CommandContext, defineCommand } from '../../../chat/commands.ts'
import { oneOf, slot } from '../../../chat/grammar.ts'
import { noticeCard, savedResult, unchangedResult } from '../../../chat/notice.ts'
import { makeDateLink, revokeDateLinks } from '../../../domain/date-links/store.ts'
import { findProgramme, requirePersonId } from '../../../domain/plan/lookup.ts'
import { datesPath } from './feed.ts'

const link = defineCommand({
  name: 'dates-link',
  usages: ['dates link [<reach>] [for <programme>]'],
  slots: { reach: oneOf('all'), programme: slot.word },
  examples: ['dates link', 'dates link all for W17'],
  authority: ['read plan'],
  summary:
    'A link by which your calendar shows the milestones of your projects, or of “all” the programme, and follows them where they move. “dates unlink” ends it.',
  args: programmeArgs.extend({ reach: z.string().optional() }),
  run: async (context, { reach, programme: key }) => {
    const { tx, actor, now, prefix, installation } = context
    requireOwnChat(context)
    const programme = await findProgramme(tx, actor, key)
    if (programme.isArchived) throw archivedRefusal()
    const { publicUrl } = installation
    if (publicUrl === undefined) {
      throw new Refusal(
        'Calendars cannot reach Milepost: its administrator has not set PUBLIC_URL. Nothing was made.',
      )
    }
    const isWhole = reach !== undefined
    const personId = requirePersonId(actor)
    const token = await makeDateLink(tx, { programmeId: programme.id, personId, isWhole }, now)
    const what = isWhole ? 'all milestones' : 'the milestones of the projects that you lead'
    return {
      card: noticeCard({
        heading: 'Your link',
        lines: [
          urlBelow(publicUrl, datesPath(token)),
          `Add it to your calendar by its address: it shows ${what} of ${programme.title}, and follows them.`,
          `Whoever has it reads the same. An earlier link to the same ends now. To end this one: ${prefix} dates unlink.`,
        ],
        buttons: [],
      }),
    }
  },
})

/** Somebody who reads it there could use it. @throws Refusal in any conversation of others */
function requireOwnChat({ place, prefix }: CommandContext): void {
  if (place.kind === 'direct') return
  throw new Refusal(
    `Others can read this conversation. Ask me in our own chat: ${prefix} dates link. Nothing was made.`,
  )
}

const unlink = defineCommand({
  name: 'dates-unlink',
  usages: ['dates unlink [for <programme>]'],
  slots: { programme: slot.word },
  examples: ['dates unlink', 'dates unlink for W17'],
  authority: ['read plan'],
  summary: 'End your links to the dates of a programme: calendars get nothing more by them.',
  args: programmeArgs,
  run: async ({ tx, actor }, { programme: key }) => {
    const programme = await findProgramme(tx, actor, key)
    const personId = requirePersonId(actor)
    const count = await revokeDateLinks(tx, { programmeId: programme.id, personId })
    if (count === 0)
      return unchangedResult([`You have no link to the dates of ${programme.title}.`])
    return savedResult([
      `${plural(count, 'link')} to the dates of ${programme.title} ended. A calendar keeps what it has until you take it out there.`,
    ])
  },
})

export const dateLinkCommands: readonly Command[] = [link, unlink]
