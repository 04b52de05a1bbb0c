import { mayInAll, type ProgrammeAction } from '../../authority/members.ts'
import { programmesOfPerson } from '../../authority/programme-roles.ts'
import { archivedRefusal, refusalText, strangerRefusal } from '../../authority/refusals.ts'
import { may, type ProjectRoles, relationToProject } from '../../authority/rights.ts'
import type { Actor } from '../../base/actor.ts'
import { Refusal } from '../../base/errors.ts'
import { isId } from '../../base/ids.ts'
import { fold, nearest, quoted, shorten } from '../../base/text.ts'
import { Prisma, type ReadTx } from '../../infra/db.ts'
import { coveredPersonIds } from '../calendars/calendar.ts'
import type { ReadContext } from '../context.ts'
import { namesOf } from '../people/names.ts'
import { personInclude, personOf } from '../people/person-store.ts'
import type { Programme } from '../programme/programme.ts'
import { formatProject as nameOf } from './format.ts'
import {
  findRenumbered,
  formerRefRemark,
  meantByFormerRef,
  reusedRefRemark,
} from './former-refs.ts'
import { formatLife, type Life, parseLife } from './life.ts'
import { planOrder } from './plan-order.ts'
import { findProjectMatches } from './project-store.ts'
import { programmesOf } from './store.ts'

/** A project with what is needed to name it and to decide who may change it. */
export interface FoundProject extends ProjectRoles {
  readonly id: string
  readonly ref: string
  readonly title: string
  /** Null: live. */
  readonly life: Life
  readonly programme: Programme
}

/** The part of a command's context that a lookup needs: who asks, and on which day. */
type LookupContext = Pick<ReadContext, 'tx' | 'actor' | 'today' | 'remark'>

/** @throws Refusal for an account that nobody has linked to a person yet, telling what to do. */
export function requirePersonId(actor: Actor): string {
  if (actor.personId) return actor.personId
  throw strangerRefusal(actor)
}

/** "W17/2.1" is 2.1 of W17. */
export function splitProgrammeKey(named: string): {
  readonly key: string | undefined
  readonly rest: string
} {
  const [, key, rest = named] = /^([^/]+)\/(.+)$/.exec(named) ?? []
  return { key, rest }
}

/**
 * The project that `named` means: its number ("2.1"), "W17/2.1" where several programmes have one, or its id.
 * Looks only in programmes the person belongs to, so that nobody learns of others. A number that a project had before
 * goes on meaning it, with a remark, until another project has it.
 * @throws Refusal that offers the nearest number.
 */
export async function findProject(asking: LookupContext, named: string): Promise<FoundProject> {
  const { tx, actor } = asking
  const personId = requirePersonId(actor)
  const { key, rest: ref } = splitProgrammeKey(named)
  const rows = await findProjectMatches(tx, {
    personId,
    ref: ref.trim(),
    id: isId(named) ? named : null,
    key: key?.trim() ?? null,
  })
  const [row, second] = rows
  const number = { personId, ref: ref.trim(), key: key?.trim() ?? null }
  if (!row) {
    const former = isId(named) ? undefined : meantByFormerRef(await findRenumbered(tx, number))
    if (!former) throw await noSuchProject(tx, personId, named, { ref, key })
    asking.remark?.(formerRefRemark(number.ref, former))
    return findProject(asking, former.id)
  }
  if (second) {
    const options = rows.map((one) => `${one.programme.key}/${one.ref}`).join(' or ')
    throw new Refusal(`Several of your programmes have a project ${ref}. Say which: ${options}.`)
  }
  const { hasDeputy, hadAnother, ...found } = row
  if (hadAnother) {
    const led = (await findRenumbered(tx, number)).find(({ isLed }) => isLed)
    if (led) asking.remark?.(reusedRefRemark(found.ref, found.title, led))
  }
  const led = [...found.leads, ...found.workstreamLeads]
  return {
    ...found,
    leadsCoveredByActor: hasDeputy
      ? await leadsCoveredByActor(asking, led, found.programme.id)
      : [],
  }
}

/** Those of `people` who are away today in the programme, with the person who asks as their deputy. */
async function leadsCoveredByActor(
  { tx, actor, today }: LookupContext,
  people: string[],
  programmeId: string,
): Promise<string[]> {
  const deputyId = requirePersonId(actor)
  const rows = await tx.person.findMany({
    where: { id: { in: people }, leaves: { some: { deputyId } } },
    ...personInclude,
  })
  const away = coveredPersonIds(rows.map(personOf), deputyId, today, programmeId)
  return people.filter((id) => away.includes(id))
}

/** Not those that were in the plan by mistake. */
const notRemoved = {
  OR: [
    { life: { equals: Prisma.DbNull } },
    { NOT: { life: { path: ['state'], equals: 'removed' } } },
  ],
}

async function noSuchProject(
  tx: ReadTx,
  personId: string,
  named: string,
  { ref, key }: { readonly ref: string; readonly key: string | undefined },
): Promise<Refusal> {
  if (isId(named)) return goneRefusal(tx, personId, named)
  const rows = await tx.project.findMany({
    where: { programme: programmesOfPerson(personId), ...notRemoved },
    select: { ref: true, title: true, programme: { select: { key: true } } },
    orderBy: planOrder,
  })
  if (rows.length === 0) return noProgrammeRefusal()
  const near = nearest(
    ref,
    rows.map((row) => row.ref),
  )
  const match = rows.find((row) => row.ref === near)
  const as = match && key ? `${match.programme.key}/` : ''
  const hint = match ? ` Did you mean ${as}${nameOf(match)}?` : ''
  return new Refusal(`There is no project ${quoted(named)} in your programmes.${hint}`)
}

/** What became of a project that a button or a form still names. */
async function goneRefusal(tx: ReadTx, personId: string, id: string): Promise<Refusal> {
  const row = await tx.project.findFirst({
    where: { id, programme: programmesOfPerson(personId) },
    select: { ref: true, title: true, life: true },
  })
  const life = parseLife(row?.life)
  if (!row || !life) return new Refusal('That project is not in your programmes any more.')
  const why = life.reason ? `, because ${shorten(life.reason, 200)}` : ''
  return new Refusal(`${nameOf(row)} was ${formatLife(life)}${why}.`)
}

/** @throws Refusal that names whom to tell, for a person who may only read */
export async function findEditableProject(
  asking: LookupContext,
  named: string,
): Promise<FoundProject> {
  const { tx, actor } = asking
  const project = await findProject(asking, named)
  if (may('change project', relationToProject(requirePersonId(actor), project))) {
    return assertOpen(project)
  }
  if (project.isArchived) throw archivedRefusal()
  const ids = project.leads.length > 0 ? project.leads : project.workstreamLeads
  const names = await namesOf(tx, ids)
  const leads = ids.flatMap((id) => names.get(id) ?? [])
  const who = leads.length > 0 ? leads.join(' or ') : 'your programme office'
  throw new Refusal(`${refusalText('change project', nameOf(project))} Please tell ${who}.`)
}

/** @throws Refusal for a project that was closed: nothing more is said of it until the office resumes it */
function assertOpen(project: FoundProject): FoundProject {
  if (project.life?.state !== 'closed') return project
  throw new Refusal(
    `${nameOf(project)} was ${formatLife(project.life)}. Nothing was saved. The programme office can resume it.`,
  )
}

/** The one programme meant, by key, or the only one the person belongs to. @throws Refusal that lists them. */
export async function findProgramme(
  tx: ReadTx,
  actor: Actor,
  key: string | undefined,
): Promise<Programme> {
  const mine = await programmesOf(tx, requirePersonId(actor))
  if (mine.length === 0) throw noProgrammeRefusal()
  const named = key ? mine.filter((programme) => fold(programme.key) === fold(key)) : mine
  const [only, second] = named
  if (only && !second) return only
  if (key) throw noSuchProgramme(mine, key)
  const keys = mine.map((programme) => programme.key).join(', ')
  throw new Refusal(
    `You are in several programmes: ${keys}. Say which, with “for ${mine[0]?.key}” at the end.`,
  )
}

const noProgrammeRefusal = () =>
  new Refusal('You are not in any programme here yet. Ask your programme office to add you.')

/** The refusal for an unknown programme; `mine` are the person's own, which it lists. */
export function noSuchProgramme(mine: readonly Programme[], key: string): Refusal {
  if (mine.length === 0) return noProgrammeRefusal()
  const keys = mine.map((programme) => programme.key).join(', ')
  return new Refusal(`You have no programme ${quoted(key)}. Yours: ${keys}.`)
}

/** Whether the person may do this in the programme. */
export async function mayIn(
  { tx, actor }: Pick<LookupContext, 'tx' | 'actor'>,
  action: ProgrammeAction,
  { id }: Pick<Programme, 'id'>,
): Promise<boolean> {
  return mayInAll(tx, requirePersonId(actor), action, [id])
}

/** The person's programmes in which they may do this. @throws Refusal that says who does it, where there are none */
export async function programmesTo(
  context: Pick<LookupContext, 'tx' | 'actor'>,
  action: Exclude<ProgrammeAction, 'read plan'>,
): Promise<Programme[]> {
  const mine = await programmesOf(context.tx, requirePersonId(context.actor))
  const theirs: Programme[] = []
  for (const programme of mine) {
    if (await mayIn(context, action, programme)) theirs.push(programme)
  }
  if (theirs.length > 0) return theirs
  const [first] = mine
  if (!first) throw noProgrammeRefusal()
  throw first.isArchived ? archivedRefusal() : new Refusal(refusalText(action, first.title))
}

/** The named programme, to do this in it. @throws Refusal that says who does it, for a person who may not */
export async function findProgrammeTo(
  context: Pick<LookupContext, 'tx' | 'actor'>,
  action: Exclude<ProgrammeAction, 'read plan'>,
  key: string | undefined,
): Promise<Programme> {
  const programme = await findProgramme(context.tx, context.actor, key)
  if (await mayIn(context, action, programme)) return programme
  if (programme.isArchived) throw archivedRefusal()
  throw new Refusal(refusalText(action, programme.title))
}
