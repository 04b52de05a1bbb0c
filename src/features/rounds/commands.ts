import { z } from 'zod'
import { dateIn, fullMoment, latestToday, momentAt } from '../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { programmeArgs } from '../../chat/args.ts'
import {
  type Command,
  type CommandContext,
  type CommandResult,
  defineCommand,
  defineQuery,
  type FormState,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { parseWith } from '../../chat/fields.ts'
import { slot } from '../../chat/grammar.ts'
import { savedResult, unchangedResult } from '../../chat/notice.ts'
import { parseDateArg, parseTimeArg } from '../../domain/deadlines/date-args.ts'
import { readDate } from '../../domain/deadlines/deadlines.ts'
import { loadContactability } from '../../domain/people/contactability.ts'
import { namesOf } from '../../domain/people/names.ts'
import { findProgramme, findProgrammeTo, mayIn, requirePersonId } from '../../domain/plan/lookup.ts'
import { type Plan, peopleMentionedIn } from '../../domain/plan/plan.ts'
import type { RecipientQuery } from '../../domain/plan/recipients.ts'
import { loadRecentPlan } from '../../domain/plan/store.ts'
import { lockProgramme } from '../../domain/programme/lock.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import {
  checkClose,
  checkExtend,
  checkNudge,
  roundToExtend,
} from '../../domain/rounds/round-actions.ts'
import { type RoundInputs, roundsAt, type UpdateRound } from '../../domain/rounds/rules.ts'
import { roundSetting } from '../../domain/rounds/settings.ts'
import { loadRoundInputs, sinceLastRound, storeRoundChange } from '../../domain/rounds/store.ts'
import { extendFormCard } from './cards.ts'
import { formatServed } from './format.ts'
import { officeView, ownView, summariseNudge } from './view.ts'

const round = defineQuery({
  name: 'round',
  usages: ['round [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['round'],
  authority: ['read plan', 'run programme'],
  summary:
    'The update round: when it is and what you owe. To the programme office, who answered and who did not.',
  args: programmeArgs,
  run: async (context, { programme: key }) => {
    const { tx, actor, now, prefix } = context
    const programme = await findProgramme(tx, actor, key)
    const plan = await loadCurrentPlan(context, programme)
    const viewInput = {
      plan,
      rounds: roundsAt(await loadRoundInputs(tx, programme), now),
      now,
      prefix,
    }
    const query = await recipientQueryFor(context, programme)
    if (!(await mayIn({ tx, actor }, 'run programme', programme))) {
      return { card: ownView(viewInput, requirePersonId(actor), query) }
    }
    const names = await namesOf(tx, plan.projects.flatMap(peopleMentionedIn))
    return { card: officeView(viewInput, query, names) }
  },
})

/** The plan with every answer so far. */
function loadCurrentPlan({ tx, now }: QueryContext, { id }: Programme): Promise<Plan> {
  const today = latestToday(now)
  return loadRecentPlan(tx, id, today, sinceLastRound(tx, today))
}

async function recipientQueryFor(
  { tx, now }: QueryContext,
  { zone }: Programme,
): Promise<RecipientQuery> {
  return {
    day: dateIn(zone, now),
    contactabilityOf: await loadContactability(tx, now),
  }
}

/** The rounds of a programme, locked against other changes until the transaction ends. @throws Refusal */
async function loadRoundsForUpdate(
  context: CommandContext,
  key: string | undefined,
): Promise<{ readonly programme: Programme; readonly inputs: RoundInputs }> {
  const programme = await findProgrammeTo(context, 'run programme', key)
  // When two people close a round at the same time, it is closed once.
  await lockProgramme(context.tx, programme.id)
  return { programme, inputs: await loadRoundInputs(context.tx, programme) }
}

const nudge = defineCommand({
  name: 'round-nudge',
  usages: ['round nudge [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['round nudge'],
  authority: ['run programme'],
  notifies: 'office',
  summary:
    'Tell everybody who owes an update once more, in private, also if they had a message today. Once a round; for the programme office.',
  args: programmeArgs,
  run: async (context, { programme: key }) => {
    const { programme, inputs } = await loadRoundsForUpdate(context, key)
    const check = checkNudge(inputs, context.now)
    if (!check.ok) return unchangedResult([check.why])
    const plan = await loadCurrentPlan(context, programme)
    const nudged = summariseNudge(plan, check.round, await recipientQueryFor(context, programme))
    if (!nudged.ok) return unchangedResult([nudged.why])
    await storeRoundChange(context, programme.id, check.round, { kind: 'nudged' })
    const lines = [`The round for ${formatServed(check.round, programme)}:`, ...nudged.lines]
    return { ...savedResult(lines), heardIn: { programmeId: programme.id } }
  },
})

const close = defineCommand({
  name: 'round-close',
  usages: ['round close [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['round close'],
  authority: ['run programme'],
  summary:
    'Close the update round now: what is said after that counts for the next one. For the programme office.',
  args: programmeArgs,
  run: async (context, { programme: key }) => {
    const { programme, inputs } = await loadRoundsForUpdate(context, key)
    const check = checkClose(inputs, context.now)
    if (!check.ok) return unchangedResult([check.why])
    await storeRoundChange(context, programme.id, check.round, { kind: 'closed' })
    return savedResult([
      `The round for ${formatServed(check.round, programme)} is closed. What is said from now on counts for the next one.`,
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
  slots: { date: slot.date, time: slot.time, programme: slot.text },
  examples: ['round extend to Friday at 17:00', 'round extend to 3 Mar'],
  authority: ['run programme'],
  summary:
    'Keep the update round open longer, or open it again, until its digest goes out. For the programme office.',
  args: programmeArgs.extend({ date: optionalText, time: optionalText }),
  run: async (context, { date, time, programme: key }) => {
    const { programme, inputs } = await loadRoundsForUpdate(context, key)
    const until = parseUntil(context, programme, { date, time })
    const check = checkExtend(inputs, until, context.now)
    if (!check.ok) throw fieldRefusal({ date: check.why })
    return keepOpen(context, programme, check.round, until)
  },
  form: extendForm,
})

/** At the time at which rounds close where none is given. @throws Refusal for the form's date field */
function parseUntil(
  { today }: QueryContext,
  { zone, settings }: Programme,
  { date, time }: { readonly date: string | undefined; readonly time: string | undefined },
): Date {
  if (!date) throw new Refusal('Say until when. Nothing was saved.', { date: 'Choose a day.' })
  try {
    const at = time ? parseTimeArg(time) : roundSetting.of(settings).closes.at
    return momentAt(parseDateArg(date, today), at, zone)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw fieldRefusal({ date: error.message })
  }
}

async function keepOpen(
  context: CommandContext,
  programme: Programme,
  found: UpdateRound,
  until: Date,
): Promise<CommandResult> {
  const isClosed = context.now > found.closes
  const kind = isClosed ? 'opened' : 'extended'
  await storeRoundChange(context, programme.id, found, { kind, until })
  const how = isClosed ? 'open again, until' : 'open until'
  return savedResult([
    `The round for ${formatServed(found, programme)} is ${how} ${fullMoment(until, programme.zone)}.`,
    'Nobody is told by that. Whoever owes an update sees it in their next message.',
  ])
}

const formValues = z.object({
  programme: z.string().optional(),
  date: z.string().catch(''),
  time: z.string().catch(''),
})

async function extendForm(context: QueryContext, { values, problems }: FormState) {
  const { now, today } = context
  const filled = parseWith(formValues, values)
  const programme = await findProgrammeTo(context, 'run programme', filled.programme)
  const found = roundToExtend(roundsAt(await loadRoundInputs(context.tx, programme), now), now)
  if (!found) throw new Refusal('There is no round to keep open. Nothing was changed.')
  const { zone, settings } = programme
  const at = (moment: Date) => fullMoment(moment, zone)
  const closes = now > found.closes ? 'It closed on' : 'It closes on'
  return extendFormCard({
    programme: programme.key,
    title: `The round for ${formatServed(found, programme)}`,
    now: `${closes} ${at(found.closes)}. The digest goes out on ${at(found.issuedAt)}.`,
    date: readDate(filled.date, today) ?? '',
    time: filled.time || roundSetting.of(settings).closes.at,
    problem: problems.date ?? '',
  })
}

/** The update round: everybody sees it, the programme office changes it. */
export const roundCommands: readonly Command[] = [round, nudge, close, extend]
