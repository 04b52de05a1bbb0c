import { isDeepStrictEqual } from 'node:util'
import { fromDbDate, fullDate } from '../../base/dates.ts'
import { shorten } from '../../base/text.ts'
import type { ReadTx } from '../../infra/db.ts'
import { fieldOf } from '../measures/fields.ts'
import { authorName, namesOf } from '../people/names.ts'
import { projectWorkstream } from '../plan/fields.ts'
import { parseLife } from '../plan/life.ts'
import { entryName } from '../register/format.ts'
import { saidSinceImport } from '../register/imported-entries.ts'
import { loadImportRevisions } from '../revisions/revision-store.ts'
import type { Revision } from '../revisions/revisions.ts'
import { lastImport, type PlanImport } from './import-store.ts'

/**
 * What others have built on an import since, a line each: 'Project 2.9 Induction: an update by Asha Verity on Fri 3 Mar
 * 2017'. An import is taken back whole or not at all, and nothing that a person said may go with it. A lead's update of
 * a project that was there before is nothing built on it: it goes on counting.
 */
export async function builtOnImport(tx: ReadTx, done: PlanImport): Promise<string[]> {
  const last = await lastImport(tx, [done.programmeId])
  if (last && last.id !== done.id) {
    return [`${last.fileName} was imported after it: take that back first`]
  }
  const revisions = (await loadImportRevisions(tx, done.id)).filter(({ isUndone }) => !isUndone)
  const added = addedItems(revisions)
  const found = [
    ...(await saidOfProjects(tx, added.project, done.at)),
    ...(await saidOfMilestones(tx, added, done.at)),
    ...(await changesOfItems(tx, added, done)),
    ...(await projectsInWorkstreams(tx, added, revisions)),
    ...(await confirmedUpdates(tx, done)),
    ...(await movesSince(tx, done)),
    ...(await readingsOfMeasures(tx, done)),
    ...(await saidOfEntries(tx, done)),
  ]
  const names = await namesOf(
    tx,
    found.flatMap(({ byId }) => byId ?? []),
  )
  return [
    ...(await fieldsChangedAgain(tx, revisions)),
    ...changedMeasures(done, revisions),
    ...found.map(({ subject, what, byId, onDay }) => {
      return `${subject}: ${what} by ${authorName(names, byId)} on ${fullDate(fromDbDate(onDay))}`
    }),
  ]
}

type Added = Readonly<Record<'workstream' | 'project' | 'milestone', readonly string[]>>

/** It brought an item into the plan: one that was live before was not taken out of it. */
const isAddition = ({ field, to }: Revision) =>
  (field === 'life' && to === null) || (field === 'isRemoved' && to === false)

/** Ids of what the import brought into the plan. */
function addedItems(revisions: readonly Revision[]): Added {
  const idsOf = (of: Revision['item']) =>
    revisions
      .filter((revision) => revision.item === of && isAddition(revision))
      .map(({ itemId }) => itemId)
  return {
    workstream: idsOf('workstream'),
    project: idsOf('project'),
    milestone: idsOf('milestone'),
  }
}

interface Built {
  readonly subject: string
  readonly what: string
  readonly byId: string | null
  readonly onDay: Date
}

interface ProjectTitle {
  readonly ref: string
  readonly title: string
}
const titled = { project: { select: { ref: true, title: true } } }
const measureText = ({ number, title }: { readonly number: number; readonly title: string }) =>
  `Measure ${number} ${shorten(title, 60)}`
const projectText = ({ ref, title }: ProjectTitle) => `Project ${ref} ${shorten(title, 60)}`

async function saidOfProjects(
  tx: ReadTx,
  ids: readonly string[],
  since: Date,
): Promise<readonly Built[]> {
  const where = { projectId: { in: [...ids] }, at: { gt: since } }
  const include = titled
  const standing = { ...where, withdrawnOn: null }
  const updates = await tx.statusUpdate.findMany({ where: standing, include })
  const values = await tx.projectAttribute.findMany({
    where: { ...standing, source: { not: 'import' } },
    include,
  })
  const ratings = await tx.assuranceRating.findMany({ where, include })
  const entries = await tx.registerEntry.findMany({ where: standing, include })
  const questions = await tx.question.findMany({ where, include })
  return [
    ...updates.map((row) => ({ ...row, what: 'an update' })),
    ...values.map((row) => ({ ...row, what: 'a change' })),
    ...ratings.map((row) => ({ ...row, what: 'a second rating' })),
    ...entries.map((row) => ({ ...row, what: `${row.kind} ${row.number}` })),
    ...questions.map((row) => ({ ...row, byId: row.askedById, what: `question ${row.number}` })),
  ].map(({ project, what, byId, onDay }) => ({
    subject: project ? projectText(project) : 'The programme',
    ...{ what, byId, onDay },
  }))
}

async function saidOfMilestones(
  tx: ReadTx,
  { project, milestone }: Added,
  since: Date,
): Promise<readonly Built[]> {
  const ids = { OR: [{ id: { in: [...milestone] } }, { projectId: { in: [...project] } }] }
  const where = { milestone: ids, at: { gt: since } }
  const include = { milestone: { select: { number: true, ...titled } } }
  const moves = await tx.milestoneMove.findMany({ where: { ...where, withdrawnOn: null }, include })
  const done = await tx.milestoneCompletion.findMany({ where, include })
  const flags = await tx.milestoneFlag.findMany({ where, include })
  const rated = await tx.milestoneRating.findMany({
    where: { ...where, withdrawnOn: null, source: { not: 'import' } },
    include,
  })
  return [
    ...moves.map((row) => ({ ...row, what: 'moved' })),
    ...done.map((row) => ({ ...row, what: 'reported done' })),
    ...flags.map((row) => ({ ...row, what: 'flagged' })),
    ...rated.map((row) => ({ ...row, what: 'rated' })),
  ].map(({ milestone: { number, project: of }, what, byId, onDay }) => ({
    subject: `${projectText(of)}, milestone ${number}`,
    ...{ what, byId, onDay },
  }))
}

/** Changes of what was added, and milestones that people added to it. */
async function changesOfItems(
  tx: ReadTx,
  added: Added,
  { id: importId, at }: PlanImport,
): Promise<readonly Built[]> {
  const rows = await tx.planRevision.findMany({
    where: {
      ...{ at: { gt: at }, importId: null, undoesId: null, undoneBy: null },
      OR: [
        { workstreamId: { in: [...added.workstream] } },
        { projectId: { in: [...added.project] } },
        { milestoneId: { in: [...added.milestone] } },
        { milestone: { projectId: { in: [...added.project] } } },
        { measure: { importId } },
      ],
    },
    include: {
      workstream: true,
      project: true,
      milestone: { select: { number: true, ...titled } },
      measure: true,
    },
  })
  return rows.map(({ workstream, project, milestone, measure, byId, onDay }) => {
    const of = milestone?.project ?? project
    const ofPart = measure
      ? measureText(measure)
      : `Workstream ${workstream?.ref} ${workstream?.title}`
    const subject = of ? projectText(of) : ofPart
    const what = milestone ? `milestone ${milestone.number}, a change` : 'a change'
    return { subject, what, byId, onDay }
  })
}

/**
 * Projects that stand in an added workstream now and that the import neither added nor put there; not those taken out of
 * the plan.
 */
async function projectsInWorkstreams(
  tx: ReadTx,
  added: Added,
  revisions: readonly Revision[],
): Promise<readonly Built[]> {
  const { item, key } = projectWorkstream
  const put = revisions
    .filter((one) => one.item === item && one.field === key)
    .map(({ itemId }) => itemId)
  const rows = await tx.project.findMany({
    where: {
      workstreamId: { in: [...added.workstream] },
      id: { notIn: [...added.project, ...put] },
    },
    include: { workstream: true, revisions: { orderBy: { sequence: 'desc' }, take: 1 } },
  })
  const inPlan = rows.filter(({ life }) => parseLife(life)?.state !== 'removed')
  return inPlan.flatMap(({ workstream, revisions, ...project }) =>
    revisions.map(({ byId, onDay }) => ({
      subject: `Workstream ${workstream.ref} ${shorten(workstream.title, 60)}`,
      what: `${projectText(project)} put there`,
      ...{ byId, onDay },
    })),
  )
}

/** What the import said of a project and a person confirmed, or said again with "no change". */
async function confirmedUpdates(
  tx: ReadTx,
  { programmeId, at }: PlanImport,
): Promise<readonly Built[]> {
  const imported = { source: 'import', at: { gte: at }, project: { programmeId } }
  const rows = await tx.statusUpdate.findMany({
    where: { attests: imported, withdrawnOn: null },
    include: titled,
  })
  const confirmed = await tx.confirmation.findMany({
    where: { update: imported },
    include: { update: { include: titled } },
  })
  return [
    ...rows.map(({ project, byId, onDay }) => ({ project, byId, onDay, what: '“no change”' })),
    ...confirmed.flatMap(({ update, byId, onDay }) =>
      update ? [{ project: update.project, byId, onDay, what: 'a confirmation' }] : [],
    ),
  ].map(({ project, ...built }) => ({ subject: projectText(project), ...built }))
}

/** Milestones that the import moved, and that a person moved again or finished. */
async function movesSince(tx: ReadTx, { programmeId, at }: PlanImport): Promise<readonly Built[]> {
  const moved = { some: { source: 'import', at: { gte: at }, withdrawnOn: null } }
  const milestone = { project: { programmeId }, moves: moved }
  const where = { milestone, at: { gt: at }, source: { not: 'import' } }
  const include = { milestone: { select: { number: true, ...titled } } }
  const moves = await tx.milestoneMove.findMany({ where: { ...where, withdrawnOn: null }, include })
  const done = await tx.milestoneCompletion.findMany({ where, include })
  return [
    ...moves.map((row) => ({ ...row, what: 'moved again' })),
    ...done.map((row) => ({ ...row, what: 'reported done' })),
  ].map(({ milestone: { number, project }, what, byId, onDay }) => ({
    subject: `${projectText(project)}, milestone ${number}`,
    ...{ what, byId, onDay },
  }))
}

/** Readings that people gave of measures that the import added. */
async function readingsOfMeasures(tx: ReadTx, { id, at }: PlanImport): Promise<readonly Built[]> {
  const rows = await tx.reading.findMany({
    where: { measure: { importId: id }, at: { gt: at }, source: { not: 'import' } },
    include: { measure: true },
  })
  return rows.map(({ measure: { number, title }, byId, onDay }) => ({
    subject: measureText({ number, title }),
    what: 'a reading',
    ...{ byId, onDay },
  }))
}

async function saidOfEntries(tx: ReadTx, { id, ...done }: PlanImport): Promise<readonly Built[]> {
  const said = await saidSinceImport(tx, { ...done, importId: id })
  return said.map((one) => ({ ...one, subject: entryName(one) }))
}

/** What an import of an earlier version changed of measures has no history to go back to. */
const changedMeasures = (
  { changedMeasures: numbers }: PlanImport,
  revisions: readonly Revision[],
): string[] =>
  revisions.some(({ item }) => item === 'measure')
    ? []
    : numbers.map(
        (number) => `Measure ${number}: the sheet changed what it is; set it right by hand`,
      )

/** Fields that have another value now than the import gave them. */
async function fieldsChangedAgain(
  tx: ReadTx,
  revisions: readonly Revision[],
): Promise<readonly string[]> {
  const lines: string[] = []
  // Newest first: what the import left in the end.
  const last = Map.groupBy(revisions, ({ itemId, field }) => `${itemId} ${field}`)
  for (const [revision] of last.values()) {
    if (!revision || revision.item === 'member' || isAddition(revision)) continue
    const { item, itemId, to } = revision
    const planField = fieldOf(revision)
    const present: unknown = JSON.parse(JSON.stringify(await planField.read(tx, itemId)))
    if (isDeepStrictEqual(present, to)) continue
    lines.push(`${await subjectOf(tx, item, itemId)}: another ${planField.label} since`)
  }
  return lines
}

async function subjectOf(tx: ReadTx, item: Revision['item'], id: string): Promise<string> {
  if (item === 'measure') return measureText(await tx.measure.findUniqueOrThrow({ where: { id } }))
  if (item === 'project') return projectText(await tx.project.findUniqueOrThrow({ where: { id } }))
  const { ref, title } = await tx.workstream.findUniqueOrThrow({ where: { id } })
  return `Workstream ${ref} ${shorten(title, 60)}`
}
