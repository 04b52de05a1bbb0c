import { beforeEach, describe, expect, test } from '@jest/globals'
import { toDbDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import { chatOn, day, emptyDatabase, type StoredPerson, wordsOf } from '../../support/programme.ts'
import { friday, remindersIn, storeTwoMilestones } from './two-milestones.ts'

/** Why somebody got a message, told to whom it was written. */

const fresh = emptyDatabase()
let asha: StoredPerson
let olu: StoredPerson

const { say, send, ask } = remindersIn(fresh)

beforeEach(async () => {
  ;({ asha, olu } = await storeTwoMilestones(fresh.db))
})

/** The key of the last message to somebody. */
async function lastKeyTo({ id }: StoredPerson) {
  const where = { personId: id }
  return (await fresh.db.outboxMessage.findFirstOrThrow({ where, orderBy: { sequence: 'desc' } }))
    .key
}

describe('why', () => {
  test('tells the rule, the calendar and the moves of one’s own last message', async () => {
    await fresh.db.milestone.updateMany({
      where: { about: 'Website filled' },
      data: { due: toDbDate(day('2017-04-14')), baselineDue: toDbDate(day('2017-04-14')) },
    })
    await say('2017-04-13T09:00:00Z')
    await send('2017-04-13T08:00:00Z')
    const text = wordsOf(await ask(asha, 'why', '2017-04-13'))
    expect(text).toContain(
      'Your message of Thu 13 Apr 2017. I write to you once a day, on days you work, from 09:00 in Europe/London.',
    )
    expect(text).toContain(
      '2.1 milestone 1: on the day it is due. You lead it. Fri 14 Apr 2017 is no working day of yours (Good Friday), so it counts as due by Thu 13 Apr 2017.',
    )
    expect(text).toContain('2.1 milestone 2: told before, and open still.')
    expect(text).toContain('Sent on Thu 13 Apr 2017, 09:00.')
  })

  test('tells it in the language of whoever reads it, as far as that goes', async () => {
    await fresh.db.person.update({ where: { id: asha.id }, data: { language: 'cy' } })
    await say(friday)
    await send()
    const text = wordsOf(await ask(asha, 'why'))
    expect(text).toContain('Pam y cawsoch hon')
    expect(text).toMatch(/Eich neges ar Gwen 31 Maw(?:rth)? 2017\. .* o 09:00 ymlaen/)
    expect(text).toContain('2.1 milestone 1: on the day it is due. Chi sy’n ei arwain.')
    expect(text).not.toContain('You lead it')
  })

  test('says as whom somebody is told', async () => {
    await ask(asha, 'away 30 Mar to 7 Apr deputy Olu Ade', '2017-03-29')
    await say(friday)
    await send()
    expect(wordsOf(await ask(olu, 'why'))).toContain(
      'You get it as deputy: Asha Verity is away until Fri 7 Apr 2017.',
    )
  })

  test('explains to nobody what was written to somebody else, whatever key is pressed', async () => {
    await say(friday)
    await send()
    const key = await lastKeyTo(asha)
    const chat = chatOn(fresh.db, '2017-03-31')
    expect(wordsOf(await chat.press(asha, 'why', { message: key }))).toContain('2.1 milestone 1')
    expect(wordsOf(await chat.press(olu, 'why', { message: key }))).toContain(
      'There is no message of mine',
    )
    expect(wordsOf(await chat.ask(olu, 'why'))).toContain('There is no message of mine')
  })

  test('in a channel it is the last message there', async () => {
    const place = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' } as const
    const posted = {
      ...{ id: newId(), key: 'digest:1', kind: 'digest', card: 'notice', data: {}, topics: [] },
      ...{ platform: 'slack', tenant: 'T1', conversation: 'C1', placeKind: 'channel' },
      why: ['The weekly digest of P1, which this channel asked for.'],
      ...{ state: 'sent' as const, sentTo: 'C1', messageId: '1', sentAt: new Date(friday) },
      ...{ notBefore: new Date(friday), createdAt: new Date(friday) },
    }
    await fresh.db.outboxMessage.create({ data: posted })
    await say(friday)
    await send()
    const asked = { input: { by: 'text' as const, text: 'why' } }
    const chat = chatOn(fresh.db, '2017-03-31')
    expect(wordsOf(await chat.ask(asha, { ...asked, place }))).toContain(
      'which this channel asked for',
    )
    expect(wordsOf(await chat.ask(asha, asked))).toContain('2.1 milestone 1')
  })
})
