import { z } from 'zod'
import { addDays, type CivilDate, dateIn, fullDate, momentAt } from '../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { fold } from '../../base/text.ts'
import { onOrAfter } from '../../base/working-days.ts'
import { defineCard } from '../../chat/cards.ts'
import {
  defineInsertCommand,
  type FormState,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { parseWith } from '../../chat/fields.ts'
import { either, phrase, precedes, run, slot } from '../../chat/grammar.ts'
import { savedResult, unchangedResult } from '../../chat/notice.ts'
import { calendarOf, isWorkingMoment } from '../../domain/calendars/calendar.ts'
import { readDate } from '../../domain/deadlines/deadlines.ts'
import { findMeasure, measureTitle } from '../../domain/measures/lookup.ts'
import { loadPerson } from '../../domain/people/person-store.ts'
import { formatProject, shortMilestoneText } from '../../domain/plan/format.ts'
import { findProject, requirePersonId } from '../../domain/plan/lookup.ts'
import { findVisibleMilestone } from '../../domain/plan/milestones.ts'
import { hasCompletion } from '../../domain/plan/plan.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { entryTitle } from '../../domain/register/format.ts'
import { findEntry } from '../../domain/register/lookup.ts'
import type { Subject } from './finding.ts'
import { formatUntil } from './suppression.ts'
import { snoozeInsert } from './suppression-store.ts'

/**
 * A snooze postpones one person's reminders of one subject. It does not count as an update: the subject keeps its age.
 */

const choices = ['hour', 'tomorrow', 'next-working-day', 'date'] as const

export const snoozeFormCard = defineCard(
  'snooze-form',
  z.object({
    subject: z.string(),
    title: z.string(),
    about: z.string(),
    choice: z.enum(choices),
    date: z.string(),
    problem: z.string(),
  }),
  { ownText: ['choice', 'date'] },
)

const snoozeTargetArgs = z.object({
  subject: optionalText,
  project: optionalText,
  item: optionalText,
  measure: optionalText,
})

export const snooze = defineInsertCommand({
  name: 'snooze',
  usages: ['snooze <project> [<item>] <pause>', 'snooze kpi <measure> <pause>'],
  slots: {
    project: slot.project,
    // The words of a milestone stop where the pause begins: "snooze 2.1 roll out until Friday".
    item: run({ stop: precedes('until') }),
    measure: slot.number,
    pause: either(
      run({ first: precedes('until'), least: 2 }),
      phrase('(?:for\\s)?an?\\shour|tomorrow|(?:the\\s)?next\\sworking\\sday', 4),
    ),
  },
  examples: [
    'snooze 2.1 3 tomorrow',
    'snooze 2.1 roll out to schools until 3 Apr',
    'snooze kpi 3 next working day',
  ],
  authority: ['read plan'],
  summary:
    'Be told again later of a milestone (“snooze 2.1 3 tomorrow”), a project or a measure: “an hour”, “tomorrow”, “next working day”, “until 3 Apr”. It moves your reminder alone.',
  args: snoozeTargetArgs.extend({
    pause: optionalText,
    choice: z.enum(choices).optional().catch(undefined),
    date: optionalText,
  }),
  run: async (context, args) => {
    const target = await findSnoozeTarget(context, args)
    if (target.isAnswered)
      return unchangedResult([target.title, `${target.about}: it is done already.`])
    const person = await loadPerson(context.tx, requirePersonId(context.actor))
    const zone = person.zone ?? target.programme.zone
    const calendar = calendarOf(person, target.programme)
    const until = snoozeEnd(args, {
      today: dateIn(zone, context.now),
      now: context.now,
      zone,
      calendar,
    })
    const insert = snoozeInsert(context, target.subject, until)
    const when = formatUntil(until, zone)
    const isWorking = isWorkingMoment(person, { ...target.programme, zone }, until)
    const isDay = formatUntil(until, zone) === fullDate(dateIn(zone, until))
    const outsideHours =
      isDay || isWorking
        ? []
        : ['That is no working hour of yours, so it comes with the next message after it.']
    const beyondDueDate =
      target.due && dateIn(zone, until) > target.due
        ? [`It is due on ${fullDate(target.due)}, before that. The date stays as it is.`]
        : []
    const saved = savedResult(
      [target.title, `Snoozed until ${when}: ${target.about}`, ...beyondDueDate, ...outsideHours],
      `${target.title}: snoozed until ${when}`,
    )
    return { ...saved, insert }
  },
  form: snoozeForm,
})

interface SnoozeTarget {
  readonly subject: Subject
  readonly programme: Programme
  readonly title: string
  readonly about: string
  readonly due: CivilDate | null
  readonly isAnswered: boolean
}

/** @throws Refusal where there is no such subject, or the person may not see it */
async function findSnoozeTarget(
  context: QueryContext,
  args: z.infer<typeof snoozeTargetArgs>,
): Promise<SnoozeTarget> {
  const [, kind, id = ''] =
    /^(milestone|project|measure|entry):(.+)$/.exec(args.subject ?? '') ?? []
  if (kind === 'entry') return entryTarget(context, id)
  const measure = kind === 'measure' ? id : args.measure
  if (measure) return measureTarget(context, measure)
  const milestone = kind === 'milestone' ? id : args.item
  if (milestone) {
    const named = args.project ? { milestone, project: args.project } : { milestone }
    return milestoneTarget(context, named)
  }
  const project = kind === 'project' ? id : args.project
  if (!project)
    throw new Refusal('Say what to snooze: a project, and a milestone of it, or a measure.')
  const found = await findProject(context, project)
  const { programme } = found
  const about = 'its update'
  const isNot = { due: null, isAnswered: false }
  return { subject: `project:${found.id}`, programme, title: formatProject(found), about, ...isNot }
}

async function milestoneTarget(
  context: QueryContext,
  args: { readonly milestone: string; readonly project?: string },
): Promise<SnoozeTarget> {
  const { foundProject, project, milestone } = await findVisibleMilestone(context, args)
  return {
    subject: `milestone:${milestone.id}`,
    programme: foundProject.programme,
    title: formatProject(project),
    about: shortMilestoneText(milestone),
    due: milestone.due,
    isAnswered: hasCompletion(milestone),
  }
}

async function measureTarget(
  { tx, actor, today }: QueryContext,
  measureArg: string,
): Promise<SnoozeTarget> {
  const { programme, measure } = await findMeasure(tx, actor, { measure: measureArg }, today)
  const title = `Measure ${measureTitle(measure)}`
  const isNot = { due: null, isAnswered: false }
  return { subject: `measure:${measure.id}`, programme, title, about: 'its reading', ...isNot }
}

async function entryTarget(context: QueryContext, id: string): Promise<SnoozeTarget> {
  const { entry, programme } = await findEntry(context, { number: id })
  return {
    ...{ subject: `entry:${id}`, programme, title: entryTitle(entry), about: entry.text },
    due: entry.kind === 'action' ? entry.neededBy : null,
    isAnswered: entry.closing !== null,
  }
}

/** The longest snooze, in days. For longer pauses there is the mute. */
const maxDays = 92

interface SnoozeContext {
  readonly now: Date
  readonly today: CivilDate
  readonly zone: string
  readonly calendar: ReturnType<typeof calendarOf>
}

interface SnoozeArgs {
  readonly pause?: string | undefined
  readonly choice?: (typeof choices)[number] | undefined
  readonly date?: string | undefined
}

/** When the snooze ends. @throws Refusal for a day that has passed, is too far ahead or cannot be read */
function snoozeEnd(pause: SnoozeArgs, { now, today, zone, calendar }: SnoozeContext): Date {
  const { choice, day } = parseChoice(pause)
  if (choice === 'hour') return new Date(now.getTime() + 60 * 60_000)
  const tomorrow = addDays(today, 1)
  if (choice === 'tomorrow') return momentAt(tomorrow, '00:00', zone)
  if (choice === 'next-working-day') return momentAt(onOrAfter(calendar, tomorrow), '00:00', zone)
  const until = readDate(day, today)
  if (!until) throw fieldRefusal({ date: 'Say until which day, such as “until 3 Apr”.' })
  if (until <= today) {
    throw fieldRefusal({ date: `${fullDate(until)} is too early. Say a day from tomorrow on.` })
  }
  if (until > addDays(today, maxDays)) {
    throw fieldRefusal({
      date: `${fullDate(until)} is more than three months away. Mute the project, or move the date.`,
    })
  }
  return momentAt(until, '00:00', zone)
}

/** The choice that was typed, or made in the form. `day` is unparsed text, '' where the choice implies it. */
function parseChoice({ pause, choice, date }: SnoozeArgs): {
  readonly choice: (typeof choices)[number]
  readonly day: string
} {
  if (pause === undefined) return { choice: choice ?? 'date', day: date ?? '' }
  const words = fold(pause).replace(/^until /, '')
  if (/hour$/.test(words)) return { choice: 'hour', day: '' }
  if (words === 'tomorrow') return { choice: 'tomorrow', day: '' }
  if (/next working day$/.test(words)) return { choice: 'next-working-day', day: '' }
  return { choice: 'date', day: pause.replace(/^until\s/i, '') }
}

const formValues = snoozeTargetArgs.extend({
  choice: z.enum(choices).catch('tomorrow'),
  date: z.string().catch(''),
})

async function snoozeForm(context: QueryContext, { values, problems }: FormState) {
  const { choice, date, ...target } = parseWith(formValues, values)
  const { subject, title, about } = await findSnoozeTarget(context, target)
  return snoozeFormCard({ subject, title, about, choice, date, problem: problems.date ?? '' })
}
