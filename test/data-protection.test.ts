import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { readConfig } from '../src/app/config.ts'
import { draftLifetimeMs } from '../src/features/imports/drafts/draft.ts'
import { fileRetentionDays } from '../src/outbox/files.ts'
import { minRetentionDays } from '../src/outbox/retention-limit.ts'

/** docs/data-protection.md names every column that may hold something of a person, and how long it is kept. */

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
const page = read('docs/data-protection.md')

/** Text of the machinery, of the plan's own structure, and of settings: nothing that somebody is, did or wrote of people. */
const notOfPeople: Readonly<Record<string, string>> = {
  Programme: 'key title zone settings',
  ProgrammeLook: 'work',
  ProgrammeChange: 'work',
  Workstream: 'ref title',
  Project: 'ref title section tags life',
  ProjectAttribute: 'key',
  PlanRevision: 'field',
  Milestone: 'about raw heading recurrence condition',
  MoveRequest: 'outcome',
  MilestoneRating: 'state',
  StatusUpdate: 'state criteria derived dimensions',
  AssuranceRating: 'state',
  CheckAnswer: 'check fingerprints',
  Question: 'platform tenant placeKind serviceUrl',
  NotifyingRequest: 'allowance',
  PlanImport: 'sha256',
  ImportDraft: 'kind',
  Recommendation: 'ref text',
  Outcome: 'text',
  Measure: 'title baseline baselineState target frequency method',
  Reading: 'declared direction period',
  WorkstreamMoney: 'budget forecast actual savingsTarget savings',
  RegisterEntry: 'state proximity sheetRef',
  RegisterReview: 'state proximity',
  RegisterReopening: 'closedSource',
  RollUpOverride: 'state',
  Subscription:
    'platform tenant conversation serviceUrl weekday time zone reach workstreams tags boards',
  IssuedPaper: 'layout subject hash',
  Disposal: 'what rule',
  OutboxMessage: 'kind platform tenant placeKind serviceUrl messageId errorCode traceparent',
  PaperDraft: 'layout subject',
  PaperTemplate: 'layout',
  PaperSchedule:
    'layout subject format every board time zone platform tenant conversation serviceUrl',
  OutboxFile: 'contentType',
  WorkspaceOutage: 'platform tenant errorCode',
  Organisation: 'name inviteHash',
  WorkspaceInstallation:
    'platform tenant name viaTenant credentials botUser scopes revokedBy renewalError',
  AccountLinkCode: 'platform tenant',
  MessageEdit: 'errorCode',
}
/** By which way it came: 'slack', 'import'. */
const inEveryTable = ['source']

interface Column {
  readonly table: string
  readonly name: string
  /** Whether it says who: the id of a person. */
  readonly isPerson: boolean
}

const personColumn =
  /^(personId|onBehalfOfId|byId|deputyId|receiverId|memberId|ownerId|[a-z]\w*ById)$/

/** Columns of text, JSON and bytes, and those that name a person by id. */
const columns: readonly Column[] = [
  ...read('prisma/schema.prisma').matchAll(/^model (\w+) \{(.*?)^\}/gms),
].flatMap(([, table = '', body = '']) =>
  [...body.matchAll(/^ {2}(\w+)\s+(?:String|Json|Bytes)(?:\[\])?\??(.*)$/gm)].flatMap(
    ([, name = '', rest = '']) => {
      const isPerson = personColumn.test(name)
      return isPerson || !rest.includes('@db.Uuid') ? [{ table, name, isPerson }] : []
    },
  ),
)

const named = new Set([...page.matchAll(/`([A-Z]\w+(?:\.\w+)?)`/g)].map(([, name = '']) => name))

test('the schema is read', () => expect(columns.length).toBeGreaterThan(200))

describe('the data protection sheet', () => {
  test('names every column that may hold something of a person', () => {
    const missing = columns.filter(
      ({ table, name, isPerson }) =>
        !isPerson &&
        !inEveryTable.includes(name) &&
        !notOfPeople[table]?.split(' ').includes(name) &&
        !named.has(`${table}.${name}`),
    )
    expect(missing.map(({ table, name }) => `${table}.${name}`)).toEqual([])
  })

  test('names every table that says who', () => {
    const tables = columns.filter(({ isPerson }) => isPerson).map(({ table }) => table)
    const isNamed = (table: string) =>
      [...named].some((name) => name === table || name.startsWith(`${table}.`))
    expect([...new Set(tables)].filter((table) => !isNamed(table))).toEqual([])
  })

  test('names no column that is not there', () => {
    const known = new Set(columns.flatMap(({ table, name }) => [table, `${table}.${name}`]))
    expect([...named].filter((name) => !known.has(name) && !isSetting(name))).toEqual([])
    const listed = Object.entries(notOfPeople).flatMap(([table, names]) =>
      names.split(' ').map((name) => `${table}.${name}`),
    )
    expect(listed.filter((name) => !known.has(name) || named.has(name))).toEqual([])
  })

  test('says how long as the code does', () => {
    const kept = (what: string) => new RegExp(`^\\| ${what}.*\\| ([^|]+) \\|$`, 'm').exec(page)?.[1]
    const { keepMessagesDays } = readConfig({})
    expect(kept('messages that were sent')).toBe(
      `\`KEEP_MESSAGES_DAYS\`: ${keepMessagesDays} days unless set, ${minRetentionDays} at least`,
    )
    expect(kept('files that were sent')).toBe(`${fileRetentionDays} days`)
    expect(kept('sheets that people sent')).toBe(`${draftLifetimeMs / 3_600_000} hours`)
  })
})

const isSetting = (name: string) => /^[A-Z_]+$/.test(name)
