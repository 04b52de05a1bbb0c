import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import type { ChatIdentity } from '../../../src/base/addresses.ts'
import { type CivilDate, civilDate, fullDate } from '../../../src/base/dates.ts'
import { formatCsv } from '../../../src/base/sheets/file-format.ts'
import { readSheet } from '../../../src/base/sheets/read-sheet.ts'
import { programmeByKey } from '../../../src/domain/plan/store.ts'
import { rag, stateByKey } from '../../../src/domain/scheme/schemes.ts'
import { exportPlan } from '../../../src/features/imports/export.ts'
import { importPlan } from '../../../src/features/imports/import-plan.ts'
import { parsePlan } from '../../../src/features/imports/parse-plan.ts'
import type {
  MeasureRow,
  ProjectRow,
  WorkstreamRow,
} from '../../../src/features/imports/parsed-plan.ts'
import { createLineReader } from '../../../src/features/understanding/line-reader.ts'
import { splitMessage } from '../../../src/features/understanding/split-message.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { type Asked, chatOn, emptyDatabase, wordsOf } from '../../support/programme.ts'

/** A whole plan is built from nothing by the setup form and by lines, and is the one that its sheet says. */

const fresh = emptyDatabase()
const admin: ChatIdentity = { platform: 'slack', tenant: 'T1', user: 'U-admin' }

const sample = new URL('../../../src/playground/sample/plan.csv', import.meta.url)
const published = new URL('../../../../shared/plans/worcestershire-2017.csv', import.meta.url)
const sheets: [name: string, file: URL, asOf: string][] = [['the sample', sample, '2026-02-27']]
if (existsSync(published)) sheets.push(['W17', published, '2017-02-24'])
else console.warn('NOT RUN: the published W17 plan is not beside the project (shared/plans).')

/** What the published sheet leaves out: owners, joint ones too, and measures. */
const owners: Readonly<Record<string, readonly [lead: string, sponsor: string]>> = {
  REF: ['LEAD', 'SPONSOR'],
  '1': ['Mei Harrow', 'Ravi Sale; Una Birch'],
  '1.1': ['Asha Verity', ''],
  '1.2': ['Asha Verity; Ben Okoro', ''],
}
const measures = [
  'Workstream,Project,KPI,Figure will:,March 2016,RAG,Target March 2018,December 2016,',
  ',,,,,,,Value,RAG',
  ',1.1,Social workers who stay two years,Increase,71%,Red,90%,80%,Amber',
  ',2.1,"Visits late, at the end of a month",Decrease,14,Amber,5,NYA,',
].join('\n')

test.each(sheets)(
  '%s is built by lines, and exports as its sheet does',
  async (_, file, asOf) => {
    const day = civilDate(asOf)
    const bytes = await withOwners(readFileSync(file))
    const plan = parsePlan(await readSheet(bytes, 'plan.csv'), day, rag)
    const kpis = parsePlan(await readSheet(Buffer.from(measures), 'kpis.csv'), day, rag)
    const said = createSpeaker(asOf)
    await said.form('setup', { key: 'W17', title: 'Better Together', scheme: 'rag' })
    await said.lines([
      ...plan.workstreams.flatMap(workstreamLines),
      ...plan.projects.flatMap(projectLines),
      ...kpis.measures.map(measureLine),
    ])
    for (const reading of kpis.measures.flatMap(readingForms)) await said.form('kpi', reading)
    await importInto('SHEET', bytes, 'plan.csv', day)
    await importInto('SHEET', Buffer.from(measures), 'kpis.csv', day)
    const built = await exported('W17', day)
    expect(built.toString()).toBe((await exported('SHEET', day)).toString())
    const { difference } = await importInto('W17', built, 'plan.csv', day)
    expect(difference).toMatchObject({ added: [], changed: [], missing: [] })
  },
  60_000,
)

async function withOwners(bytes: Uint8Array): Promise<Uint8Array> {
  const { rows } = await readSheet(bytes, 'plan.csv')
  return formatCsv(rows.map(({ cells }) => [...cells, ...(owners[cells[0] ?? ''] ?? ['', ''])]))
}

const workstreamLines = ({ ref, title, leads, sponsors }: WorkstreamRow) => [
  `add workstream ${title} as ${ref}`,
  ...(leads.length > 0 ? [`set workstream ${ref} leads to ${mentions(leads)}`] : []),
  ...(sponsors.length > 0 ? [`set workstream ${ref} sponsors to ${mentions(sponsors)}`] : []),
]

function projectLines(project: ProjectRow): string[] {
  const { ref, title, workstreamRef, state, commentary, leads, milestones } = project
  const ledBy = leads.length > 0 ? ` led by ${mentions(leads)}` : ''
  const cells = Map.groupBy(milestones, ({ column }) => column)
  const rating = `${ref} ${stateByKey(rag, state).label} ${commentary}`
  return [
    `add project ${title} to ${workstreamRef} as ${ref}${ledBy}`,
    ...[...cells].map(([column, entries]) => {
      return `add milestone ${ref} in column ${column}: ${entries.map(({ raw }) => raw).join('')}`
    }),
    ...(state === 'blank' ? [] : [state === 'green' ? rating : `${rating} green by 30 Jun`]),
  ]
}

const mentions = (names: readonly string[]) => names.map((name) => `@${name}`).join(' and ')

function measureLine(measure: MeasureRow): string {
  const { title, polarity, baseline, baselineState, target, targetOn, projects } = measure
  const by = targetOn ? fullDate(targetOn) : 'none'
  const state = baselineState ? stateByKey(rag, baselineState).label : 'none'
  return `add measure ${title} with baseline ${baseline}, baseline state ${state}, target ${target}, target day ${by}, better ${polarity}, projects ${projects.join(' and ')}`
}

const readingForms = ({ readings }: MeasureRow, at: number) =>
  readings.map(({ raw, period, declared }) => ({
    ...{ measure: String(at + 1), value: raw },
    ...(period && { period }),
    ...(declared && { state: declared }),
  }))

/** Somebody who has the bot do things on a day, each of which has to be saved. */
function createSpeaker(asOf: string) {
  const { commands } = buildCommandRegistry()
  const people = [...new Set(Object.values(owners).flat().join('; ').split('; '))].filter(Boolean)
  const accountOf = (name: string): ChatIdentity => ({ ...admin, user: `U-${name}` })
  const chat = chatOn(fresh.db, asOf, {
    ...{ splitMessage, readLine: createLineReader(commands) },
    installation: { admins: [admin], samples: [] },
    lookupProfile: async ({ user }) => ({
      displayName: user === admin.user ? 'Priya Marlowe' : user.slice(2),
      zone: 'Europe/London',
    }),
  })
  const answerTo = async (asked: Asked) => wordsOf(await chat.ask(admin, asked))
  return {
    async form(verb: string, args: Record<string, string>) {
      expect(await answerTo({ input: { by: 'form', verb, args } })).toMatch(/^Saved/)
    },
    /** As many in one message as are done of one. */
    async lines(lines: readonly string[]) {
      for (let at = 0; at < lines.length; at += 12) {
        const message = lines.slice(at, at + 12)
        const answer = await answerTo({
          input: { by: 'text', text: message.join('\n') },
          mentions: people.map((name) => ({ text: `@${name}`, account: accountOf(name) })),
        })
        const saved = answer.split('\n').filter((one) => one.startsWith('Saved'))
        expect({ message, answer, saved: saved.length }).toMatchObject({ saved: message.length })
      }
    },
  }
}

const importInto = (key: string, bytes: Uint8Array, fileName: string, asOf: CivilDate) =>
  inTransaction(
    fresh.db,
    (tx) =>
      importPlan(
        tx,
        { bytes, fileName, programme: { key }, dryRun: false, accept: true, asOf },
        new Date(`${asOf}T13:00:00Z`),
      ),
    { timeoutMs: 60_000 },
  )

const exported = async (key: string, asAt: CivilDate) =>
  Buffer.from(await exportPlan(fresh.db, await programmeByKey(fresh.db, key), asAt, 'plan.csv'))
