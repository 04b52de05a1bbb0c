import { z } from 'zod'
import { fullMoment, type Weekday, weekdays } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { nearest } from '../../base/text.ts'
import { type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { programmeCalendar } from '../calendars/calendar.ts'
import { findProgramme, isProgrammeOffice, knownPerson, officeProgramme } from '../plan/access.ts'
import type { Plan } from '../plan/plan.ts'
import { loadPlan } from '../plan/store.ts'
import { mismatchCount } from '../status/mismatches.ts'
import { fitDigest } from './fit.ts'
import { previewDigest } from './jobs.ts'
import { nextRound } from './schedule.ts'
import { subscribe, unsubscribe } from './store.ts'

const ofProgramme = z.object({ programme: optionalText })

export const preview = defineCommand({
  name: 'digest',
  tells: true,
  usages: ['digest [for <programme>]'],
  summary: 'The digest as it would be posted now, to you alone.',
  args: ofProgramme,
  run: async ({ tx, actor, today, prefix }, args) => {
    const programme = await findProgramme(tx, actor, args.programme)
    const plan = await loadPlan(tx, programme.id, today)
    const content = await previewDigest(tx, plan)
    const notes = await forOffice({ tx, actor, prefix }, plan)
    const [root] = fitDigest({ ...content, notes: [...content.notes, ...notes] }, prefix)
    return { card: root }
  },
})

/** What only the programme office sees before a digest goes out: where states and criteria differ. */
async function forOffice(
  { tx, actor, prefix }: Pick<Context, 'tx' | 'actor' | 'prefix'>,
  plan: Plan,
): Promise<string[]> {
  if (!(await isProgrammeOffice(tx, actor, plan.programme))) return []
  const differing = mismatchCount(plan)
  return differing ? [`Only you see this: ${differing}. ${prefix} mismatches lists them.`] : []
}

/** Which weekday a word means, by its first three letters or more. @throws Refusal */
function weekdayNamed(word: string): Weekday {
  const typed = word.toLowerCase()
  const found = weekdays.find((day) => typed.length >= 3 && day.startsWith(typed))
  if (found) return found
  const near = nearest(typed, weekdays)
  const hint = near ? ` Did you mean ${near}?` : ''
  throw new Refusal(`I do not know the day “${word}”.${hint} Nothing was stored.`)
}

/** "9:05" and "09.05" are 09:05. */
const clockTime = (text: string): string => text.replace('.', ':').padStart(5, '0')

export const digestHere = defineCommand({
  name: 'digest-here',
  usages: ['digest here weekly <weekday> <time> [for <programme>]'],
  summary: 'Post the digest in this channel each week. For the programme office.',
  args: ofProgramme.extend({ weekday: z.string(), time: z.string() }),
  run: async (context, args) => {
    const { tx, actor, place, now } = context
    const programme = await officeProgramme(context, args.programme)
    const schedule = {
      weekday: weekdayNamed(args.weekday),
      time: clockTime(args.time),
      zone: programme.zone,
    }
    await subscribe(tx, {
      programmeId: programme.id,
      place,
      schedule,
      createdById: knownPerson(actor),
      now,
    })
    const { moment } = nextRound(schedule, programmeCalendar(programme), now)
    const lines = [
      `The digest of ${programme.title} will be posted here each week. The next one: ${fullMoment(moment, programme.zone)}.`,
      'If that day is a bank holiday or you are closed, it comes on the working day before.',
    ]
    return { card: noticeCard({ heading: 'Stored', lines, buttons: [] }) }
  },
})

export const digestStop = defineCommand({
  name: 'digest-stop',
  usages: ['digest here stop [for <programme>]'],
  summary: 'Post no more digests in this channel. For the programme office.',
  args: ofProgramme,
  run: async (context: Context, args) => {
    const { tx, place, now } = context
    const programme = await officeProgramme(context, args.programme)
    const ended = await unsubscribe(tx, { programmeId: programme.id, place, now })
    const line = ended
      ? `The digest of ${programme.title} will not be posted here any more.`
      : `The digest of ${programme.title} was not posted here.`
    return {
      card: noticeCard({
        heading: ended ? 'Stored' : 'Nothing to change',
        lines: [line],
        buttons: [],
      }),
    }
  },
})
