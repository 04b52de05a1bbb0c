import { z } from 'zod'
import { addDays, fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { shorten } from '../../base/text.ts'
import { defineCommand, optionalText } from '../../chat/commands.ts'
import { nothingToChange, noticeCard, stored } from '../../chat/notice.ts'
import { dayNamed } from '../../domain/deadlines/date-args.ts'
import { named } from '../../domain/plan/format.ts'
import {
  findProgramme,
  findProject,
  isProgrammeOffice,
  knownPerson,
} from '../../domain/plan/lookup.ts'
import { untilInWords } from './suppression.ts'
import { endMute, mutesOn, snoozesAt, storeMute } from './suppression-store.ts'

/** Not to be reminded of a project for a while, for oneself alone. */

/** Longer than this, somebody else should lead it. */
const mostDays = 366

export const mute = defineCommand({
  name: 'mute',
  usages: ['mute <project> until <date>'],
  summary:
    'Have no reminders of a project until a day is over: yours alone. What stays overdue is still told to others.',
  args: z.object({ project: z.string(), date: z.string() }),
  run: async (context, { project, date }) => {
    const { today, prefix } = context
    const found = await findProject(context, project)
    const until = dayNamed(date, today)
    if (until < today) throw new Refusal(`${fullDate(until)} has passed. Nothing was stored.`)
    if (until > addDays(today, mostDays)) {
      throw new Refusal(
        `${fullDate(until)} is more than a year away. If you do not lead ${found.ref} any more, tell your programme office. Nothing was stored.`,
      )
    }
    await storeMute(context, found.id, until)
    return stored([
      named(found),
      `You have no reminders of it until ${fullDate(until)}, that day included.`,
      'What stays overdue is told to the lead of the workstream and its sponsor, as always.',
      `To end it sooner: ${prefix} unmute ${found.ref}`,
    ])
  },
})

export const unmute = defineCommand({
  name: 'unmute',
  usages: ['unmute <project>'],
  summary: 'Have reminders of a project again.',
  args: z.object({ project: z.string() }),
  run: async (context, { project }) => {
    const { tx, actor, now } = context
    const found = await findProject(context, project)
    const personId = knownPerson(actor)
    if (!(await endMute(tx, { personId, projectId: found.id, now }))) {
      return nothingToChange([`${named(found)} was not muted.`])
    }
    return stored([
      named(found),
      'I remind you of it again. What is open comes with your next message.',
    ])
  },
})

/** How many of each a card lists. */
const listed = 30

export const mutes = defineCommand({
  name: 'mutes',
  tells: true,
  usages: ['mutes [for <programme>]'],
  summary: 'What you have muted or snoozed; to the programme office, what anybody has.',
  args: z.object({ programme: optionalText }),
  run: async ({ tx, actor, now, today, prefix }, { programme: key }) => {
    const programme = await findProgramme(tx, actor, key)
    const isOffice = await isProgrammeOffice(tx, actor, programme)
    const whose = isOffice ? { programmeId: programme.id } : { personId: knownPerson(actor) }
    const who = (name: string) => (isOffice ? `${name}: ` : '')
    const muted = (await mutesOn(tx, whose, today)).map(
      ({ person, ref, title, until }) =>
        `${who(person)}${ref} ${shorten(title, 60)}, muted until ${fullDate(until)}`,
    )
    const snoozed = (await snoozesAt(tx, whose, now)).map(
      ({ person, thing, until }) =>
        `${who(person)}${thing}, snoozed until ${untilInWords(until, actor.zone)}`,
    )
    const all = [...muted, ...snoozed]
    const more = all.length > listed ? [`${all.length - listed} more are not listed.`] : []
    const none = isOffice
      ? `Nobody in ${programme.title} has muted or snoozed anything.`
      : 'You have muted and snoozed nothing.'
    const lines = all.length > 0 ? [...all.slice(0, listed), ...more] : [none]
    const how = `Mute a project: ${prefix} mute 2.1 until 30 Apr. End it: ${prefix} unmute 2.1`
    return {
      card: noticeCard({ heading: 'Muted and snoozed', lines: [...lines, how], buttons: [] }),
    }
  },
})
