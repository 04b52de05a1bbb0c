import { afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Database } from '../../src/infra/db.ts'
import { countReads, type Reads } from '../support/counted-reads.ts'
import { useDatabase } from '../support/database.ts'
import {
  type Asked,
  type Chat,
  chatOn,
  type StoredPerson,
  storePerson,
  storeProgramme,
  wordsOf,
} from '../support/programme.ts'

/**
 * What a command costs depends on the size of a plan and not on its age: the same command is asked in two programmes
 * alike in all but the number of weekly updates, and PostgreSQL counts what it looks at.
 */

const database = useDatabase()

const today = '2017-02-27'
const projectCount = 20
const weeks = { YOUNG: 40, OLD: 100 }

interface Aged {
  readonly db: Database
  readonly key: string
  readonly office: StoredPerson
  readonly lead: StoredPerson
}

async function storeAged(db: Database, key: keyof typeof weeks): Promise<Aged> {
  const office = await storePerson(db, `Priya ${key}`, `O${key}`)
  const lead = await storePerson(db, `Asha ${key}`, `L${key}`)
  const programmeId = await storeProgramme(db, {
    key,
    office: [office],
    settings: { confirm: { improvement: true, done: true } },
    projects: Array.from({ length: projectCount }, (_, at) => ({
      ref: `2.${at + 1}`,
      title: `Project ${at + 1}`,
      leads: [lead],
      milestones: [['Adverts out', '2017-06-30']] as const,
    })),
  })
  await db.$executeRaw`
    INSERT INTO "StatusUpdate"
      (id, "projectId", state, reason, "greenBy", criteria, "byId", source, "onDay", at)
    SELECT gen_random_uuid(), p.id, (ARRAY['red','amber','green'])[1 + (p.position + w / 8) % 3],
      'Waiting in week ' || w, '2017-12-01', '{}', ${lead.id}::uuid, 'slack',
      '2017-02-17'::date - 7 * w, '2017-02-17T10:00:00Z'::timestamptz - w * interval '7 days'
    FROM "Project" p, generate_series(0, ${weeks[key] - 1}::int) w
    WHERE p."programmeId" = ${programmeId}::uuid`
  await db.$executeRaw`
    INSERT INTO "PlanRevision" (id, "programmeId", "projectId", field, "from", "to", source, "onDay", at)
    SELECT gen_random_uuid(), p."programmeId", p.id, 'title', to_jsonb(p.title), to_jsonb(p.title), 'slack',
      '2017-02-16'::date - 7 * w, '2017-02-16T10:00:00Z'::timestamptz - w * interval '7 days'
    FROM "Project" p, generate_series(0, ${weeks[key] - 1}::int) w
    WHERE p."programmeId" = ${programmeId}::uuid`
  return { db, key, office, lead }
}

interface Command {
  readonly who: 'office' | 'lead'
  readonly line: string
  /** Left out: as it is typed. */
  readonly asked?: Asked
  /** Why it costs more in an older programme, where it still does. */
  readonly grows?: string
  /** Statements that it takes at most, of what is typed most. */
  readonly most?: number
}

const office = (line: string, grows?: string): Command => ({
  ...{ who: 'office', line },
  ...(grows && { grows }),
})
const lead = (line: string, grows?: string): Command => ({ ...office(line, grows), who: 'lead' })
const atMost = (most: number, command: Command): Command => ({ ...command, most })
const press = (command: Command, verb: string, args = {}): Command => ({
  ...command,
  asked: { input: { by: 'button', verb, args } },
})

/** In this order, because some follow from others. */
const commands: readonly Command[] = [
  lead(''),
  office('plan'),
  office('projects'),
  office('projects red'),
  lead('due'),
  office('people'),
  office('register'),
  office('reminders'),
  lead('why'),
  office('status'),
  office('status since 1 Feb'),
  lead('round'),
  office('round'),
  press(lead('the home page'), 'home', { tab: 'yes' }),
  press(office('the home page'), 'home', { tab: 'yes' }),
  office('checks'),
  office('mismatches'),
  office('digest'),
  office('digest to public'),
  lead('2.1'),
  office('history 2.1', 'it shows the history'),
  office('hygiene'),
  atMost(5, lead('2.2 green')),
  atMost(6, lead('2.1 amber the post is vacant green by 1 Dec')),
  atMost(11, lead('no change 2.5')),
  lead('no change all'),
  atMost(9, lead('done 2.3 1')),
  atMost(9, office('confirm 2.3 1')),
  atMost(10, lead('move 2.4 1 to 31 Jul because the supplier is late')),
  atMost(9, lead('flag 2.6 1 because it is tight')),
  atMost(6, lead('snooze 2.7 until 10 Mar')),
  atMost(7, lead('snooze 2.8 1 until 10 Mar')),
  lead('undo'),
]

async function ask(chat: Chat, { line, who, asked }: Command, aged: Aged): Promise<void> {
  const reply = await chat.ask(aged[who], asked ?? line)
  // What was refused reads nothing.
  expect(wordsOf(reply)).not.toMatch(/Nothing (was|to attest)/)
}

let young: Aged
let old: Aged
let chat: Chat
beforeAll(async () => {
  const { db } = database
  young = await storeAged(db, 'YOUNG')
  old = await storeAged(db, 'OLD')
  await db.$executeRaw`ANALYZE`
  chat = chatOn(db, today)
})

let reads: ReturnType<typeof countReads>
afterEach(() => reads.release())

test('a command costs as much in an old programme as in a young one', async () => {
  reads = countReads(['StatusUpdate', 'Confirmation'])
  const found: { command: Command; young: Reads; old: Reads }[] = []
  for (const command of commands) {
    const readsIn = (aged: Aged) => reads.during(() => ask(chat, command, aged))
    found.push({ command, young: await readsIn(young), old: await readsIn(old) })
  }
  const dear = found.filter(({ command, old: { statements } }) => statements > (command.most ?? 99))
  expect(dear.map(({ command, old: { statements } }) => [command.line, statements])).toEqual([])
  const grown = found.filter((one) => isMore(one.old, one.young))
  expect(linesOf(grown.map(({ command }) => command))).toEqual(
    linesOf(commands.filter(({ grows }) => grows)),
  )
})

test('what was changed of the plan costs nothing when one of its projects is named', async () => {
  reads = countReads(['PlanRevision'])
  const lines = ['2.9', '2.9 green', 'done 2.10 1', 'flag 2.11 1 because it is tight']
  const grown: string[] = []
  for (const line of lines) {
    const readsIn = (aged: Aged) => reads.during(() => ask(chat, lead(line), aged))
    const before = await readsIn(young)
    if (isMore(await readsIn(old), before)) grown.push(line)
  }
  expect(grown).toEqual([])
})

const linesOf = (some: readonly Command[]) => some.map(({ who, line }) => `${who}: ${line}`)

/** Rows that the commands before have changed leave an entry or two behind; one project has sixty updates more. */
const isMore = (old: Reads, young: Reads) =>
  old.statements > young.statements || old.rows > young.rows + 5
