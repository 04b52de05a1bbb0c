import { beforeEach } from '@jest/globals'
import { buildCommandRegistry } from '../../src/app/command-registry.ts'
import type { ChatIdentity, Place } from '../../src/base/addresses.ts'
import { type CivilDate, civilDate, toDbDate } from '../../src/base/dates.ts'
import { newId } from '../../src/base/ids.ts'
import type { ChatRequestHandler } from '../../src/chat/port.ts'
import type { Reply } from '../../src/chat/reply.ts'
import type { ChatRequest } from '../../src/chat/request.ts'
import { createRouter } from '../../src/chat/router.ts'
import type { RouterOptions } from '../../src/chat/router-options.ts'
import { countNotifyingRequest } from '../../src/domain/amounts/store.ts'
import { resolveActorIn } from '../../src/domain/people/identity-store.ts'
import type { Database, Prisma, Tx } from '../../src/infra/db.ts'
import { clockAt } from './clock.ts'
import { emptyTables, type FreshDatabase, useDatabase } from './database.ts'
import { platformTitle } from './platforms.ts'

/** A programme in a real database, and people who write to Milepost about it, without a platform. */

export const longAgo = civilDate('2017-01-02')
const createdAt = new Date('2017-01-02T00:00:00Z')

export interface StoredPerson {
  readonly id: string
  readonly name: string
  readonly identity: ChatIdentity
}

/** A database for the tests of a file, with nothing in it before each of them. */
export function emptyDatabase(): Pick<FreshDatabase, 'db'> {
  const database = useDatabase()
  beforeEach(() => emptyTables(database.db))
  return database
}

/** People with accounts U1, U2 and so on, in the order of their names. */
export async function storePeople<const Names extends readonly string[]>(
  db: Tx,
  ...names: Names
): Promise<{ [Name in keyof Names]: StoredPerson }>
export async function storePeople(db: Tx, ...names: string[]): Promise<StoredPerson[]> {
  const people: StoredPerson[] = []
  for (const name of names) people.push(await storePerson(db, name, `U${people.length + 1}`))
  return people
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
  /** Default: 'Programme <key>'. */
  readonly title?: string
  /** Default: the organisation that runs Milepost. */
  readonly organisationId?: string | null
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
  const { projects, settings = {}, title = `Programme ${key}`, organisationId = null } = sketch
  await db.programme.create({
    data: { id: programmeId, key, title, settings, organisationId, createdAt },
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
export type Asked = Pick<ChatRequest, 'input'> & Partial<ChatRequest>

export interface Chat {
  /** The same as a platform would: an invocation of its own, at noon of the day. */
  ask(who: StoredPerson | ChatIdentity, asked: string | Asked): Promise<Reply>
  press(who: StoredPerson, verb: string, args: Record<string, unknown>): Promise<Reply>
  submit(who: StoredPerson, verb: string, args: Record<string, unknown>): Promise<Reply>
  readonly handle: ChatRequestHandler
}

export const direct: Place = {
  platform: 'slack',
  tenant: 'T1',
  conversation: 'D1',
  kind: 'direct',
}

const { commands } = buildCommandRegistry()

/** A router over the real database with every command, at noon of `day`. Faults throw, so that no test takes an apology for an answer. */
export function chatOn(db: Database, day: string, parts: Partial<RouterOptions> = {}): Chat {
  const handle = createRouter({
    db,
    clock: clockAt(new Date(`${day}T12:00:00Z`)),
    commands,
    prefix: () => '/rag',
    platformTitle,
    resolveActor: resolveActorIn,
    redraw: async () => undefined,
    countNotifyingRequest,
    onError: (error) => {
      throw error
    },
    ...parts,
  })
  const ask: Chat['ask'] = (who, asked) =>
    handle({
      key: newId(),
      actor: 'identity' in who ? who.identity : who,
      place: direct,
      ...(typeof asked === 'string' ? { input: { by: 'text', text: asked } } : asked),
    })
  return {
    handle,
    ask,
    press: (who, verb, args) => ask(who, { input: { by: 'button', verb, args } }),
    submit: (who, verb, args) => ask(who, { input: { by: 'form', verb, args } }),
  }
}

/** Everything a card says, for looking for words in it. */
export function wordsOf(reply: Reply): string {
  const { card } = reply
  const problems = reply.kind === 'invalid' ? Object.values(reply.fields) : []
  return [...(card.remarks ?? []), ...problems, ...stringsIn(card.data)].join('\n')
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(stringsIn)
}

export const day = (text: string): CivilDate => civilDate(text)
