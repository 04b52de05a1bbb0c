import { basename } from 'node:path'
import { type CivilDate, fullMoment } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import { fileFormatOf } from '../../../base/sheets/file-format.ts'
import { plural } from '../../../base/text.ts'
import { diffDigest, formatDiff } from '../../../domain/digests/archive/diff.ts'
import {
  type IssuedDigest,
  loadIssuedDigest,
} from '../../../domain/digests/archive/digest-store.ts'
import { loadDigestInput } from '../../../domain/digests/audience/load-input.ts'
import { redactPlan } from '../../../domain/digests/audience/redact.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { loadRecentPlan } from '../../../domain/plan/store.ts'
import type { Audience } from '../../../domain/programme/audience.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { planWithin, wholeProgramme } from '../../../domain/schedule/scope.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { loadReportedPlan } from '../reported-plan.ts'
import type { Summary } from './rows.ts'
import { summaryOf } from './summary.ts'
import { summaryCsv, summaryWorkbook } from './write-summary.ts'

export interface ReportRequest {
  readonly programme: Programme
  readonly today: CivilDate
  /** The day it speaks for; left out: the digest's, or today. */
  readonly asAt?: CivilDate | undefined
  /** The number of the digest that is wanted as a sheet. */
  readonly digest?: number | undefined
  /** Who will read it; a digest's readers where one is named. */
  readonly reader: Audience
  /** Its ending says what kind of file it is. */
  readonly file: string
}

/** A sheet, and what there is to know of it. */
export interface Report {
  readonly bytes: Uint8Array
  readonly asAt: CivilDate
  readonly projects: number
  /** Projects by the label of their state, worst first. */
  readonly counts: Readonly<Record<string, number>>
  /** That a digest said otherwise, or that things changed since. */
  readonly notes: readonly string[]
}

/**
 * The summary sheet of a programme as at a day, or as a digest told it. The plan is worked out from what had been said
 * by then, and holds no words that its readers may not see.
 * @throws Refusal where there is no such digest, nothing to show on that day, or the file is of another kind.
 */
export async function reportSummary(tx: ReadTx, request: ReportRequest): Promise<Report> {
  const { programme, today, file } = request
  const kind = fileFormatOf(basename(file))
  const issued = await findRequestedDigest(tx, request)
  const asAt = issued?.content.asAt ?? request.asAt ?? today
  const scope = issued?.scope ?? wholeProgramme
  const plan = await loadReportedPlan(tx, { programme, today, asAt, scope })
  const planNow = async () => planWithin(await loadRecentPlan(tx, programme.id, today), scope)
  const notes = issued ? divergenceNotes(issued, plan, await planNow()) : []
  const reader = issued?.content.audience ?? request.reader
  const input = await loadDigestInput(tx, plan, { previous: null, since: asAt })
  const remarks = issued ? [formatDigestSource(issued), ...notes] : []
  const summary = summaryOf({ plan: redactPlan(input.plan, reader), reader, remarks })
  const bytes = kind === 'csv' ? summaryCsv(summary) : summaryWorkbook(summary, programme.key)
  return { bytes, asAt, notes, projects: plan.projects.length, counts: countsByLabel(summary) }
}

async function findRequestedDigest(
  tx: ReadTx,
  { programme, digest, asAt }: ReportRequest,
): Promise<IssuedDigest | undefined> {
  if (digest === undefined) return undefined
  if (asAt !== undefined) {
    throw new Refusal('A digest has its own day: leave --as-of out. Nothing was written.')
  }
  return loadIssuedDigest(tx, programme, digest)
}

/** 'As digest 12, issued Mon 27 Feb 2017, 09:00.' */
function formatDigestSource({ number, content: { issue } }: IssuedDigest): string {
  const when = issue ? `, issued ${fullMoment(new Date(issue.at), issue.zone)}` : ''
  return `For digest ${number}${when}.`
}

/** What the digest said stays said: where the plan of its day says otherwise by now, or today's does, it is told. */
function divergenceNotes({ number, content }: IssuedDigest, then: Plan, now: Plan): string[] {
  const differing = diffDigest(content, then).states.length
  return [
    ...(differing > 0
      ? [
          `Digest ${number} said otherwise of ${plural(differing, 'project')}: what was said of that day came after it.`,
        ]
      : []),
    ...[formatDiff(diffDigest(content, now))].filter(Boolean),
  ]
}

function countsByLabel({ rows }: Summary): Record<string, number> {
  const states = rows.flatMap((row) => (row.kind === 'project' ? [row.state] : []))
  const inOrder = states.toSorted((a, b) => b.severity - a.severity)
  return Object.fromEntries(
    [...Map.groupBy(inOrder, ({ label }) => label)].map(([label, all]) => [label, all.length]),
  )
}
