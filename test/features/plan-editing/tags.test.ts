import { beforeEach, describe, expect, test } from '@jest/globals'
import { loadPlan } from '../../../src/domain/plan/store.ts'
import { parseTags } from '../../../src/features/plan-editing/tag-names.ts'
import {
  type Chat,
  chatOn,
  day,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
let chat: Chat
let programmeId: string
let asha: StoredPerson
let priya: StoredPerson

beforeEach(async () => {
  ;[asha, priya] = await storePeople(fresh.db, 'Asha Verity', 'Priya Marlowe')
  programmeId = await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya],
    projects: [
      { ref: '2.1', title: 'Practice standards', leads: [asha] },
      { ref: '2.2', title: 'Quality of assessments' },
    ],
  })
  chat = chatOn(fresh.db, '2017-02-24')
})

const say = async (text: string, who = priya) => wordsOf(await chat.ask(who, text))
const tags = async () => {
  const plan = await loadPlan(fresh.db, programmeId, day('2017-02-24'))
  return plan.projects.map((project) => project.tags)
}

test.each([
  ['Ofsted', ['Ofsted']],
  ['Ofsted, Innovation and SEND', ['Ofsted', 'Innovation', 'SEND']],
  ['Ofsted; ofsted, OFSTED', ['Ofsted']],
  ['early help,  care   leavers', ['early help', 'care leavers']],
  [' , ', []],
])('“%s” is %j', (text, expected) => {
  expect(parseTags(text)).toEqual(expected)
})

describe('tags of a project', () => {
  test('are given and taken by the office', async () => {
    expect(await say('tag 2.1 Ofsted, Innovation')).toContain(
      '2.1 Practice standards is tagged Ofsted and Innovation.',
    )
    await say('tag 2.1 SEND')
    expect(await tags()).toEqual([['Ofsted', 'Innovation', 'SEND'], []])
    await say('untag 2.1 ofsted and send')
    expect(await tags()).toEqual([['Innovation'], []])
    expect(await say('untag 2.1')).toContain('has no tag.')
    expect(await tags()).toEqual([[], []])
  })

  test('have one spelling in a programme', async () => {
    await say('tag 2.1 Ofsted')
    await say('tag 2.2 OFSTED')
    expect(await tags()).toEqual([['Ofsted'], ['Ofsted']])
  })

  test('that the project has already, or does not have, change nothing', async () => {
    await say('tag 2.1 Ofsted')
    expect(await say('tag 2.1 ofsted')).toContain('Nothing to change')
    expect(await say('untag 2.1 SEND')).toContain('Nothing to change')
  })

  test('are not given by leads, and are limited in number and length', async () => {
    expect(await say('tag 2.1 Ofsted', asha)).toContain('Only the programme office')
    expect(await say(`tag 2.1 ${'x'.repeat(41)}`)).toContain('longer than 40 characters')
    const eleven = Array.from({ length: 11 }, (_, at) => `t${at}`).join(', ')
    expect(await say(`tag 2.1 ${eleven}`)).toContain('at most 10 tags')
    expect(await tags()).toEqual([[], []])
  })
})
