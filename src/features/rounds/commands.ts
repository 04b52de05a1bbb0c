import { z } from 'zod'
import { addDays, dateIn, fullMoment, momentAt } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import {
  type Answer,
  type Command,
  type Context,
  defineCommand,
  type Filled,
  optionalText,
} from '../../chat/commands.ts'
import { nothingToChange, stored } from '../../chat/notice.ts'
import { dayNamed, timeNamed } from '../../domain/deadlines/date-args.ts'
import { readDate } from '../../domain/deadlines/deadlines.ts'
import { namesOf } from '../../domain/people/names.ts'
import {
  findProgramme,
  isProgrammeOffice,
  knownPerson,
  officeProgramme,
} from '../../domain/plan/lookup.ts'
import { type Plan, type Programme, peopleIn } from '../../domain/plan/plan.ts'
import type { Asking } from '../../domain/plan/recipients.ts'
import { loadPlan } from '../../domain/plan/store.ts'
import { lockProgramme } from '../../domain/programme/lock.ts'
import { closing, extending, nudging, roundToExtend } from '../../domain/rounds/round-actions.ts'
import { type RoundsKnown, roundsAt, type UpdateRound } from '../../domain/rounds/rules.ts'
import { roundsOf, storeRoundChange } from '../../domain/rounds/store.ts'
import { reachOf } from '../reminders/wake-queries.ts'
import { extendFormCard } from './cards.ts'
import { servedInWords } from './format.ts'
import { nudgedInWords, officeView, ownView } from './view.ts'

const ofProgramme = z.object({ programme: optionalText })

const round = defineCommand({
  name: 'round',
  tells: true,
  usages: ['round [for <programme>]'],
  summary:
    'The update round: when it is and what you owe. To the programme office, who answered and who did not.',
  args: ofProgramme,
  run: async (context, { programme: key }) => {
    const { tx, actor, now, prefix } = context
    const programme = await findProgramme(tx, actor, key)
    const plan = await planNow(context, programme)
    const viewed = { plan, rounds: roundsAt(await roundsOf(tx, programme), now), now, prefix }
    const asking = await askingIn(context, programme)
    if (!(await isProgrammeOffice(tx, actor, programme))) {
      return { card: ownView(viewed, knownPerson(actor), asking) }
    }
    const names = await namesOf(tx, plan.projects.flatMap(peopleIn))
    return { card: officeView(viewed, asking, names) }
  },
})

/** The plan with all that was said by now: east of the programme's zone it can be tomorrow already. */
function planNow({ tx, now }: Context, { id }: Programme): Promise<Plan> {
  return loadPlan(tx, id, addDays(dateIn('UTC', now), 1))
}

async function askingIn({ tx, now }: Context, { zone }: Programme): Promise<Asking> {
  return { day: dateIn(zone, now), reach: await reachOf(tx, now) }
}

/** A programme whose rounds nobody else of its office changes until we are done. @throws Refusal */
async function roundsToChange(
  context: Context,
  key: string | undefined,
): Promise<{ readonly programme: Programme; readonly known: RoundsKnown }> {
  const programme = await officeProgramme(context, key)
  // Two of the office who close a round at once close it once.
  await lockProgramme(context.tx, programme.id)
  return { programme, known: await roundsOf(context.tx, programme) }
}

const nudge = defineCommand({
  name: 'round-nudge',
  usages: ['round nudge [for <programme>]'],
  summary:
    'Tell everybody who owes an update once more, in private, also if they had a message today. Once a round; for the programme office.',
  args: ofProgramme,
  run: async (context, { programme: key }) => {
    const { programme, known } = await roundsToChange(context, key)
    const can = nudging(known, context.now)
    if (!can.ok) return nothingToChange([can.why])
    const plan = await planNow(context, programme)
    const nudged = nudgedInWords(plan, can.round, await askingIn(context, programme))
    if (!nudged.ok) return nothingToChange([nudged.why])
    await storeRoundChange(context, programme.id, can.round, { kind: 'nudged' })
    return stored([`The round for ${servedInWords(can.round, programme)}:`, ...nudged.lines])
  },
})

const close = defineCommand({
  name: 'round-close',
  usages: ['round close [for <programme>]'],
  summary:
    'Close the update round now: what is said after that counts for the next one. For the programme office.',
  args: ofProgramme,
  run: async (context, { programme: key }) => {
    const { programme, known } = await roundsToChange(context, key)
    const can = closing(known, context.now)
    if (!can.ok) return nothingToChange([can.why])
    await storeRoundChange(context, programme.id, can.round, { kind: 'closed' })
    return stored([
      `The round for ${servedInWords(can.round, programme)} is closed. What is said from now on counts for the next one.`,
      `To open it again: ${context.prefix} round extend to …`,
    ])
  },
})

const extend = defineCommand({
  name: 'round-extend',
  usages: [
    'round extend to <date> at <time> [for <programme>]',
    'round extend to <date> [<time>] [for <programme>]',
  ],
  summary:
    'Keep the update round open longer, or open it again, until its digest goes out. For the programme office.',
  args: ofProgramme.extend({ date: optionalText, time: optionalText }),
  run: async (context, { date, time, programme: key }) => {
    const { programme, known } = await roundsToChange(context, key)
    const until = untilNamed(context, programme, { date, time })
    const can = extending(known, until, context.now)
    if (!can.ok) throw new Refusal(`${can.why} Nothing was stored.`, { date: can.why })
    return keepOpen(context, programme, can.round, until)
  },
  form: extendForm,
})

/** By the hour at which rounds close, where none is named. @throws Refusal that a form shows at its day */
function untilNamed(
  { today }: Context,
  { zone, settings }: Programme,
  { date, time }: { readonly date: string | undefined; readonly time: string | undefined },
): Date {
  if (!date) throw new Refusal('Say until when. Nothing was stored.', { date: 'Choose a day.' })
  try {
    const at = time ? timeNamed(time) : settings.round.closes.at
    return momentAt(dayNamed(date, today), at, zone)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(`${error.message} Nothing was stored.`, { date: error.message })
  }
}

async function keepOpen(
  context: Context,
  programme: Programme,
  found: UpdateRound,
  until: Date,
): Promise<Answer> {
  const isClosed = context.now > found.closes
  const kind = isClosed ? 'opened' : 'extended'
  await storeRoundChange(context, programme.id, found, { kind, until })
  const how = isClosed ? 'open again, until' : 'open until'
  return stored([
    `The round for ${servedInWords(found, programme)} is ${how} ${fullMoment(until, programme.zone)}.`,
    'Nobody is told by that. Whoever owes an update sees it in their next message.',
  ])
}

const formValues = z.object({
  programme: z.string().optional(),
  date: z.string().catch(''),
  time: z.string().catch(''),
})

async function extendForm(context: Context, { values, problems }: Filled) {
  const { now, today } = context
  const filled = formValues.parse(values)
  const programme = await officeProgramme(context, filled.programme)
  const found = roundToExtend(roundsAt(await roundsOf(context.tx, programme), now), now)
  if (!found) throw new Refusal('There is no round to keep open. Nothing was changed.')
  const { zone, settings } = programme
  const at = (moment: Date) => fullMoment(moment, zone)
  const closes = now > found.closes ? 'It closed on' : 'It closes on'
  return extendFormCard({
    programme: programme.key,
    title: `The round for ${servedInWords(found, programme)}`,
    now: `${closes} ${at(found.closes)}. What it serves goes out on ${at(found.issued)}.`,
    date: readDate(filled.date, today) ?? '',
    time: filled.time || settings.round.closes.at,
    problem: problems.date ?? '',
  })
}

/** The update round, for everybody to see and for the programme office to keep. */
export const roundCommands: readonly Command[] = [round, nudge, close, extend]
