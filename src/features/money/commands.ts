import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { capitalised, plural } from '../../base/text.ts'
import {
  type Command,
  type CommandContext,
  defineCommand,
  defineQuery,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { phrase, slot } from '../../chat/grammar.ts'
import { noticeCard, savedResult, undoButton } from '../../chat/notice.ts'
import {
  hasMoney,
  type MoneyFigures,
  moneyLabels,
  moneyMismatches,
  moneyOf,
  programmeMoney,
  spendingMismatch,
  workstreamMoney,
} from '../../domain/money/rules.ts'
import { type MoneyLimits, moneySetting } from '../../domain/money/settings.ts'
import {
  appendWorkstreamMoney,
  loadMoneyOfPlan,
  loadWorkstreamMoney,
} from '../../domain/money/store.ts'
import { moneyKeys } from '../../domain/plan/attributes/money.ts'
import { setAttribute } from '../../domain/plan/attributes/store.ts'
import { formatProject } from '../../domain/plan/format.ts'
import {
  type FoundProject,
  findEditableProject,
  findProgramme,
  findProgrammeTo,
  findProject,
} from '../../domain/plan/lookup.ts'
import { loadRecentPlan, loadRecentProject } from '../../domain/plan/store.ts'
import { findWorkstreamForOffice } from '../../domain/plan/workstream-lookup.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { changeSetting } from '../../domain/programme/settings-store.ts'
import { formatMoney } from './format.ts'
import { parseFigures } from './parse-figures.ts'

const show = defineQuery({
  name: 'money',
  usages: ['money [for <programme>]', 'money <project>'],
  slots: { project: slot.project, programme: slot.word },
  examples: ['money', 'money 2.1', 'money for W17'],
  authority: ['read plan'],
  summary:
    'What your programme costs and saves, by workstream, with its rating; or one project. For the board and the office, never for the public.',
  args: z.object({ project: optionalText, programme: optionalText }),
  run: async (context, args) => {
    if (args.project) {
      const found = await findProject(context, args.project)
      const line = projectLine(found, await projectFigures(context, found))
      return { card: moneyCard(formatProject(found), [line]) }
    }
    const programme = await findProgramme(context.tx, context.actor, args.programme)
    return {
      card: moneyCard(`Money of ${programme.title}`, await programmeLines(context, programme)),
    }
  },
})

const moneyCard = (heading: string, lines: string[]) => noticeCard({ heading, lines, buttons: [] })

async function projectFigures({ tx, today }: QueryContext, { id }: FoundProject) {
  const { attributes } = await loadRecentProject(tx, id, today)
  return moneyOf(attributes)
}

const projectLine = ({ programme }: FoundProject, figures: MoneyFigures) =>
  `${formatMoney(figures, moneySetting.of(programme.settings))}.`

const maxMismatches = 10

async function programmeLines(
  { tx, today, prefix }: QueryContext,
  { id, settings }: Programme,
): Promise<string[]> {
  const plan = await loadRecentPlan(tx, id, today)
  const money = await loadMoneyOfPlan(tx, plan)
  const limits = moneySetting.of(settings)
  const whole = programmeMoney(plan, money)
  if (!hasMoney(whole)) {
    return [`No figures yet. Say ${prefix} money 2.1 budget 120k forecast 131k actual 40k.`]
  }
  const wrong = moneyMismatches(plan, money)
  const more = wrong.length - maxMismatches
  return [
    `As at ${fullDate(today)}. Whole programme: ${formatMoney(whole, limits)}.`,
    ...plan.workstreams.map((workstream) => {
      const figures = workstreamMoney(plan, workstream, money)
      return `${workstream.ref} ${workstream.title}: ${formatMoney(figures, limits)}.`
    }),
    ...(wrong.length > 0 ? ['These do not add up:'] : []),
    ...wrong.slice(0, maxMismatches),
    ...(more > 0 ? [`${plural(more, 'more')} not listed.`] : []),
  ]
}

const figuresArg = z.string({ error: 'Say which figures: budget 120k forecast 131k actual 40k.' })

const setOfProject = defineCommand({
  name: 'money-set',
  usages: ['money <project> <figures>'],
  slots: { project: slot.project, figures: slot.text },
  examples: ['money 2.1 budget 120k forecast 131k actual 40k', 'money 2.1 savings target £1.2m'],
  authority: ['change project'],
  summary:
    'Say what a project costs and saves: budget, forecast, actual, savings target, savings achieved, in pounds, k or m.',
  args: z.object({ project: z.string(), figures: figuresArg }),
  run: async (context, args) => {
    const found = await findEditableProject(context, args.project)
    const figures = parseFigures(args.figures)
    const before = await projectFigures(context, found)
    const buttons = []
    for (const key of moneyKeys) {
      const value = figures[key]
      if (value === undefined) continue
      const attribute = await setAttribute(context, found, { key, value })
      buttons.push({ ...undoButton({ attribute }), title: `Undo: ${moneyLabels[key]}` })
    }
    const after = { ...before, ...moneyOf(figures) }
    const now = projectLine(found, after)
    const wrong = spendingMismatch(after)
    const was = hasMoney(before) ? [`Before: ${projectLine(found, before)}`] : []
    const lines = [formatProject(found), now, ...(wrong ? [wrong.told] : []), ...was]
    return savedResult(lines, lines.slice(0, 2).join(': '), buttons)
  },
})

const setOfWorkstream = defineCommand({
  name: 'money-workstream',
  usages: ['money workstream <workstream> <figures>'],
  slots: { workstream: slot.word, figures: slot.text },
  examples: ['money workstream 2 budget 1.2m forecast 1.1m'],
  authority: ['change plan'],
  summary:
    'The same of a workstream itself, where it has figures of its own. For the programme office.',
  args: z.object({ workstream: z.string(), figures: figuresArg }),
  run: async (context: CommandContext, args) => {
    const { id, ref, title, programme } = await findWorkstreamForOffice(context, args.workstream)
    const money = await appendWorkstreamMoney(context, id, parseFigures(args.figures))
    const workstreams = await loadWorkstreamMoney(context.tx, programme.id, context.today)
    const told = formatMoney(workstreams.get(id) ?? {}, moneySetting.of(programme.settings))
    const lines = [`Workstream ${ref} ${title}`, `${told}.`]
    return savedResult(lines, lines.join(': '), [undoButton({ money })])
  },
})

const percentSlot = phrase('\\d{1,3}(?:\\.\\d)?%?')
const percentArg = z
  .string()
  .transform((text) => Number(text.replace('%', '')))
  .pipe(
    z
      .number({ error: 'Say it in per cent: 5%.' })
      .min(0, 'Say 0% or more.')
      .max(999, 'Say 999% or less.'),
  )
  .optional()

const rule = defineCommand({
  name: 'admin-money',
  usages: [
    'admin money [for <programme>]',
    'admin money amber over <amber> red over <red> [for <programme>]',
  ],
  slots: { amber: percentSlot, red: percentSlot, programme: slot.word },
  examples: ['admin money', 'admin money amber over 0% red over 5%'],
  authority: ['run programme'],
  summary:
    'From how many per cent over its budget a thing is Amber, and Red. For the programme office.',
  args: z.object({ amber: percentArg, red: percentArg, programme: optionalText }),
  run: async (context, { amber, red, programme: key }) => {
    const programme = await findProgrammeTo(context, 'run programme', key)
    const isChange = amber !== undefined && red !== undefined
    if (isChange && red < amber) {
      throw new Refusal('Red begins where Amber does, or further over. Nothing was changed.')
    }
    const settings = isChange
      ? await changeSetting(context, programme.id, moneySetting, () => ({
          amberOver: amber,
          redOver: red,
        }))
      : programme.settings
    const line = `${programme.title}: ${formatLimits(moneySetting.of(settings))}`
    return { card: moneyCard(isChange ? 'Saved' : 'Rating of money', [line]) }
  },
})

function formatLimits({ amberOver, redOver }: MoneyLimits): string {
  const amber = amberOver === 0 ? 'over its budget' : `more than ${amberOver}% over its budget`
  return capitalised(`${amber} is Amber, more than ${redOver}% over it is Red.`)
}

export const moneyCommands: readonly Command[] = [show, setOfProject, setOfWorkstream, rule]
