import { type CivilDate, fromDbDate, fullDate, toDbDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import type { Prisma, Tx } from '../../infra/db.ts'
import { Roster } from '../people/roster.ts'
import type { Difference, StoredPlan } from './difference.ts'
import type { MilestoneCell, PlanFile } from './import-rules.ts'

/** Where and when an import writes. */
export interface Import {
  readonly tx: Tx
  readonly programmeId: string
  readonly asOf: CivilDate
  readonly fileName: string
  readonly now: Date
}

/**
 * The plan as earlier imports left it, not as chat changed it since: a sheet that still says the same
 * has nothing new to say, and must not undo what a lead said. `people` also compares leads and sponsors.
 */
export async function planAsImported(
  tx: Tx,
  programmeId: string,
  people: boolean,
): Promise<StoredPlan> {
  const imported = { source: 'import' }
  const latest = [{ onDay: 'desc' as const }, { at: 'desc' as const }]
  const owners = { orderBy: { position: 'asc' as const }, include: { person: true } }
  const [workstreams, projects] = [
    await tx.workstream.findMany({
      where: { programmeId },
      orderBy: { position: 'asc' },
      include: { owners },
    }),
    await tx.project.findMany({
      where: { programmeId },
      orderBy: { position: 'asc' },
      include: {
        leads: owners,
        updates: { where: imported, orderBy: latest, take: 1 },
        milestones: {
          orderBy: { number: 'asc' },
          include: { moves: { where: imported, orderBy: latest, take: 1 } },
        },
      },
    }),
  ]
  const namesOf = (role: string, rows: (typeof workstreams)[number]['owners']) =>
    rows.filter((row) => row.role === role).map(({ person }) => person.name)
  return {
    workstreams: workstreams.map((row) => ({
      ref: row.ref,
      title: row.title,
      ...(people
        ? { sponsors: namesOf('sponsor', row.owners), leads: namesOf('lead', row.owners) }
        : {}),
    })),
    projects: projects.map((row) => ({
      ref: row.ref,
      title: row.title,
      state: row.updates[0]?.state ?? 'blank',
      commentary: row.updates[0]?.reason ?? '',
      ...(people ? { leads: row.leads.map(({ person }) => person.name) } : {}),
      milestones: row.milestones.map(({ number, about, raw, baselineDue, moves }) => {
        const due = moves[0] ? moves[0].to : baselineDue
        return { number, about, raw, due: due && fromDbDate(due) }
      }),
    })),
  }
}

/** @throws Refusal where the plan already holds a newer sheet: history is not written backwards. */
export async function refuseOlder(tx: Tx, programmeId: string, asOf: CivilDate): Promise<void> {
  const last = await tx.planImport.findFirst({ where: { programmeId }, orderBy: { asOf: 'desc' } })
  if (last && fromDbDate(last.asOf) > asOf) {
    throw new Refusal(
      `The plan already holds a sheet as at ${fullDate(fromDbDate(last.asOf))}. One as at ${fullDate(asOf)} cannot be imported over it. Nothing was changed.`,
    )
  }
}

/** Writes what the file adds and changes; what it lacks stays. All in the caller's transaction. */
export async function applyDifference(
  to: Import,
  file: PlanFile,
  difference: Difference,
): Promise<void> {
  const roster = await Roster.of(to.tx, to.programmeId, to.now)
  await addWorkstreams(to, file, difference)
  await addProjects(to, file, difference)
  await addMilestones(to, difference)
  await applyChanges(to, difference)
  await addUpdates(to, file, difference)
  await setOwners(to, file, roster)
}

async function addWorkstreams(to: Import, file: PlanFile, { added }: Difference) {
  const { tx, programmeId } = to
  const addedOn = toDbDate(to.asOf)
  const fresh = new Set(added.filter(({ what }) => what === 'workstream').map(({ ref }) => ref))
  await tx.workstream.createMany({
    data: file.workstreams.flatMap(({ ref, title }, position) =>
      fresh.has(ref) ? [{ id: newId(), programmeId, ref, title, position, addedOn }] : [],
    ),
  })
}

async function addProjects(to: Import, file: PlanFile, { added }: Difference) {
  const { tx, programmeId } = to
  const addedOn = toDbDate(to.asOf)
  const fresh = new Set(added.filter(({ what }) => what === 'project').map(({ ref }) => ref))
  const workstreams = await tx.workstream.findMany({
    where: { programmeId },
    select: { id: true, ref: true },
  })
  const idOf = new Map(workstreams.map(({ id, ref }) => [ref, id]))
  const data: Prisma.ProjectCreateManyInput[] = file.projects.flatMap(
    ({ ref, title, workstreamRef }, position) => {
      const workstreamId = idOf.get(workstreamRef)
      return fresh.has(ref) && workstreamId
        ? [{ id: newId(), programmeId, workstreamId, ref, title, position, addedOn }]
        : []
    },
  )
  if (data.length < fresh.size)
    throw new Refusal('A project belongs to no workstream of the file. Nothing was changed.')
  await tx.project.createMany({ data })
}

async function addMilestones(to: Import, { added }: Difference) {
  const projects = await projectIds(to)
  const last = await to.tx.milestone.groupBy({
    by: ['projectId'],
    where: { project: { programmeId: to.programmeId } },
    _max: { number: true },
  })
  const numbers = new Map(last.map((row) => [row.projectId, row._max.number ?? 0]))
  const data = added.flatMap((one) => {
    const projectId = one.what === 'milestone' ? projects.get(one.ref) : undefined
    if (one.what !== 'milestone' || !projectId) return []
    const number = (numbers.get(projectId) ?? 0) + 1
    numbers.set(projectId, number)
    return [{ id: newId(), projectId, number, ...milestoneColumns(one.milestone, to.asOf) }]
  })
  await to.tx.milestone.createMany({ data })
}

function milestoneColumns(
  { about, raw, column, earliest, due, precision, recurrence, condition }: MilestoneCell,
  asOf: CivilDate,
) {
  return {
    about,
    raw,
    precision,
    recurrence,
    condition,
    heading: column,
    earliest: earliest && toDbDate(earliest),
    baselineDue: due && toDbDate(due),
    due: due && toDbDate(due),
    addedOn: toDbDate(asOf),
  }
}

async function applyChanges(to: Import, { changed }: Difference) {
  const { tx, programmeId } = to
  for (const change of changed) {
    const where = { programmeId_ref: { programmeId, ref: change.ref } }
    if (change.field === 'title') {
      const data = { title: change.to ?? '' }
      if (change.what === 'workstream') await tx.workstream.update({ where, data })
      else await tx.project.update({ where, data })
    }
    if (change.what === 'milestone')
      await moveAsImported(to, change.ref, change.number, change.milestone)
  }
}

async function moveAsImported(to: Import, ref: string, number: number, cell: MilestoneCell) {
  const { tx, programmeId, asOf, now } = to
  const milestone = await tx.milestone.findFirstOrThrow({
    where: { number, project: { programmeId, ref } },
  })
  const day = cell.due && toDbDate(cell.due)
  await tx.milestoneMove.create({
    data: {
      id: newId(),
      milestoneId: milestone.id,
      from: milestone.due,
      to: day,
      reason: `Changed in ${to.fileName}`,
      source: 'import',
      onDay: toDbDate(asOf),
      at: now,
    },
  })
  await tx.milestone.update({ where: { id: milestone.id }, data: { due: day } })
}

/** A status is a new line of the history wherever the sheet says something else than the sheet before it. */
async function addUpdates(to: Import, file: PlanFile, { added, changed }: Difference) {
  const told = new Set([
    ...added.filter(({ what }) => what === 'project').map(({ ref }) => ref),
    ...changed
      .filter(({ field }) => field === 'state' || field === 'commentary')
      .map(({ ref }) => ref),
  ])
  const projects = await projectIds(to)
  const data = file.projects.flatMap(({ ref, state, commentary }) => {
    const projectId = projects.get(ref)
    const rated = state !== 'blank' || commentary !== '' || changed.some((one) => one.ref === ref)
    if (!told.has(ref) || !projectId || !rated) return []
    return [
      {
        id: newId(),
        projectId,
        state,
        reason: commentary || null,
        source: 'import',
        onDay: toDbDate(to.asOf),
        at: to.now,
      },
    ]
  })
  await to.tx.statusUpdate.createMany({ data })
}

/** Leads and sponsors where the file names any; a file without such columns leaves them as they are. */
async function setOwners(to: Import, file: PlanFile, roster: Roster) {
  const projects = await projectIds(to)
  for (const { ref, leads } of file.projects) {
    const projectId = projects.get(ref)
    if (!projectId || leads.length === 0) continue
    const people = await everyone(leads, (name) => roster.person(name, 'lead'))
    await to.tx.projectLead.deleteMany({ where: { projectId } })
    await to.tx.projectLead.createMany({
      data: people.map((personId, position) => ({ projectId, personId, position })),
    })
  }
  const workstreams = await to.tx.workstream.findMany({ where: { programmeId: to.programmeId } })
  const idOf = new Map(workstreams.map(({ id, ref }) => [ref, id]))
  for (const { ref, leads, sponsors } of file.workstreams) {
    const workstreamId = idOf.get(ref)
    if (!workstreamId) continue
    for (const [role, names] of [
      ['lead', leads],
      ['sponsor', sponsors],
    ] as const) {
      if (names.length === 0) continue
      const people = await everyone(names, (name) => roster.person(name, role))
      await to.tx.workstreamOwner.deleteMany({ where: { workstreamId, role } })
      await to.tx.workstreamOwner.createMany({
        data: people.map((personId, position) => ({ workstreamId, personId, role, position })),
      })
    }
  }
}

/** One after the other, each person once. */
async function everyone(
  names: readonly string[],
  find: (name: string) => Promise<string>,
): Promise<string[]> {
  const ids = new Set<string>()
  for (const name of names) ids.add(await find(name))
  return [...ids]
}

async function projectIds({ tx, programmeId }: Import): Promise<Map<string, string>> {
  const rows = await tx.project.findMany({
    where: { programmeId },
    select: { id: true, ref: true },
  })
  return new Map(rows.map(({ id, ref }) => [ref, id]))
}
