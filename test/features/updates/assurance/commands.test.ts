import { beforeEach, describe, expect, test } from '@jest/globals'
import { loadDigestInput } from '../../../../src/domain/digests/audience/load-input.ts'
import { composeDigest } from '../../../../src/domain/digests/content/compose.ts'
import { loadPlan } from '../../../../src/domain/plan/store.ts'
import {
  type Chat,
  chatOn,
  day,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../../support/programme.ts'

const fresh = emptyDatabase()

let chat: Chat
let programmeId: string
let asha: StoredPerson
let sue: StoredPerson
let priya: StoredPerson
let vera: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, sue, priya, vera] = await storePeople(
    db,
    ...(['Asha Verity', 'Sue Marten', 'Priya Marlowe', 'Vera Lind'] as const),
  )
  programmeId = await storeProgramme(db, {
    key: 'BCS',
    office: [priya],
    members: [vera],
    sponsors: [sue],
    projects: [
      { ref: '2.1', title: 'Practice standards', leads: [asha] },
      { ref: '2.2', title: 'Quality of assessments', leads: [asha] },
    ],
  })
  chat = chatOn(db, '2017-02-24')
  await chat.ask(asha, '2.1 green')
})

const ratings = () => fresh.db.assuranceRating.findMany()

async function digestOn(asAt: string) {
  const plan = await loadPlan(fresh.db, programmeId, day(asAt))
  const asked = await loadDigestInput(fresh.db, plan, { previous: null, since: day('2017-02-20') })
  return composeDigest(asked)
}

test('a programme has one rating until its office asks for a second', async () => {
  expect(wordsOf(await chat.ask(sue, 'assure 2.1 amber because late'))).toContain(
    'Programme BCS has one rating for each project, its lead’s.',
  )
  expect(wordsOf(await chat.ask(sue, 'admin second sponsor'))).toContain(
    'Only the programme office',
  )
  expect(wordsOf(await chat.ask(priya, 'admin second sponsor called SRO'))).toContain(
    'called “SRO”',
  )
  expect(wordsOf(await chat.ask(priya, 'admin second'))).toContain('called “SRO”')
})

describe('a second rating', () => {
  beforeEach(async () => {
    await chat.ask(priya, 'admin second sponsor')
  })

  test('is kept beside the lead’s and shown with it, on the project and in the digest', async () => {
    const reply = await chat.ask(sue, 'assure 2.1 amber because Two reviews were missed')
    expect(wordsOf(reply)).toContain('Lead: ● Green; sponsor: ▲ Amber, since Fri 24 Feb 2017.')
    const shown = wordsOf(await chat.ask(vera, '2.1'))
    expect(shown).toContain('▲ Amber since Fri 24 Feb 2017')
    expect(shown).toContain('by Sue Marten: Two reviews were missed\nIt differs from its lead’s.')
    const digest = await digestOn('2017-02-24')
    expect(digest.beside).toMatchObject([
      {
        ref: '2.1',
        lines: ['Lead: ● Green; sponsor: ▲ Amber, since Fri 24 Feb 2017: Two reviews were missed'],
      },
    ])
    expect(digest.notes).toContain('1 project is rated differently by their sponsors.')
  })

  test('changes no earlier day', async () => {
    await chatOn(fresh.db, '2017-02-27').ask(sue, 'assure 2.1 amber because late')
    expect((await digestOn('2017-02-24')).beside).toEqual([])
    expect((await digestOn('2017-02-27')).beside).toHaveLength(1)
  })

  test('ends the difference when it says the same', async () => {
    await chat.ask(sue, 'assure 2.1 amber because late')
    const next = chatOn(fresh.db, '2017-02-25')
    expect(wordsOf(await next.ask(sue, 'assure 2.1 green'))).toContain(
      'Its lead does not say otherwise.',
    )
    expect(await ratings()).toHaveLength(2)
    expect((await digestOn('2017-02-25')).beside).toEqual([])
  })

  test.each([
    ['a Red needs a reason', 'sue', 'assure 2.1 red', 'Say in a few words why it is Red'],
    ['a state is asked about', 'sue', 'assure 2.1 ambr because late', 'Did you mean Amber?'],
    ['a lead rates once', 'asha', 'assure 2.1 green', 'never from who leads it'],
    [
      'who only reads does not rate',
      'vera',
      'assure 2.1 green',
      'from the sponsor of its workstream',
    ],
    [
      'words about a child are asked about',
      'sue',
      'assure 2.1 red because Child X waits',
      '“Child X”',
    ],
  ])('%s', async (_, who, typed, answer) => {
    const person = { sue, asha, vera }[who] ?? sue
    expect(wordsOf(await chat.ask(person, typed))).toContain(answer)
    expect(await ratings()).toEqual([])
  })
})
