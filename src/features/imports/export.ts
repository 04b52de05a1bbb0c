import { type CivilDate, toDbDate } from '../../base/dates.ts'
import { fileFormatOf, formatCsv } from '../../base/sheets/file-format.ts'
import { textSheetsWorkbook } from '../../base/sheets/write-xlsx.ts'
import { plural } from '../../base/text.ts'
import { loadMeasures } from '../../domain/measures/store.ts'
import { namesOf } from '../../domain/people/names.ts'
import type { PlanAttribute } from '../../domain/plan/attributes/attribute.ts'
import { planAttributes } from '../../domain/plan/attributes/registry.ts'
import { loadRecentPlan } from '../../domain/plan/store.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { ownersOf } from '../../domain/register/format.ts'
import { loadEntries } from '../../domain/register/load-entries.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import type { ReadTx } from '../../infra/db.ts'
import { exportRows, type PlanExport } from './export-rows.ts'
import { exportRegisterRows, type RegisterExport } from './registers/export-register.ts'

/**
 * The plan of a programme as at a day, as a file that imports again to the same plan: CSV or XLSX by the ending of its
 * name; a workbook has its register too, as a sheet of its own. @throws Refusal for any other ending
 */
export async function exportPlan(
  tx: ReadTx,
  programme: Programme,
  asAt: CivilDate,
  fileName: string,
  attributes: readonly PlanAttribute[] = planAttributes,
): Promise<Uint8Array> {
  const kind = fileFormatOf(fileName)
  const rows = exportRows(await loadRecentPlanExport(tx, programme, asAt), attributes)
  if (kind === 'csv') return formatCsv(rows)
  const register = exportRegisterRows(await loadRegisterExport(tx, programme), asAt)
  const ofRegister = register.length > 0 ? [{ name: 'Register', rows: register }] : []
  return textSheetsWorkbook([{ name: programme.key, rows }, ...ofRegister])
}

/** Where the register of an exported plan is, in a sentence; none where it has no entry. */
export async function whereRegisterIs(
  tx: ReadTx,
  { id: programmeId }: Pick<Programme, 'id'>,
  asAt: CivilDate,
  fileName: string,
): Promise<string[]> {
  const kept = {
    withdrawnOn: null,
    onDay: { lte: toDbDate(asAt) },
    kind: { not: 'headline' as const },
  }
  const count = await tx.registerEntry.count({ where: { programmeId, ...kept } })
  if (count === 0) return []
  return fileFormatOf(fileName) === 'csv'
    ? [`Its register is not in it: a CSV has one sheet. It comes with a .xlsx.`]
    : [`Its second sheet is the register, with what was closed: ${plural(count, 'row')}.`]
}

async function loadRegisterExport(tx: ReadTx, programme: Programme): Promise<RegisterExport> {
  const entries = await loadEntries(tx, programme.id)
  const numbered = await tx.registerEntry.findMany({
    where: { programmeId: programme.id, sheetRef: { not: null } },
    select: { id: true, sheetRef: true },
  })
  const reviewed = entries.flatMap(({ reviews }) => reviews.flatMap(({ ownerId }) => ownerId ?? []))
  return {
    entries,
    sheetRefs: new Map(numbered.map(({ id, sheetRef }) => [id, sheetRef ?? ''])),
    names: await namesOf(tx, [...ownersOf(entries), ...reviewed]),
    scheme: schemeOf(programme.settings),
  }
}

/** What an export needs besides the plan itself. One query after the other: a transaction has one connection. */
async function loadRecentPlanExport(
  tx: ReadTx,
  programme: Programme,
  asAt: CivilDate,
): Promise<PlanExport> {
  const { id: programmeId } = programme
  const plan = await loadRecentPlan(tx, programmeId, asAt)
  const measures = await loadMeasures(tx, programmeId, asAt)
  const outcomes = await tx.outcome.findMany({ where: { programmeId }, orderBy: { number: 'asc' } })
  const recommendations = await tx.recommendation.findMany({
    where: { programmeId },
    orderBy: { ref: 'asc' },
  })
  const projects = await tx.project.findMany({
    where: { programmeId },
    include: {
      recommendations: {
        orderBy: { recommendation: { ref: 'asc' } },
        include: { recommendation: true },
      },
      outcomes: { orderBy: { outcome: { number: 'asc' } }, include: { outcome: true } },
    },
  })
  const milestones = await tx.milestone.findMany({
    where: { project: { programmeId } },
    include: {
      ratings: {
        where: {
          onDay: { lte: toDbDate(asAt) },
          OR: [{ withdrawnOn: null }, { withdrawnOn: { gt: toDbDate(asAt) } }],
        },
        orderBy: [{ onDay: 'desc' }, { at: 'desc' }, { id: 'desc' }],
        take: 1,
      },
    },
  })
  const ofWorkstreams = await tx.measure.findMany({
    where: { programmeId, workstream: { isNot: null } },
    include: { workstream: true },
  })
  const directed = await tx.reading.findMany({
    where: { measure: { programmeId }, direction: { not: null } },
    select: { id: true, direction: true },
  })
  return {
    plan,
    measures,
    scheme: schemeOf(plan.programme.settings),
    outcomes: outcomes.map(({ text }) => text),
    recommendations: recommendations.map(({ ref, text }) => ({ ref, text })),
    projects: new Map(
      projects.map((row) => [
        row.id,
        {
          section: row.section,
          recommendations: row.recommendations.map(({ recommendation }) => recommendation.ref),
          outcomes: row.outcomes.map(({ outcome }) => outcome.text),
        },
      ]),
    ),
    milestones: new Map(
      milestones.map(({ id, recurrence, condition, ratings }) => {
        return [id, { recurrence, condition, state: ratings[0]?.state ?? null }]
      }),
    ),
    workstreamRefByMeasure: new Map(
      ofWorkstreams.map(({ id, workstream }) => [id, workstream?.ref ?? '']),
    ),
    directions: new Map(directed.map(({ id, direction }) => [id, direction ?? ''])),
  }
}
