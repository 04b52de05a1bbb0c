import { isId } from '../../base/ids.ts'
import { capitalised } from '../../base/text.ts'
import { formatLife, type Life } from '../../domain/plan/life.ts'
import { loadLives } from '../../domain/plan/project-store.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { ReminderData, ReminderRow } from './reminder-data.ts'
import { notInPlanText, type RowAnswer } from './row-answers.ts'
import { reminderRules } from './rules/registry.ts'
import type { ReminderRule } from './rules/rule.ts'
import { formatUntil } from './suppression.ts'
import { type LatestSnooze, loadLatestSnoozes } from './suppression-store.ts'

/** What became of a row since it was sent. `text` is for the row to show; '' while it is open. */
export interface RowStatus {
  readonly code: 'open' | 'answered' | 'snoozed'
  readonly text: string
}

export type RowStatusLookup = (row: ReminderRow) => RowStatus

export const openRow: RowStatus = { code: 'open', text: '' }

/**
 * What became of the rows of a message, as at `now`. Snoozes are those of the recipient, `personId`; nobody else's
 * change what a row shows.
 */
export async function loadRowStatuses(
  tx: ReadTx,
  data: ReminderData,
  personId: string | undefined,
  now: Date,
  rules: readonly Pick<ReminderRule, 'kind' | 'loadAnswers' | 'asksAboutLife'>[] = reminderRules,
): Promise<RowStatusLookup> {
  const rows = data.groups.flatMap((group) => group.rows)
  const loaders = new Map(rules.map(({ kind, loadAnswers }) => [kind, loadAnswers]))
  const answers = new Map<string, RowAnswer>()
  for (const [load, some] of Map.groupBy(rows, ({ kind }) => loaders.get(kind))) {
    const answer = await load?.(tx, some, now)
    if (answer) for (const { kind } of some) answers.set(kind, answer)
  }
  const subjects = rows.map(({ subject }) => subject).filter(Boolean)
  const projects = rows.map(({ project }) => project).filter(isId)
  const lives = await loadLives(tx, [...new Set(projects)])
  const snoozes = personId ? await loadLatestSnoozes(tx, personId, subjects, now) : new Map()
  const aboutLife = new Set(rules.flatMap(({ kind, asksAboutLife }) => (asksAboutLife ? kind : [])))
  return (row) => {
    const life = aboutLife.has(row.kind) ? null : (lives.get(row.project) ?? null)
    const answer = lifeAnswer(life) ?? answers.get(row.kind)?.(row) ?? null
    if (answer !== null) return { code: 'answered', text: answer }
    const snooze: LatestSnooze | undefined = snoozes.get(row.subject)
    return snooze ? { code: 'snoozed', text: snoozeText(snooze, data.zone) } : openRow
  }
}

/** Nobody is asked about a project that is not live. */
function lifeAnswer(life: Life): string | null {
  if (life === null) return null
  return life.state === 'removed' ? notInPlanText : `✓ ${capitalised(formatLife(life))}`
}

function snoozeText({ by, until }: LatestSnooze, zone: string): string {
  return `Snoozed by ${by} until ${formatUntil(until, zone)}`
}
