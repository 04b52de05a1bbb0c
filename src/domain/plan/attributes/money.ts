import { formatPence, parsePounds, pence } from '../../../base/pounds.ts'
import { definePlanAttribute, type PlanAttribute } from './attribute.ts'

/**
 * What a project costs and saves. Money is for the board and for nobody wider. A heading that only says "Forecast" or
 * "Actual" is none of these: trackers mean days by it, and an import looks at what stands below.
 */

export const moneyKeys = ['budget', 'forecast', 'actual', 'savingsTarget', 'savings'] as const
export type MoneyKey = (typeof moneyKeys)[number]

const money = (key: MoneyKey, column: string, ...headings: string[]): PlanAttribute =>
  definePlanAttribute({
    ...{ key, column, headings, noun: 'amount', example: '120000' },
    audience: 'board',
    parse: (text) => ({
      value: parsePounds(text) ?? null,
      problem: /^[£\d(-]/.test(text.trim()) && !parsePounds(text) ? notReadText : null,
    }),
    format: (value) => formatPence(pence(value)),
  })

const notReadText = 'It is not read as an amount: write 120k, £1.2m or £120,000.'

export const moneyAttributes: readonly PlanAttribute[] = [
  money('budget', 'Budget', 'approved budget', 'total budget', 'budget (£)', 'budget £'),
  money(
    'forecast',
    'Forecast cost',
    ...['forecast spend', 'forecast outturn', 'forecast (£)', 'forecast £', 'cost forecast'],
  ),
  money(
    'actual',
    'Actual cost',
    ...['actual spend', 'spend to date', 'actual to date', 'spent to date', 'actual (£)'],
    ...['actual £', 'cost to date'],
  ),
  money('savingsTarget', 'Savings target', 'target savings', 'planned savings', 'savings planned'),
  money('savings', 'Savings achieved', 'achieved savings', 'savings delivered', 'actual savings'),
]
