import type { PaperBlock, PaperCell } from '../../../base/papers/paper.ts'
import { formatPence } from '../../../base/pounds.ts'
import {
  formatOverBudget,
  hasMoney,
  type MoneyFigures,
  moneyMismatches,
  moneyState,
  programmeMoney,
  workstreamMoney,
} from '../../../domain/money/rules.ts'
import { moneySetting } from '../../../domain/money/settings.ts'
import type { Project, Workstream } from '../../../domain/plan/plan.ts'
import type { State } from '../../../domain/scheme/schemes.ts'
import { movementOf } from '../../../domain/status/movement.ts'
import { directionOf, listOr, noneFor, nothing, stateCell, tableOr, textCell } from './parts.ts'
import type { PaperSnapshot } from './snapshot.ts'

/** What things cost and save, in papers. */

interface NamedFigures {
  readonly name: string
  readonly figures: MoneyFigures
}

const limitsOf = ({ plan }: PaperSnapshot) => moneySetting.of(plan.programme.settings)

/** Of a project; of a workstream and each of its projects that has figures. */
export function moneyOfSubject(
  snapshot: PaperSnapshot,
  projects: readonly Project[],
  workstream?: Workstream,
): PaperBlock[] {
  const { plan, beside } = snapshot
  const { now } = beside.money
  const whole = workstream && {
    name: 'Workstream as a whole',
    figures: workstreamMoney(plan, workstream, now),
  }
  const each = projects.map(({ id, ref, title }) => ({
    name: `${ref} ${title}`,
    figures: now.projects.get(id) ?? {},
  }))
  const rows = [...each, ...(whole ? [whole] : [])].filter(({ figures }) => hasMoney(figures))
  const within = workstream ? [workstream] : []
  const wrong = moneyMismatches({ ...plan, projects, workstreams: within }, now)
  return moneyBlocks(snapshot, rows, wrong)
}

/** Of each workstream and of the whole programme, with what does not add up. */
export function moneyOfProgramme(snapshot: PaperSnapshot): PaperBlock[] {
  const { plan, beside } = snapshot
  const { now } = beside.money
  const each = plan.workstreams.map((workstream) => ({
    name: `${workstream.ref} ${workstream.title}`,
    figures: workstreamMoney(plan, workstream, now),
  }))
  const whole = { name: 'Whole programme', figures: programmeMoney(plan, now) }
  const rows = [...each, whole].filter(({ figures }) => hasMoney(figures))
  return moneyBlocks(snapshot, rows, moneyMismatches(plan, now))
}

function moneyBlocks(
  snapshot: PaperSnapshot,
  rows: readonly NamedFigures[],
  wrong: readonly string[],
): PaperBlock[] {
  const limits = limitsOf(snapshot)
  const table = tableOr(
    noneFor(snapshot.reader, 'Figures of money', 'No budget, forecast or spending is recorded.'),
    'Budget, forecast, spending and savings',
    [
      ['Of', 3],
      ['Budget', 1.6],
      ['Forecast', 1.6],
      ['Actual', 1.6],
      ['Against budget', 2.2],
      ['Rating', 1.5],
      ['Savings target', 1.6],
      ['Savings achieved', 1.6],
    ],
    rows.map(({ name, figures }) => [
      { text: name },
      ...[figures.budget, figures.forecast, figures.actual].map(amountCell),
      textCell(formatOverBudget(figures)),
      ratingCell(moneyState(figures, limits)),
      ...[figures.savingsTarget, figures.savings].map(amountCell),
    ]),
  )
  return [table, ...(wrong.length > 0 ? [listOr('', ['These do not add up:', ...wrong])] : [])]
}

const amountCell = (amount: number | undefined): PaperCell => ({
  text: amount === undefined ? nothing : formatPence(amount),
})

const ratingCell = (state: State | undefined): PaperCell =>
  state ? stateCell(state) : { text: 'Not rated' }

/** A row of the ratings of the programme; none where its money cannot be rated. */
export function financeRow(snapshot: PaperSnapshot): PaperCell[][] {
  const { plan, beside } = snapshot
  const [now, before] = [beside.money.now, beside.money.before].map((money) =>
    moneyState(programmeMoney(plan, money), limitsOf(snapshot)),
  )
  if (!now) return []
  const movement = movementOf(before && { state: before, rule: null }, { state: now, rule: null })
  return [
    [
      { text: 'Finance' },
      stateCell(now),
      before ? stateCell(before) : { text: 'None before' },
      { text: directionOf(movement) },
    ],
  ]
}
