import { z } from 'zod'
import { addDays, fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { shorten } from '../../base/text.ts'
import { programmeArgs } from '../../chat/args.ts'
import { defineCommand, defineQuery } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard, savedResult, unchangedResult } from '../../chat/notice.ts'
import { parseDateArg } from '../../domain/deadlines/date-args.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { findProgramme, findProject, mayIn, requirePersonId } from '../../domain/plan/lookup.ts'
import { formatUntil } from './suppression.ts'
import { endMute, listActiveMutes, listActiveSnoozes, storeMute } from './suppression-store.ts'

/** A mute stops one person's reminders of a project until a day. Other people's reminders go on. */

/** A person who wants no reminders for longer should hand the project over. */
const maxDays = 366

export const mute = defineCommand({
  name: 'mute',
  usages: ['mute <project> until <date>'],
  slots: { project: slot.project, date: slot.date },
  examples: ['mute 2.1 until 30 Apr'],
  authority: ['read plan'],
  summary:
    'Have no reminders of a project until a day is over: yours alone. What stays overdue is still told to others.',
  args: z.object({ project: z.string(), date: z.string() }),
  run: async (context, { project, date }) => {
    const { today, prefix } = context
    const found = await findProject(context, project)
    const until = parseDateArg(date, today)
    if (until < today) throw new Refusal(`${fullDate(until)} has passed. Nothing was saved.`)
    if (until > addDays(today, maxDays)) {
      throw new Refusal(
        `${fullDate(until)} is more than a year away. If you do not lead ${found.ref} any more, tell your programme office. Nothing was saved.`,
      )
    }
    await storeMute(context, found.id, until)
    return savedResult([
      formatProject(found),
      `You have no reminders of it until ${fullDate(until)}, that day included.`,
      'What stays overdue is told to the lead of the workstream and its sponsor, as always.',
      `To end it sooner: ${prefix} unmute ${found.ref}`,
    ])
  },
})

export const unmute = defineCommand({
  name: 'unmute',
  usages: ['unmute <project>'],
  slots: { project: slot.project },
  examples: ['unmute 2.1'],
  authority: ['read plan'],
  summary: 'Have reminders of a project again.',
  args: z.object({ project: z.string() }),
  run: async (context, { project }) => {
    const { tx, actor, now } = context
    const found = await findProject(context, project)
    const personId = requirePersonId(actor)
    if (!(await endMute(tx, { personId, projectId: found.id, now }))) {
      return unchangedResult([`${formatProject(found)} was not muted.`])
    }
    return savedResult([
      formatProject(found),
      'I remind you of it again. What is open comes with your next message.',
    ])
  },
})

/** How many mutes and snoozes a card lists. */
const maxListed = 30

export const mutes = defineQuery({
  name: 'mutes',
  usages: ['mutes [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['mutes'],
  authority: ['read plan', 'run programme'],
  summary: 'What you have muted or snoozed; to the programme office, what anybody has.',
  args: programmeArgs,
  run: async ({ tx, actor, now, today, prefix }, { programme: key }) => {
    const programme = await findProgramme(tx, actor, key)
    const isOffice = await mayIn({ tx, actor }, 'run programme', programme)
    const whose = isOffice ? { programmeId: programme.id } : { personId: requirePersonId(actor) }
    const ownerPrefix = (name: string) => (isOffice ? `${name}: ` : '')
    const muted = (await listActiveMutes(tx, whose, today)).map(
      ({ person, ref, title, until }) =>
        `${ownerPrefix(person)}${ref} ${shorten(title, 60)}, muted until ${fullDate(until)}`,
    )
    const snoozed = (await listActiveSnoozes(tx, whose, now)).map(
      ({ person, label, until }) =>
        `${ownerPrefix(person)}${label}, snoozed until ${formatUntil(until, actor.zone)}`,
    )
    const all = [...muted, ...snoozed]
    const more = all.length > maxListed ? [`${all.length - maxListed} more are not listed.`] : []
    const none = isOffice
      ? `Nobody in ${programme.title} has muted or snoozed anything.`
      : 'You have muted and snoozed nothing.'
    const lines = all.length > 0 ? [...all.slice(0, maxListed), ...more] : [none]
    const hint = `Mute a project: ${prefix} mute 2.1 until 30 Apr. End it: ${prefix} unmute 2.1`
    return {
      card: noticeCard({ heading: 'Muted and snoozed', lines: [...lines, hint], buttons: [] }),
    }
  },
})
