import { formatPence, pence } from '../../base/pounds.ts'
import { type MoneyKey, moneyKeys } from '../plan/attributes/money.ts'
import type { Plan, Workstream } from '../plan/plan.ts'
import { rag, type State, stateByKey } from '../scheme/schemes.ts'
import type { MoneyLimits } from './settings.ts'

/** What things cost and save: figures in pence, of a project, a workstream or the whole. */
export type MoneyFigures = Readonly<Partial<Record<MoneyKey, number>>>

/** The figures of a programme as at a day. */
export interface Money {
  /** By the project's id. */
  readonly projects: ReadonlyMap<string, MoneyFigures>
  /** Those that were said of a workstream itself, by its id. */
  readonly workstreams: ReadonlyMap<string, MoneyFigures>
}

export const noMoney: Money = { projects: new Map(), workstreams: new Map() }

export const moneyLabels: Readonly<Record<MoneyKey, string>> = {
  budget: 'budget',
  forecast: 'forecast',
  actual: 'actual',
  savingsTarget: 'savings target',
  savings: 'savings achieved',
}

/** Of text of pounds, as it is kept. */
export function moneyOf(values: Readonly<Partial<Record<MoneyKey, string | null>>>): MoneyFigures {
  return Object.fromEntries(
    moneyKeys.flatMap((key) => {
      const value = values[key] ?? null
      return value === null ? [] : [[key, pence(value)]]
    }),
  )
}

export const hasMoney = (figures: MoneyFigures): boolean => Object.keys(figures).length > 0

/**
 * What it will cost as far as is known, beyond its budget: the forecast, or what was spent where that is more already.
 * Undefined without a budget, or without either.
 */
function overBudget({ budget, forecast, actual }: MoneyFigures): number | undefined {
  if (budget === undefined || (forecast === undefined && actual === undefined)) return undefined
  return Math.max(forecast ?? 0, actual ?? 0) - budget
}

/** Undefined where it cannot be worked out: then it is not rated, which is never Green. */
export function moneyState(
  figures: MoneyFigures,
  { amberOver, redOver }: MoneyLimits,
): State | undefined {
  const over = overBudget(figures)
  if (over === undefined) return undefined
  const budget = figures.budget ?? 0
  const isMoreThan = (percent: number) => over > 0 && over * 100 > budget * percent
  const key = isMoreThan(redOver) ? 'red' : isMoreThan(amberOver) ? 'amber' : 'green'
  return stateByKey(rag, key)
}

/** Each figure added up over those that have it. */
function sumMoney(all: readonly MoneyFigures[]): MoneyFigures {
  return Object.fromEntries(
    moneyKeys.flatMap((key) => {
      const known = all.flatMap((figures) => figures[key] ?? [])
      return known.length === 0 ? [] : [[key, known.reduce((sum, one) => sum + one, 0)]]
    }),
  )
}

type PlannedParts = Pick<Plan, 'projects' | 'workstreams'>

const ofProjects = ({ projects }: PlannedParts, { id }: Workstream, money: Money) =>
  sumMoney(
    projects.flatMap((one) => (one.workstreamId === id ? (money.projects.get(one.id) ?? []) : [])),
  )

/** What was said of a workstream itself, and for all else what its projects come to. */
export function workstreamMoney(plan: Plan, workstream: Workstream, money: Money): MoneyFigures {
  return { ...ofProjects(plan, workstream, money), ...money.workstreams.get(workstream.id) }
}

export function programmeMoney(plan: Plan, money: Money): MoneyFigures {
  return sumMoney(plan.workstreams.map((one) => workstreamMoney(plan, one, money)))
}

/** Figures that do not add up, in a sentence: reported and never corrected (rule 6 of the domain). */
export interface MoneyMismatch {
  /** Which figures: other ones are another mismatch. Without a space. */
  readonly token: string
  readonly told: string
}

/** Figures that a workstream was said to have, and its projects come to others. */
export function totalMismatches(
  plan: PlannedParts,
  workstream: Workstream,
  money: Money,
): MoneyMismatch[] {
  const own = money.workstreams.get(workstream.id) ?? {}
  const sum = ofProjects(plan, workstream, money)
  return moneyKeys.flatMap((key) => {
    const [said, added] = [own[key], sum[key]]
    if (said === undefined || added === undefined || said === added) return []
    return [
      {
        token: `${workstream.id}:${key}:${said}:${added}`,
        told: `its ${moneyLabels[key]} is ${formatPence(said)}, and those of its projects come to ${formatPence(added)}.`,
      },
    ]
  })
}

/** More spent than is forecast for the whole. */
export function spendingMismatch({ actual, forecast }: MoneyFigures): MoneyMismatch | undefined {
  if (actual === undefined || forecast === undefined || actual <= forecast) return undefined
  return {
    token: `actual:${actual}:${forecast}`,
    told: `${formatPence(actual)} is spent, more than its forecast of ${formatPence(forecast)}.`,
  }
}

/** All of a plan, each with what it is about. */
export function moneyMismatches(plan: PlannedParts, money: Money): string[] {
  const totals = plan.workstreams.flatMap((workstream) =>
    totalMismatches(plan, workstream, money).map(
      ({ told }) => `Workstream ${workstream.ref}: ${told}`,
    ),
  )
  const spent = plan.projects.flatMap(({ id, ref, title }) => {
    const found = spendingMismatch(money.projects.get(id) ?? {})
    return found ? [`${ref} ${title}: ${found.told}`] : []
  })
  return [...totals, ...spent]
}

/** '£11,000 over budget (9.2%)', 'On budget'; undefined where it is not known. */
export function formatOverBudget(figures: MoneyFigures): string | undefined {
  const over = overBudget(figures)
  if (over === undefined) return undefined
  if (over === 0) return 'On budget'
  const share = figures.budget ? ` (${percent(Math.abs(over) / figures.budget)})` : ''
  return `${formatPence(Math.abs(over))} ${over > 0 ? 'over' : 'under'} budget${share}`
}

const percent = (share: number) => `${(share * 100).toFixed(1).replace(/\.0$/, '')}%`
