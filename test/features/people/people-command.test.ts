import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { newId } from '../../../src/base/ids.ts'
import { gapRows } from '../../../src/features/people/people-gaps.ts'
import { aPlan } from '../../support/plans.ts'
import {
  chatOn,
  emptyDatabase,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()

test('the office reads who owns nothing that can be asked for, each with what mends it', async () => {
  const [priya, asha, ben, cara] = await storePeople(
    fresh.db,
    ...(['Priya Marlowe', 'Asha Verity', 'Ben Okoro', 'Cara Lindqvist'] as const),
  )
  const dan = { id: newId(), name: 'Dan Quill', identity: priya.identity }
  await fresh.db.person.create({ data: { id: dan.id, name: dan.name, createdAt: new Date(0) } })
  await fresh.db.identity.updateMany({
    where: { personId: cara.id },
    data: { goneAt: new Date('2017-02-28') },
  })
  await storeProgramme(fresh.db, {
    key: 'W17',
    office: [priya],
    projects: [
      { ref: '2.1', title: 'Standards', leads: [asha, dan] },
      { ref: '2.2', title: 'Visits', leads: [ben, cara] },
      { ref: '2.3', title: 'Homes' },
    ],
  })
  const chat = chatOn(fresh.db, '2017-03-01')
  await chat.ask(asha, '2.1')
  const shown = await chat.ask(priya, 'people')
  const words = wordsOf(shown)
  expect(words).toContain(
    '1 project without a lead: 2.3 Homes. To mend: /rag set 2.3 leads to @name',
  )
  expect(words).toContain('Owners without an account here: Dan Quill (2.1).')
  expect(words).toContain('Owners whose account is gone: Cara Lindqvist (2.2).')
  expect(words).toContain('Owners who never wrote to Milepost: Ben Okoro (2.2).')
  expect(words).toContain('Programme office (1): Priya Marlowe')
  expect(words).toContain(
    'Nobody stands in for the programme office: Priya Marlowe is alone in it.',
  )
  expect(words).toContain('Leads (4): Asha Verity, Ben Okoro, Cara Lindqvist, Dan Quill')
  expect(wordsOf(await chat.ask(asha, 'people'))).toContain('Only the programme office')

  const offered = ['Hand over', 'Choose', 'Hand over', 'Choose leads', 'Give a role']
  const buttons = rowsSchema.parse(shown.card.data).rows.flatMap((row) => row.buttons)
  expect(buttons.map(({ title }) => title)).toEqual([...offered, 'Find the owners here'])
  for (const { verb, data } of buttons) {
    expect((await chat.press(priya, verb, data)).kind).toBe(/:form/.test(verb) ? 'form' : 'answer')
  }
})

const rowsSchema = z.object({
  rows: z.array(
    z.object({
      buttons: z.array(
        z.object({ title: z.string(), verb: z.string(), data: z.record(z.string(), z.string()) }),
      ),
    }),
  ),
})

test('what there is no place for is counted, and comes when the rest is done', () => {
  const unowned = Array.from({ length: 14 }, (_, at) => ({ ref: `2.${at + 1}` }))
  const { rows, more } = gapRows(aPlan({ projects: unowned }), [])
  expect(rows).toHaveLength(11)
  expect(more).toBe('4 more will be here when these are done.')
})
