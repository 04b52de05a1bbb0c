import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Reply } from '../../../src/chat/reply.ts'
import { effectiveUpdate } from '../../../src/domain/plan/plan.ts'
import { loadPlan } from '../../../src/domain/plan/store.ts'
import { importPlan } from '../../../src/features/imports/import-plan.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { clockAt } from '../../support/clock.ts'
import {
  chatOn,
  day,
  emptyDatabase,
  type StoredPerson,
  storePerson,
  wordsOf,
} from '../../support/programme.ts'

/** An import is taken back as a whole. */

const fresh = emptyDatabase()
let priya: StoredPerson
let asha: StoredPerson
let programmeId: string

const head = 'Ref,Priority,Action,Action Owner,Deadline for Completion,RAG,Commentary'
const first = [
  head,
  '1.1,1 People,Recruiting,Asha Verity,Adverts out - 6 March 2017,G,',
  '1.2,1 People,Keeping staff,Ben Okoro,Offer agreed - 31 March 2017,A,Offer not agreed',
].join('\n')
/** Another title, lead, state and date, a new milestone, a new project and a new workstream. */
const second = [
  head,
  '1.1,1 People,Recruiting social workers,Ben Okoro,"Adverts out - 20 March 2017\nInterviews held - 28 April 2017",R,No money',
  '1.2,1 People,Keeping staff,Ben Okoro,Offer agreed - 31 March 2017,A,Offer not agreed',
  '2.1,2 Practice,Supervision,Carol Dune,Policy agreed - 30 June 2017,A,Policy is late',
].join('\n')

let moments = 0
const at = (on: string) => {
  moments += 1
  return new Date(new Date(`${on}T10:00:00Z`).getTime() + moments * 60_000)
}

const importText = (text: string, asOf: string, byId: string | null = priya.id) =>
  inTransaction(
    fresh.db,
    (tx) =>
      importPlan(
        tx,
        {
          ...{ bytes: Buffer.from(text), fileName: `plan ${asOf}.csv`, programme: { key: 'BCS' } },
          ...{ dryRun: false, asOf: day(asOf), ...(byId && { byId }) },
        },
        at(asOf),
      ),
    { timeoutMs: 60_000 },
  )

const ask = (on: string, text: string, who = priya) =>
  chatOn(fresh.db, on, { clock: clockAt(at(on)) }).ask(who, text)
const say = async (on: string, text: string, who = priya) => wordsOf(await ask(on, text, who))

async function pressUndo(answer: Reply, on: string): Promise<string> {
  const { buttons } = answer.card.data as {
    buttons: { verb: string; data: Record<string, unknown> }[]
  }
  const { data = {} } = buttons.find(({ verb }) => verb === 'undo') ?? {}
  const chat = chatOn(fresh.db, on, { clock: clockAt(at(on)) })
  return wordsOf(await chat.press(priya, 'undo', data))
}

/** All that a plan shows, but for ids of rows. */
async function planOn(on: string) {
  const { workstreams, projects, people } = await loadPlan(fresh.db, programmeId, day(on))
  const named = (ids: readonly string[]) => ids.map((id) => people.get(id)?.name)
  return {
    workstreams: workstreams.map(({ ref, title, leads }) => [ref, title, named(leads)]),
    projects: projects.map((project) => ({
      ...{ ref: project.ref, title: project.title, leads: named(project.leads) },
      ...{ state: effectiveUpdate(project)?.state, reason: effectiveUpdate(project)?.reason },
      milestones: project.milestones.map((one) => [
        ...[one.number, one.about, one.due, one.doneOn],
      ]),
    })),
  }
}

beforeEach(async () => {
  moments = 0
  priya = await storePerson(fresh.db, 'Priya Marlowe', 'U1')
  await importText(first, '2017-02-24')
  const { id } = await fresh.db.programme.findFirstOrThrow()
  programmeId = id
  await fresh.db.membership.create({
    data: { programmeId, personId: priya.id, role: 'programme_office' },
  })
  const { id: ashaId } = await fresh.db.person.findFirstOrThrow({ where: { name: 'Asha Verity' } })
  const identity = { platform: 'slack', tenant: 'T1', user: 'U2' }
  await fresh.db.identity.create({ data: { ...identity, personId: ashaId } })
  asha = { id: ashaId, name: 'Asha Verity', identity }
})

describe('an import that is taken back', () => {
  test('gives each project its number again, where two had changed places', async () => {
    const before = await planOn('2017-03-01')
    const swapped = first.replace('1.1,', 'x,').replace('1.2,', '1.1,').replace('x,', '1.2,')
    await importText(swapped, '2017-03-03')
    const then = await planOn('2017-03-06')
    expect(then.projects.map(({ ref, title }) => `${ref} ${title}`)).toEqual([
      '1.2 Recruiting',
      '1.1 Keeping staff',
    ])
    await say('2017-03-07', 'undo import because the numbers were wrong')
    expect(await planOn('2017-03-07')).toEqual(before)
    expect(await planOn('2017-03-06')).toEqual(then)
  })

  test('gives each project its number again, where what it added would take the next free one', async () => {
    const two = ['2.1,2 Practice,The lamp,,,,', '2.2,2 Practice,The field,,,,']
    await importText([first, ...two].join('\n'), '2017-02-25')
    const before = await planOn('2017-03-01')
    const moved = ['1.3,1 People,The lamp,,,,', '1.4,1 People,The field,,,,']
    await importText([first, ...moved, '2.1,2 Practice,The stone,,,,'].join('\n'), '2017-03-03')
    expect(await say('2017-03-07', 'undo import')).toContain('Taken back: the import')
    expect(await planOn('2017-03-07')).toEqual(before)
  })

  test('leaves a number to the project that had it before, once that gets it back', async () => {
    const numbered = await ask('2017-03-01', 'set 1.1 number to 1.9')
    await importText(
      [first.replace('1.1,', '1.9,'), '1.1,1 People,Pay,,,,'].join('\n'),
      '2017-03-03',
    )
    expect(await say('2017-03-07', 'undo import')).toContain('Taken back: the import')
    expect(await pressUndo(numbered, '2017-03-08')).toContain('Taken back. Number: as before.')
    const { projects } = await planOn('2017-03-08')
    expect(projects.map(({ ref, title }) => `${ref} ${title}`)).toEqual([
      '1.1 Recruiting',
      '1.2 Keeping staff',
    ])
  })

  test('leaves a number where it is, whose change was taken back before by itself', async () => {
    await importText(
      [first.replace('1.1,', '1.3,'), '2.1,2 Practice,Supervision,,,,'].join('\n'),
      '2017-03-03',
    )
    const { id } = await fresh.db.planRevision.findFirstOrThrow({
      where: { field: 'ref', importId: { not: null } },
    })
    const chat = chatOn(fresh.db, '2017-03-04', { clock: clockAt(at('2017-03-04')) })
    expect(wordsOf(await chat.press(priya, 'undo', { revision: id }))).toContain('as before')
    await say('2017-03-05', 'set 1.1 number to 1.7')
    await say('2017-03-05', 'set 1.2 number to 1.1')
    expect(await say('2017-03-07', 'undo import')).toContain('Taken back: the import')
    const { projects } = await planOn('2017-03-07')
    expect(projects.map(({ ref, title }) => `${ref} ${title}`)).toEqual([
      '1.7 Recruiting',
      '1.1 Keeping staff',
    ])
  })

  test('gives back its place to a project that it put into a workstream of its own', async () => {
    const before = await planOn('2017-03-01')
    await importText(first.replace('1.2,1 People', '2.1,2 Practice'), '2017-03-03')
    const { projects } = await planOn('2017-03-03')
    expect(projects.map(({ ref, title }) => `${ref} ${title}`)).toContain('2.1 Keeping staff')
    expect(await say('2017-03-07', 'undo import')).toContain('Taken back')
    expect(await planOn('2017-03-07')).toEqual(before)
  })

  test('gives back its place to a project that the sheet has in another workstream under its own number', async () => {
    await importText([first, '2.1,2 Practice,Pay,,,,'].join('\n'), '2017-02-25')
    const sheet = (lines: string) => [lines, '2.1,2 Practice,Pay,,,,'].join('\n')
    const placesOf = async () => {
      const rows = await fresh.db.project.findMany({
        orderBy: { ref: 'asc' },
        include: { workstream: true },
      })
      return rows.map(({ ref, workstream }) => `${ref} in ${workstream.ref}`)
    }
    const { difference } = await importText(
      sheet(first.replace('1.2,1 People', '1.2,2 Practice')),
      '2017-03-03',
    )
    expect(difference.changed).toEqual([
      { what: 'project', ref: '1.2', field: 'workstream', from: '1', to: '2' },
    ])
    expect(await placesOf()).toEqual(['1.1 in 1', '1.2 in 2', '2.1 in 2'])
    await say('2017-03-07', 'undo import')
    expect(await placesOf()).toEqual(['1.1 in 1', '1.2 in 1', '2.1 in 2'])
    // Where somebody moved it in chat, the sheet that has it where it was says nothing new.
    await say('2017-03-08', 'set 1.2 workstream to 2')
    expect((await importText(sheet(first), '2017-03-09')).stored).toBe(false)
    expect(await placesOf()).toEqual(['1.1 in 1', '1.2 in 2', '2.1 in 2'])
  })

  test('leaves the plan as it was before it, and on the days until then as it was then', async () => {
    const before = await planOn('2017-03-01')
    await importText(second, '2017-03-03')
    const then = await planOn('2017-03-06')
    expect(then.projects.map(({ ref }) => ref)).toEqual(['1.1', '1.2', '2.1'])
    expect(await say('2017-03-07', 'undo import because it was last year’s sheet')).toContain(
      'Taken back: the import of plan 2017-03-03.csv. The plan is what it was before it.',
    )
    expect(await planOn('2017-03-07')).toEqual(before)
    expect(await planOn('2017-03-06')).toEqual(then)
    expect(await planOn('2017-03-01')).toEqual(before)
    const { roles } = { roles: await fresh.db.membership.findMany({ include: { person: true } }) }
    expect(roles.map(({ person }) => person.name).toSorted()).toEqual([
      ...['Asha Verity', 'Ben Okoro', 'Priya Marlowe'],
    ])
  })

  test('stands in the history of its projects, with who took it back and why', async () => {
    await importText(second, '2017-03-03')
    await say('2017-03-07', 'undo import because it was last year’s sheet')
    const text = await say('2017-03-07', 'history 1.1')
    expect(text).toContain('import of plan 2017-03-03.csv by Priya Marlowe: Milestone 2 added')
    expect(text).toContain(
      'Tue 7 Mar 2017, Priya Marlowe, in Slack: Taken back. Title: Recruiting, was Recruiting social workers, because it was last year’s sheet',
    )
    expect(text).toContain('Taken back: the update to Red, because it was last year’s sheet')
    expect(text).toContain(
      'import of plan 2017-03-03.csv by Priya Marlowe: Title: Recruiting social workers',
    )
  })

  test('can be one that was made on the terminal, which the history says', async () => {
    const before = await planOn('2017-03-01')
    await importText(second, '2017-03-03', null)
    expect(await say('2017-03-07', 'history 1.1')).toContain(
      'import of plan 2017-03-03.csv from the terminal: Title: Recruiting social workers',
    )
    expect(await say('2017-03-07', 'undo import')).toContain('Taken back: the import of plan')
    expect(await planOn('2017-03-07')).toEqual(before)
  })

  test('comes back with the same sheet, to the same plan and the same numbers', async () => {
    await importText(second, '2017-03-03')
    const then = await planOn('2017-03-03')
    await say('2017-03-07', 'undo import')
    expect((await importText(second, '2017-03-08')).stored).toBe(true)
    expect(await planOn('2017-03-08')).toEqual(then)
    expect((await importText(second, '2017-03-09')).stored).toBe(false)
  })

  test('can be the first one, too', async () => {
    expect(await say('2017-02-24', 'undo')).toContain('Taken back: the import')
    expect(await planOn('2017-03-03')).toEqual({ workstreams: [], projects: [] })
  })

  test('keeps what people said of a project that was there before', async () => {
    await importText(second, '2017-03-03')
    await say('2017-03-06', '1.1 amber adverts late green by 31 Mar')
    expect(await say('2017-03-07', 'undo import')).toContain('Taken back: the import')
    expect((await planOn('2017-03-07')).projects[0]).toMatchObject({ ref: '1.1', state: 'amber' })
  })

  test.each([
    ['2.1 green', 'Project 2.1 Supervision: an update by Priya Marlowe on Mon 6 Mar 2017.'],
    ['done 2.1 1', 'Project 2.1 Supervision, milestone 1: reported done by Priya Marlowe'],
    ['set 2.1 title to Clinical supervision', 'a change by Priya Marlowe on Mon 6 Mar 2017.'],
    ['set 1.1 title to Hiring', 'Project 1.1 Hiring: another title since.'],
    ['add project Training to 2', 'Project 2.2 Training put there by Priya Marlowe'],
    ['move 1.1 1 to 30 Mar because of snow', 'milestone 1: moved again by Priya Marlowe'],
    ['flag 1.1 2 because the room is not booked', 'milestone 2: flagged by Priya Marlowe'],
  ])('is not one on which “%s” has built', async (line, text) => {
    const { importId = '' } = await importText(second, '2017-03-03')
    expect(await say('2017-03-06', line)).toContain('Saved')
    const before = await planOn('2017-03-07')
    const chat = chatOn(fresh.db, '2017-03-07', { clock: clockAt(at('2017-03-07')) })
    const words = wordsOf(await chat.press(priya, 'undo', { import: importId }))
    expect(words).toContain(text)
    expect(words).toContain('Nothing was changed')
    expect(await planOn('2017-03-07')).toEqual(before)
  })

  test('is not one that another sheet followed', async () => {
    const { importId = '' } = await importText(second, '2017-03-03')
    await importText(first, '2017-03-10')
    const chat = chatOn(fresh.db, '2017-03-11', { clock: clockAt(at('2017-03-11')) })
    expect(wordsOf(await chat.press(priya, 'undo', { import: importId }))).toContain(
      'plan 2017-03-10.csv was imported after it: take that back first.',
    )
  })

  test('is for the programme office alone', async () => {
    const { importId = '' } = await importText(second, '2017-03-03')
    const chat = chatOn(fresh.db, '2017-03-03', { clock: clockAt(at('2017-03-03')) })
    expect(wordsOf(await chat.press(asha, 'undo', { import: importId }))).toContain(
      'Your programme office can take that back',
    )
  })
})
