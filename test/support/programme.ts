import { clockAt } from '../../src/base/clock.ts'
import { type CivilDate, civilDate, toDbDate } from '../../src/base/dates.ts'
import { newId } from '../../src/base/ids.ts'
import type { Command } from '../../src/chat/commands.ts'
import { helpFor, whoami } from '../../src/chat/help.ts'
import type { ChatIdentity, Invocation, Place } from '../../src/chat/invocation.ts'
import type { Handle } from '../../src/chat/port.ts'
import type { Reply } from '../../src/chat/reply.ts'
import { createRouter, type RouterParts } from '../../src/chat/router.ts'
import { recogniseActor } from '../../src/features/people/store.ts'
import { done, flag, move, unflag } from '../../src/features/plan/commands.ts'
import { adminCommands } from '../../src/features/status/admin.ts'
import { show, update } from '../../src/features/status/commands.ts'
import { confirm } from '../../src/features/status/confirm.ts'
import { mismatches } from '../../src/features/status/mismatches.ts'
import { due, mine } from '../../src/features/status/questions.ts'
import type { Database, Prisma, Tx } from '../../src/infra/db.ts'

/** A programme in a real database, and people who write to Milepost about it, without a platform. */

export const longAgo = civilDate('2017-01-02')
const createdAt = new Date('2017-01-02T00:00:00Z')

export interface StoredPerson {
  readonly id: string
  readonly name: string
  readonly identity: ChatIdentity
}

export async function storePerson(db: Tx, name: string, user: string): Promise<StoredPerson> {
  const id = newId()
  await db.person.create({ data: { id, name, createdAt } })
  await db.identity.create({ data: { platform: 'slack', tenant: 'T1', user, personId: id } })
  return { id, name, identity: { platform: 'slack', tenant: 'T1', user } }
}

export interface ProgrammeSketch {
  readonly key: string
  readonly office?: readonly StoredPerson[]
  readonly members?: readonly StoredPerson[]
  readonly workstreamLeads?: readonly StoredPerson[]
  readonly sponsors?: readonly StoredPerson[]
  readonly settings?: Prisma.InputJsonValue
  readonly projects: readonly {
    readonly ref: string
    readonly title: string
    readonly leads?: readonly StoredPerson[]
    /** What each is about, and its due day ('YYYY-MM-DD') or none. */
    readonly milestones?: readonly (readonly [about: string, due: string | null])[]
  }[]
}

/** All projects stand in one workstream. Gives the programme's id. */
export async function storeProgramme(db: Tx, sketch: ProgrammeSketch): Promise<string> {
  const programmeId = newId()
  const { key, office = [], members = [], workstreamLeads = [], sponsors = [] } = sketch
  const { projects, settings = {} } = sketch
  await db.programme.create({
    data: { id: programmeId, key, title: `Programme ${key}`, settings, createdAt },
  })
  const leads = [...workstreamLeads, ...projects.flatMap((project) => project.leads ?? [])]
  const memberships = [
    ...office.map(({ id }) => ({ programmeId, personId: id, role: 'programme_office' as const })),
    ...members.map(({ id }) => ({ programmeId, personId: id, role: 'viewer' as const })),
    ...leads.map(({ id }) => ({ programmeId, personId: id, role: 'lead' as const })),
    ...sponsors.map(({ id }) => ({ programmeId, personId: id, role: 'sponsor' as const })),
  ]
  await db.membership.createMany({ data: memberships, skipDuplicates: true })
  const workstreamId = newId()
  const owned = (role: 'lead' | 'sponsor', people: readonly StoredPerson[]) =>
    people.map(({ id }, position) => ({ personId: id, role, position }))
  const owners = [...owned('lead', workstreamLeads), ...owned('sponsor', sponsors)]
  await db.workstream.create({
    data: {
      id: workstreamId,
      programmeId,
      ref: '2',
      title: 'Practice',
      position: 0,
      owners: { create: owners },
    },
  })
  for (const [position, project] of projects.entries()) {
    await db.project.create({
      data: {
        id: newId(),
        programmeId,
        workstreamId,
        ref: project.ref,
        title: project.title,
        position,
        leads: {
          create: (project.leads ?? []).map(({ id }, at) => ({ personId: id, position: at })),
        },
        milestones: { create: (project.milestones ?? []).map(milestoneRow) },
      },
    })
  }
  return programmeId
}

function milestoneRow([about, due]: readonly [string, string | null], index: number) {
  const day = due === null ? null : toDbDate(civilDate(due))
  return {
    id: newId(),
    number: index + 1,
    about,
    raw: due ?? 'TBC',
    earliest: day,
    baselineDue: day,
    due: day,
    precision: day ? ('day' as const) : ('none' as const),
    addedOn: toDbDate(longAgo),
  }
}

export async function projectIdOf(db: Tx, ref: string): Promise<string> {
  return (await db.project.findFirstOrThrow({ where: { ref } })).id
}

export async function milestoneIdOf(db: Tx, about: string): Promise<string> {
  return (await db.milestone.findFirstOrThrow({ where: { about } })).id
}

/** What is asked in a test: words, or a button or form by its verb. */
export type Asked = Pick<Invocation, 'ask'> & Partial<Invocation>

export interface Chat {
  /** The same as a platform would: an invocation of its own, at noon of the day. */
  ask(who: StoredPerson | ChatIdentity, asked: string | Asked): Promise<Reply>
  press(who: StoredPerson, verb: string, args: Record<string, unknown>): Promise<Reply>
  submit(who: StoredPerson, verb: string, args: Record<string, unknown>): Promise<Reply>
  readonly handle: Handle
}

export const direct: Place = {
  platform: 'slack',
  tenant: 'T1',
  conversation: 'D1',
  kind: 'direct',
}

const own = [
  ...[mine, show, update, done, move, flag, unflag, confirm, due, mismatches],
  ...[...adminCommands, whoami],
]
/** The commands of the plan and of status. */
export const planCommands: readonly Command[] = [...own, helpFor(own)]

/** A router over the real database, at noon of `day`. Faults throw, so that no test takes an apology for an answer. */
export function chatOn(db: Database, day: string, parts: Partial<RouterParts> = {}): Chat {
  const handle = createRouter({
    db,
    clock: clockAt(new Date(`${day}T12:00:00Z`)),
    commands: planCommands,
    prefix: () => '/rag',
    recogniseActor,
    redraw: async () => undefined,
    onFault: (error) => {
      throw error
    },
    ...parts,
  })
  const ask: Chat['ask'] = (who, asked) =>
    handle({
      key: newId(),
      actor: 'identity' in who ? who.identity : who,
      place: direct,
      ...(typeof asked === 'string' ? { ask: { by: 'text', text: asked } } : asked),
    })
  return {
    handle,
    ask,
    press: (who, verb, args) => ask(who, { ask: { by: 'button', verb, args } }),
    submit: (who, verb, args) => ask(who, { ask: { by: 'form', verb, args } }),
  }
}

/** Everything a card says, for looking for words in it. */
export function wordsOf({ card }: Reply): string {
  return stringsIn(card.data).join('\n')
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(stringsIn)
}

export const day = (text: string): CivilDate => civilDate(text)
