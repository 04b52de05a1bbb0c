import { beforeAll, expect, test } from '@jest/globals'
import type { ChatIdentity, Place } from '../../../src/base/addresses.ts'
import { newKeyText, parseKeyRing } from '../../../src/base/encryption.ts'
import { Refusal } from '../../../src/base/errors.ts'
import { newId } from '../../../src/base/ids.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import {
  noteServedVia,
  revokeInstallation,
  saveInstallation,
} from '../../../src/domain/organisations/installation-store.ts'
import { addOrganisation } from '../../../src/domain/organisations/organisation-store.ts'
import { importPeople } from '../../../src/features/people/import-people.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { useDatabase } from '../../support/database.ts'
import { chatOn, type StoredPerson, storeProgramme, wordsOf } from '../../support/programme.ts'
import { seededRandom } from '../../support/seeded-random.ts'

/** Two workspaces, a Slack organisation with two, and two Teams tenants, one of which is that of whoever runs Milepost. */

const fresh = useDatabase()
const now = new Date('2017-03-01T12:00:00Z')
const keys = parseKeyRing(newKeyText('a'))

/** `word` is in every text of theirs, and in nobody else's. */
const towns = [
  { word: 'aldermere', name: 'Aldermere', workspaces: ['slack:T1'] },
  { word: 'brockwell', name: 'Brockwell', workspaces: ['slack:T2'] },
  { word: 'cantlow', name: 'Cantlow', workspaces: ['slack:T3', 'slack:T4'], org: 'E1' },
  { word: 'dunmorrow', name: 'Dunmorrow', workspaces: ['teams:tenant-d'] },
  { word: 'eastholm', name: null, workspaces: ['teams:tenant-e'] },
] as const
type Town = (typeof towns)[number]

const workspaceOf = (text: string) => {
  const [platform = '', tenant = ''] = text.split(':')
  return { platform, tenant }
}
const keyOf = ({ word }: Town) => word.slice(0, 3).toUpperCase()
const people = new Map<Town, StoredPerson[]>()

async function storeTown(town: Town): Promise<void> {
  const { db } = fresh
  const organisation = town.name === null ? null : await addOrganisation(db, town.name, now)
  const organisationId = organisation?.id ?? null
  const installed = 'org' in town ? [`slack:${town.org}`] : town.workspaces
  for (const workspace of organisation ? installed : []) {
    const { platform, tenant } = workspaceOf(workspace)
    const shared = {
      token: `token of ${town.word}`,
      botUser: 'B',
      scopes: [],
      installedBy: null,
      renewal: null,
    }
    const row = { ...shared, platform, tenant, organisationId, name: town.name }
    await saveInstallation(db, keys, row, now)
    if ('org' in town) {
      for (const each of town.workspaces) await noteServedVia(db, workspaceOf(each), tenant, now)
    }
  }
  const members: StoredPerson[] = []
  for (const [index, role] of ['office', 'lead', 'viewer'].entries()) {
    const id = newId()
    const name = `${role} of ${town.word}`
    const { platform, tenant } = workspaceOf(town.workspaces[index % town.workspaces.length] ?? '')
    const identity = { platform, tenant, user: `U${index}`, displayName: name }
    await db.person.create({ data: { id, name, createdAt: now } })
    await db.identity.create({ data: { platform, tenant, user: `U${index}`, personId: id } })
    members.push({ id, name, identity })
  }
  people.set(town, members)
  const [office, lead, viewer] = members
  if (!office || !lead || !viewer) throw new Error('A town has three people.')
  await storeProgramme(db, {
    ...{ key: keyOf(town), title: `Programme of ${town.word}`, organisationId },
    ...{ office: [office], members: [viewer] },
    projects: [{ ref: '2.1', title: `Bridges of ${town.word}`, leads: [lead] }],
  })
}

beforeAll(async () => {
  for (const town of towns) await storeTown(town)
})

/** The same seed makes the same choices again. */
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
const steps = Number(process.env.STEPS ?? 80)

test('an administrator is a stranger in a channel of another organisation, and is one again at home', async () => {
  const [aldermere, brockwell] = towns
  const [office] = people.get(aldermere) ?? []
  if (!office) throw new Error('A town has an office.')
  const admins = [office.identity]
  const chat = chatOn(fresh.db, '2017-03-01', { installation: { admins, samples: [] } })
  const ask = async (town: Town, input: ChatRequest['input']) => {
    const workspace = workspaceOf(town.workspaces[0])
    const place: Place = { ...workspace, conversation: 'C1', kind: 'channel' }
    return wordsOf(await chat.ask(office.identity, { input, place })).toLowerCase()
  }
  const typed = (text: string) => ({ by: 'text' as const, text })
  const before = await fresh.db.programme.findMany({ orderBy: { key: 'asc' } })
  for (const input of [
    ...['programmes', 'programmes archive ALD because it ended', 'setup NEW New works'].map(typed),
    { by: 'button' as const, verb: 'setup', args: { key: 'NEW', title: 'New works' } },
  ]) {
    expect(await ask(brockwell, input)).not.toContain(aldermere.word)
  }
  expect(await fresh.db.programme.findMany({ orderBy: { key: 'asc' } })).toEqual(before)
  expect(await ask(aldermere, typed('programmes'))).toContain(aldermere.word)
})

test('nobody reads, changes or receives anything of another organisation, whatever anybody asks', async () => {
  process.stdout.write(`Isolation goes by SEED=${seed}\n`)
  const { next } = seededRandom(seed)
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(next() * items.length)]
    if (item === undefined) throw new Error('There is nothing to pick.')
    return item
  }
  const admins = [...people.values()].flatMap(([office]) => office?.identity ?? [])
  const chat = chatOn(fresh.db, '2017-03-01', { installation: { admins, samples: [] } })
  const accounts = [...people.values()].flatMap((those) => those.map(({ identity }) => identity))
  const lines = (town: Town, own: Town) => [
    ...['projects', 'programmes', 'status', 'due', 'mine', 'ledger', 'whoami', 'register'],
    ...[
      `project ${keyOf(town)}/2.1`,
      `${keyOf(town)}/2.1 green`,
      `${keyOf(town)}/2.1 green all goes well`,
    ],
    ...[`history ${keyOf(town)}/2.1`, `people for ${keyOf(town)}`, `status ${keyOf(town)}`],
    ...[`programmes archive ${keyOf(town)} because it ended`, `programmes restore ${keyOf(town)}`],
    ...[`digest now`, `follow ${keyOf(town)}/2.1`],
    ...[`ask ${keyOf(town)}/2.1 how are the bridges?`, `paper board`],
    ...[
      `change ${keyOf(town)}/2.1 lead to @Someone`,
      `hand over viewer of ${town.word} to @Someone`,
    ],
    ...[`people give lead to @Someone`, `change 2.1 lead to @Someone`],
    `setup N${Math.floor(next() * 1e6)} New works of ${own.word}`,
  ]
  const officeLines = (town: Town) => [
    'digest here weekly friday 14:30',
    `${keyOf(town)}/2.1 green`,
  ]
  const leaks: string[] = []
  let answered = 0
  for (let step = 0; step < steps; step += 1) {
    const [own, other] = [pick(towns), pick(towns)]
    const named = next() < 0.6 ? own : other
    // Every few steps the office does what its members may not: else hardly anything would be saved.
    const isOffice = next() < 0.3
    const at = isOffice || next() > 0.7 ? pick([own, other]) : undefined
    const [office] = people.get(own) ?? []
    const { identity } = (isOffice && office) || pick(people.get(own) ?? [])
    if (next() < 0.1) await changeInstallation(pick(towns), next)
    if (next() < 0.1) await readPeopleFile(own, pick(accounts))
    const place: Place = {
      ...workspaceOf(pick((at ?? own).workspaces)),
      ...(at
        ? { conversation: 'C1', kind: 'channel' }
        : { conversation: `D${step}`, kind: 'direct' }),
    }
    const text = isOffice ? pick(officeLines(named)) : pick(lines(named, own))
    const mentions = [{ text: '@Someone', account: pick(accounts) }]
    const words = wordsOf(
      await chat.ask(identity, { input: { by: 'text', text }, place, mentions }),
    ).toLowerCase()
    // What somebody typed may be repeated to them.
    const others = towns.filter((one) => one !== own && !text.includes(one.word))
    // In a channel of another organisation even an administrator is told nothing of their own.
    if (at && at !== own && !text.includes(own.word)) others.push(own)
    const seen = others.filter(({ word }) => words.includes(word))
    if (seen.length > 0) leaks.push(`${identity.displayName} at ${at?.word}, “${text}”: ${words}`)
    if (words.includes(own.word)) answered += 1
  }
  expect(leaks.slice(0, 3)).toEqual([])
  expect(answered).toBeGreaterThan(steps / 10)
  expect(await crossings()).toEqual([])
  expect(await fresh.db.statusUpdate.count()).toBeGreaterThan(0)
  expect(await fresh.db.subscription.count()).toBeGreaterThan(0)
}, 120_000)

/** It is taken away, given back for its organisation or asked for by another. */
async function changeInstallation(town: Town, next: () => number): Promise<void> {
  const { db } = fresh
  const workspace = workspaceOf('org' in town ? `slack:${town.org}` : town.workspaces[0])
  const row = await db.workspaceInstallation.findFirst({ where: workspace })
  if (!row) return
  const others = await db.organisation.findMany()
  const organisationId =
    next() < 0.5 ? row.organisationId : (others[Math.floor(next() * others.length)]?.id ?? null)
  await revokeInstallation(db, workspace, 'app_uninstalled', now)
  const given = {
    token: 'again',
    botUser: 'B',
    scopes: [],
    installedBy: null,
    renewal: null,
    name: town.name,
  }
  await saveInstallation(db, keys, { ...workspace, ...given, organisationId }, now)
  await noteServedVia(db, workspaceOf('slack:T1'), 'E1', now)
}

/** The office, or the terminal, gives somebody of the programme an account, which may be anybody's. */
async function readPeopleFile(town: Town, { platform, tenant, user }: ChatIdentity): Promise<void> {
  const programme = await fresh.db.programme.findUniqueOrThrow({ where: { key: keyOf(town) } })
  const row = {
    row: 2,
    post: '',
    zone: '',
    name: `newcomer of ${town.word}`,
    roles: ['lead' as const],
  }
  const file = {
    rows: [{ ...row, leads: [], sponsors: [], accounts: [{ platform, tenant, user }] }],
    platforms: [platform],
  }
  const asked = { programme, file, accept: true, unlisted: 'keep' as const }
  await inTransaction(fresh.db, (tx) => importPeople(tx, asked, now)).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
  })
}

/** Everything stored that has two organisations in it, found without a rule of ours. */
async function crossings(): Promise<unknown[]> {
  return fresh.db.$queryRaw`
    WITH of_tenant AS (SELECT platform, tenant, "organisationId" FROM "WorkspaceInstallation"),
    account AS (
      SELECT "personId", of_tenant."organisationId" FROM "Identity" LEFT JOIN of_tenant USING (platform, tenant)
    )
    SELECT 'role' AS what FROM "Membership" m JOIN "Programme" p ON p.id = m."programmeId"
      JOIN account a ON a."personId" = m."personId" WHERE a."organisationId" IS DISTINCT FROM p."organisationId"
    UNION ALL
    SELECT 'account' FROM account one JOIN account other USING ("personId")
      WHERE one."organisationId" IS DISTINCT FROM other."organisationId"
    UNION ALL
    SELECT 'channel' FROM "Subscription" s JOIN "Programme" p ON p.id = s."programmeId"
      LEFT JOIN of_tenant USING (platform, tenant) WHERE of_tenant."organisationId" IS DISTINCT FROM p."organisationId"
    UNION ALL
    SELECT 'message' FROM "OutboxMessage" s JOIN "Programme" p ON p.id = s."programmeId" OR p.id = ANY (s."programmeIds")
      LEFT JOIN of_tenant USING (platform, tenant) WHERE of_tenant."organisationId" IS DISTINCT FROM p."organisationId"
    UNION ALL
    SELECT 'update' FROM "StatusUpdate" u JOIN "Project" ON "Project".id = u."projectId"
      JOIN "Programme" p ON p.id = "Project"."programmeId"
      JOIN account a ON a."personId" = u."byId" WHERE a."organisationId" IS DISTINCT FROM p."organisationId"`
}
