import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { capitalised, plural } from '../../base/text.ts'
import { onOff, programmeArgs } from '../../chat/args.ts'
import {
  type Command,
  type CommandContext,
  type CommandResult,
  defineCommand,
  defineQuery,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { oneOf, phrase, slot } from '../../chat/grammar.ts'
import { noticeCard, savedResult } from '../../chat/notice.ts'
import { parseTimeArg } from '../../domain/deadlines/date-args.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { changeSetting, setDigestNames } from '../../domain/programme/settings-store.ts'
import { countingRound, roundsAt } from '../../domain/rounds/rules.ts'
import { type RoundMoment, type RoundPlan, roundSetting } from '../../domain/rounds/settings.ts'
import { loadRoundInputs } from '../../domain/rounds/store.ts'
import { formatManualNudge, formatServed, formatTimes } from './format.ts'

// The programme office chooses when rounds open, nudge and close, and what they prepare.

const edges = ['opens', 'nudges', 'closes'] as const
type Edge = (typeof edges)[number]

const edgeText: Readonly<Record<Edge, string>> = {
  opens: 'opens',
  nudges: 'nudges whoever has not answered',
  closes: 'closes',
}

const plan = defineQuery({
  name: 'round-plan',
  usages: ['round plan [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['round plan'],
  authority: ['run programme'],
  summary: 'How your rounds are planned, and how to change that. For the programme office.',
  args: programmeArgs,
  run: async (context, { programme: key }) => {
    const programme = await findProgrammeTo(context, 'run programme', key)
    const lines = await formatRoundPlan(context, programme)
    return { card: noticeCard({ heading: 'Update rounds', lines, buttons: [] }) }
  },
})

/** In working days. Ten are a fortnight: a weekly round that opened earlier would never be over. */
const maxDays = 10

function edgeCommand(edge: Edge): Command {
  return defineCommand({
    name: `round-${edge}`,
    usages: [`round ${edge} <workdays> before [at <time>] [for <programme>]`],
    slots: {
      // "2", "2 days", "2 working days".
      workdays: phrase('\\d+(?:\\s(?:working\\s)?days?)?', 3),
      time: slot.time,
      programme: slot.text,
    },
    examples: [`round ${edge} 2 working days before at 12:00`],
    authority: ['run programme'],
    summary: `On which working day before the digest or meeting a round ${edgeText[edge]}, and at what time. For the programme office.`,
    args: programmeArgs.extend({
      workdays: z.string().transform((text) => Number.parseInt(text, 10)),
      time: optionalText,
    }),
    run: (context, { workdays, time, programme }) =>
      changePlan(context, programme, (now) => {
        if (!(workdays >= 0 && workdays <= maxDays)) {
          throw new Refusal(
            `Say at most ${maxDays} working days before: rounds come each week. Nothing was changed.`,
          )
        }
        const at = time ? parseTimeArg(time) : now[edge].at
        return { ...now, [edge]: { daysBefore: workdays, at } }
      }),
  })
}

const serves = defineCommand({
  name: 'round-serves',
  usages: ['round serves <served> [for <programme>]'],
  slots: { served: oneOf('digest', 'board'), programme: slot.text },
  examples: ['round serves board'],
  authority: ['run programme'],
  summary:
    'Whether rounds prepare the weekly digest or your board meetings (“round serves board”). For the programme office.',
  args: programmeArgs.extend({
    served: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['digest', 'board'])),
  }),
  run: (context, { served, programme }) =>
    changePlan(context, programme, (now) => ({ ...now, serves: served })),
})

async function changePlan(
  context: CommandContext,
  key: string | undefined,
  change: (now: RoundPlan) => RoundPlan,
): Promise<CommandResult> {
  const programme = await findProgrammeTo(context, 'run programme', key)
  const settings = await changeSetting(context, programme.id, roundSetting, (now) => {
    const changed = change(now)
    assertOrder(changed)
    return changed
  })
  return savedResult(await formatRoundPlan(context, { ...programme, settings }))
}

/** It opens, nudges and closes in this order. @throws Refusal */
function assertOrder({ opens, nudges, closes }: RoundPlan): void {
  const isBefore = (one: RoundMoment, other: RoundMoment) =>
    one.daysBefore > other.daysBefore || (one.daysBefore === other.daysBefore && one.at < other.at)
  const order = `It opens ${formatRoundMoment(opens)}, nudges ${formatRoundMoment(nudges)} and closes ${formatRoundMoment(closes)}.`
  if (!isBefore(opens, closes)) {
    throw new Refusal(`A round opens before it closes. ${order} Nothing was changed.`)
  }
  if (isBefore(nudges, opens) || !isBefore(nudges, closes)) {
    throw new Refusal(
      `A round nudges between its opening and its closing; change that first. ${order} Nothing was changed.`,
    )
  }
}

/** "4 working days before at 09:00", "on the day at 08:00". */
function formatRoundMoment({ daysBefore, at }: RoundMoment): string {
  const when = daysBefore === 0 ? 'on the day' : `${plural(daysBefore, 'working day')} before`
  return `${when} at ${at}`
}

async function formatRoundPlan(context: QueryContext, programme: Programme): Promise<string[]> {
  const round = roundSetting.of(programme.settings)
  const { tx, now, prefix } = context
  const counting = countingRound(roundsAt(await loadRoundInputs(tx, programme), now))
  const howShown = programme.digestNames ? 'are named' : 'are counted, not named,'
  const times = counting
    ? [...formatTimes(counting, programme, now), ...formatManualNudge(counting, programme)]
    : []
  const next = counting
    ? [`For ${formatServed(counting, programme)}: ${times.join(' ')}`]
    : [`No board meeting is ahead. Add one: ${prefix} board 16 Mar 2017 Cabinet`]
  return [
    `Rounds of ${programme.title} prepare ${round.serves === 'digest' ? 'its digest' : 'its board meetings'}. Counted from that day, a round:`,
    ...edges.map((edge) => `${capitalised(edgeText[edge])} ${formatRoundMoment(round[edge])}.`),
    `Leads who have not answered ${howShown} in channels.`,
    ...next,
    `To change that: ${prefix} round closes 2 days before at 12:00, ${prefix} round serves board, ${prefix} round names on`,
  ]
}

const names = defineCommand({
  name: 'round-names',
  usages: ['round names <onoff> [for <programme>]'],
  slots: { onoff: oneOf('on', 'off'), programme: slot.text },
  examples: ['round names on'],
  authority: ['run programme'],
  summary:
    'Whether your channels are told the names of leads who have not answered, or a count. For the programme office.',
  args: programmeArgs.extend({
    onoff: onOff,
  }),
  run: async (context, { onoff, programme: key }) => {
    const programme = await findProgrammeTo(context, 'run programme', key)
    const digestNames = onoff === 'on'
    await setDigestNames(context, programme.id, digestNames)
    const how = digestNames ? 'names the leads' : 'counts the projects'
    return savedResult([
      `${programme.title}: from now on, its digest ${how} without an update. You see who in private: ${context.prefix} round`,
    ])
  },
})

export const roundPlanCommands: readonly Command[] = [
  plan,
  ...edges.map(edgeCommand),
  serves,
  names,
]
