import {
  hasMoney,
  type MoneyFigures,
  moneyState,
  programmeMoney,
  workstreamMoney,
} from '../../../domain/money/rules.ts'
import { moneySetting } from '../../../domain/money/settings.ts'
import type { MoneyKey } from '../../../domain/plan/attributes/money.ts'
import { dimensionLabels } from '../../../domain/status/dimensions.ts'
import type { PaperSnapshot } from '../papers/snapshot.ts'
import { type Column, defineTable } from './table.ts'

/** Money, and ratings by dimension, as tables. */

interface MoneyRow {
  readonly of: 'programme' | 'workstream' | 'project'
  readonly id: string
  readonly figures: MoneyFigures
}

const amount = (name: string, key: MoneyKey, about: string): Column<MoneyRow> => ({
  ...{ name, type: 'integer', about: `${about}, in pence.` },
  of: ({ figures }) => figures[key] ?? null,
})

export const moneyTable = defineTable({
  name: 'money',
  about: 'What projects, workstreams and the programme cost and save, on the day.',
  key: ['of', 'of_id'],
  rowsOf: moneyRows,
  columns: [
    {
      ...{ name: 'of', type: 'string', about: 'programme, workstream or project.' },
      of: (row) => row.of,
    },
    {
      name: 'of_id',
      type: 'string',
      about: 'Its id in the table of that name.',
      of: ({ id }) => id,
    },
    amount('budget', 'budget', 'What was agreed'),
    amount('forecast', 'forecast', 'What it is expected to cost'),
    amount('actual', 'actual', 'What was spent'),
    amount('savings_target', 'savingsTarget', 'What it is to save'),
    amount('savings_achieved', 'savings', 'What it saved'),
    {
      ...{
        name: 'rating',
        type: 'string',
        about: 'red, amber or green, by the rule of the programme.',
      },
      of: ({ figures }, { plan }) =>
        moneyState(figures, moneySetting.of(plan.programme.settings))?.key ?? null,
    },
  ],
})

/** A workstream without figures of its own has what its projects come to. */
function moneyRows({ plan, beside }: PaperSnapshot): MoneyRow[] {
  const { now } = beside.money
  const rows: MoneyRow[] = [
    { of: 'programme', id: plan.programme.id, figures: programmeMoney(plan, now) },
    ...plan.workstreams.map((one) => ({
      ...{ of: 'workstream' as const, id: one.id, figures: workstreamMoney(plan, one, now) },
    })),
    ...plan.projects.map(({ id }) => ({
      ...{ of: 'project' as const, id, figures: now.projects.get(id) ?? {} },
    })),
  ]
  return rows.filter(({ figures }) => hasMoney(figures))
}

export const dimensionTable = defineTable({
  name: 'dimension_rating',
  about: 'How projects stand by dimension on the day.',
  key: ['project_id', 'dimension'],
  rowsOf: ({ plan, beside }) =>
    plan.projects.flatMap(({ id }) =>
      (beside.dimensions.now.get(id) ?? []).map((rating) => ({ id, rating })),
    ),
  columns: [
    {
      ...{ name: 'project_id', type: 'string', about: 'The project.', refersTo: 'project' },
      of: ({ id }) => id,
    },
    {
      ...{ name: 'dimension', type: 'string', about: 'Time, cost and so on.' },
      of: ({ rating }) => dimensionLabels[rating.dimension],
    },
    {
      ...{ name: 'state', type: 'string', about: 'red, amber, green, or a point between them.' },
      of: ({ rating }) => rating.state,
    },
    {
      name: 'rated_on',
      type: 'date',
      about: 'The day it was said.',
      of: ({ rating }) => rating.onDay,
    },
  ],
})
