import { beforeEach, describe, expect, test } from '@jest/globals'
import {
  chatOn,
  emptyDatabase,
  projectIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
let asha: StoredPerson
let ben: StoredPerson
let priya: StoredPerson

beforeEach(async () => {
  ;[asha, ben, priya] = await storePeople(fresh.db, 'Asha Verity', 'Ben Okoro', 'Priya Marlowe')
  await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya],
    projects: [
      { ref: '2.1', title: 'Practice standards', leads: [asha] },
      { ref: '2.2', title: 'Quality of assessments', leads: [ben] },
    ],
  })
  await say('set 2.1 number to 3.4', priya)
})

const replyTo = (text: string, who: StoredPerson) => chatOn(fresh.db, '2017-02-24').ask(who, text)
const say = async (text: string, who: StoredPerson) => wordsOf(await replyTo(text, who))
const updatesOf = async (ref: string) =>
  fresh.db.statusUpdate.count({ where: { projectId: await projectIdOf(fresh.db, ref) } })

describe('a number that a project had before', () => {
  test('does what was meant, and says what it is now', async () => {
    const answer = await say('2.1 green', asha)
    expect(answer).toMatch(/^2\.1 is 3\.4 since Fri 24 Feb 2017\.\nSaved\n/)
    expect(answer).toContain('3.4 Practice standards is ● Green')
    expect(await updatesOf('3.4')).toBe(1)
  })

  test('says so in a refusal as well, and shows the project', async () => {
    expect(await say('2.1 green', ben)).toMatch(/^2\.1 is 3\.4 since .*\n/)
    expect(await say('BCS/2.1', ben)).toContain('3.4 Practice standards')
  })

  test('means the project that had it last', async () => {
    await say('set 2.2 number to 2.1', priya)
    await say('set 2.1 number to 3.5', priya)
    expect(await say('2.1 green', ben)).toContain('2.1 is 3.5 since')
    expect(await updatesOf('3.5')).toBe(1)
  })

  test('is the new project’s once another has it, and whoever leads the old one is told', async () => {
    await say('set 2.2 number to 2.1', priya)
    expect(await say('2.1 green', ben)).toMatch(/^Saved\n2\.1 Quality of assessments/)
    expect(await updatesOf('2.1')).toBe(1)
    expect(await say('2.1 amber', asha)).toMatch(
      /^2\.1 is now Quality of assessments\. Your project Practice standards is 3\.4 since Fri 24 Feb 2017\.\nNot saved\n/,
    )
    expect(await updatesOf('3.4')).toBe(0)
  })

  test('means nothing where the project was taken out, or the person is in no such programme', async () => {
    await say('remove project 3.4 because it is there twice', priya)
    expect(await say('2.1 green', asha)).toContain('There is no project “2.1”')
  })

  test('of two programmes is not guessed', async () => {
    await storeProgramme(fresh.db, {
      key: 'CUM',
      office: [priya],
      projects: [{ ref: '2.1', title: 'Housing', leads: [asha] }],
    })
    await say('set CUM/2.1 number to 9.1', priya)
    expect(await say('2.1 green', asha)).toContain('There is no project “2.1”')
    expect(await say('CUM/2.1 green', asha)).toContain('2.1 is 9.1 since')
  })
})
