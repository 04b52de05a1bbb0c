import { formatPence } from '../../base/pounds.ts'
import { capitalised } from '../../base/text.ts'
import {
  formatOverBudget,
  type MoneyFigures,
  moneyLabels,
  moneyState,
} from '../../domain/money/rules.ts'
import type { MoneyLimits } from '../../domain/money/settings.ts'
import { moneyKeys } from '../../domain/plan/attributes/money.ts'
import { formatState } from '../../domain/scheme/schemes.ts'

/** 'Budget £120,000, forecast £131,000: £11,000 over budget (9.2%), ◆ Red' */
export function formatMoney(figures: MoneyFigures, limits: MoneyLimits): string {
  const told = moneyKeys.flatMap((key) => {
    const amount = figures[key]
    return amount === undefined ? [] : [`${moneyLabels[key]} ${formatPence(amount)}`]
  })
  if (told.length === 0) return 'No figures yet'
  const state = moneyState(figures, limits)
  const verdict = [formatOverBudget(figures), state && formatState(state)].filter(Boolean)
  const line = capitalised(told.join(', '))
  return verdict.length === 0 ? line : `${line}: ${verdict.join(', ')}`
}
