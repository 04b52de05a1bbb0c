import { beforeEach, describe, expect, test } from '@jest/globals'
import { toDbDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { moveRequestKind } from '../../../src/features/milestones/move-messages.ts'
import type { ReminderRow } from '../../../src/features/reminders/reminder-data.ts'
import { waitingMoveRule } from '../../../src/features/reminders/rules/waiting-moves.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import type { SentMessage } from '../../../src/outbox/find-message.ts'
import type { PendingMessage } from '../../../src/outbox/revalidate.ts'
import {
  type Chat,
  chatOn,
  day,
  emptyDatabase,
  milestoneIdOf,
  projectIdOf,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()

let chat: Chat
let asha: StoredPerson
let sara: StoredPerson
let priya: StoredPerson
let quinn: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, sara, priya, quinn] = await storePeople(
    db,
    ...(['Asha Verity', 'Sara Ames', 'Priya Marlowe', 'Quinn Hale'] as const),
  )
  await storeProgramme(db, {
    key: 'BCS',
    office: [priya, quinn],
    sponsors: [sara],
    projects: [
      {
        ref: '2.1',
        title: 'Practice standards',
        leads: [asha],
        milestones: [
          ['All pages written', '2017-03-31'],
          ['Website tested', '2017-03-31'],
        ],
      },
    ],
  })
  chat = chatOn(db, '2017-02-24')
  await chat.ask(priya, 'admin moves over 30')
  await db.outboxMessage.deleteMany({})
})

const due = async () =>
  (await fresh.db.milestone.findFirstOrThrow({ where: { about: 'All pages written' } })).due
    ?.toISOString()
    .slice(0, 10)
const messages = async (kind: string) => {
  const found = await fresh.db.outboxMessage.findMany({
    where: { kind },
    orderBy: { sequence: 'asc' },
  })
  return found.map(({ personId, data }) => ({ personId, text: JSON.stringify(data) }))
}
/** What a reminder's row of the first request says became of it. */
async function rowAnswer(on: string) {
  const { id: told } = await fresh.db.moveRequest.findFirstOrThrow({ orderBy: { at: 'asc' } })
  const row = { told } as ReminderRow
  const now = new Date(`${on}T12:00:00Z`)
  return (await waitingMoveRule.loadAnswers(fresh.db, [row], now))(row)
}

/** What the platform shows in place of a request whose button was pressed. */
async function redrawn(note: string) {
  const { id, card, data } = await fresh.db.outboxMessage.findFirstOrThrow({
    where: { kind: 'move-request', personId: quinn.id },
  })
  const message = { id, card: { name: card, data } } as SentMessage
  const at = new Date('2017-02-24T10:00:00Z')
  return inTransaction(fresh.db, async (tx) => moveRequestKind.redraw?.(tx, message, note, at))
}
const ask = (who: StoredPerson, line: string): Promise<Reply> => chat.ask(who, line)
const longMove = 'move 2.1 1 to 30 Jun 2017 because the writer is ill'

describe('a long move', () => {
  test('waits for the sponsor, changes nothing until it is agreed, and its lead is told', async () => {
    const asked = wordsOf(await ask(asha, longMove))
    expect(asked).toContain('Asked of Sara Ames.')
    expect(asked).toContain('more than 30 days after Fri 31 Mar 2017, the day that was agreed')
    expect(await due()).toBe('2017-03-31')
    const [request, ...others] = await messages('move-request')
    expect(others).toEqual([])
    expect(request).toMatchObject({ personId: sara.id })
    expect(request?.text).toContain('"title":"Agree"')
    expect(request?.text).toContain('"title":"Ask"')
    // The project shows it to everybody, with the buttons to whom may answer.
    const waits = 'Asked to move to Fri 30 Jun 2017 by Asha Verity: the writer is ill. It waits'
    for (const [who, offered] of [
      [asha, false],
      [sara, true],
    ] as const) {
      const shown = await ask(who, '2.1')
      expect(wordsOf(shown)).toContain(waits)
      expect(JSON.stringify(shown.card.data).includes('"title":"Say no…"')).toBe(offered)
    }

    for (const who of [asha, priya]) {
      const words = wordsOf(await ask(who, 'agree 2.1 1'))
      if (who === asha) expect(words).toContain('is agreed by its sponsor')
    }
    expect(await due()).toBe('2017-06-30')
    expect(await messages('move-answer')).toMatchObject([
      { personId: asha.id, text: expect.stringContaining('Agreed by Priya Marlowe') },
    ])
    expect(wordsOf(await ask(sara, 'agree 2.1 1'))).toContain('No move of that milestone waits')
    // The first day stays in sight.
    const agreed = wordsOf(await ask(asha, '2.1'))
    expect(agreed).toContain('was Fri 31 Mar 2017, moved once')
    expect(agreed).not.toContain('waits to be agreed')
    expect(wordsOf(await ask(asha, 'history 2.1'))).toContain('asked to move from Fri 31 Mar 2017')
  })

  test('by form and by the sponsor’s button; a later request replaces one that waits', async () => {
    const milestone = await milestoneIdOf(fresh.db, 'All pages written')
    const args = { milestone, date: '2017-06-30', reason: 'the writer is ill' }
    await chat.submit(asha, 'move', args)
    await chat.submit(asha, 'move', { ...args, date: '2017-07-31' })
    const [first, second] = await fresh.db.moveRequest.findMany({ orderBy: { to: 'asc' } })
    expect(first?.outcome).toBe('replaced')
    expect(wordsOf(await chat.press(sara, 'agree', { milestone, request: first?.id }))).toContain(
      'another day was asked for since (Asha Verity, Fri 24 Feb 2017)',
    )
    await chat.press(sara, 'agree', { milestone, request: second?.id })
    expect(await due()).toBe('2017-07-31')
    // From there, another month counts at once.
    await ask(asha, 'move 2.1 1 to 28 Aug 2017 because the writer is ill')
    expect(await due()).toBe('2017-08-28')
  })

  test.each([
    ['short', () => asha, 'move 2.1 1 to 28 Apr 2017 because the writer is ill', '2017-04-28'],
    ['the word of the sponsor, who leads it as well', () => sara, longMove, '2017-06-30'],
  ])('a move that is %s asks nobody', async (_, who, line, expected) => {
    const projectId = await projectIdOf(fresh.db, '2.1')
    await fresh.db.projectLead.create({ data: { projectId, personId: sara.id, position: 1 } })
    await ask(who(), line)
    expect(await due()).toBe(expected)
    expect(await messages('move-request')).toEqual([])
  })

  test('that is taken back after it was agreed has to be asked for again', async () => {
    await ask(asha, longMove)
    await ask(sara, 'agree 2.1 1')
    expect(await due()).toBe('2017-06-30')
    await ask(asha, 'undo')
    expect(await due()).toBe('2017-03-31')
    await ask(asha, longMove)
    expect(await due()).toBe('2017-03-31')
    expect(wordsOf(await ask(asha, 'history 2.1'))).toContain('taken back')
  })

  test('that was finished or moved meanwhile, or whose day has passed, is refused', async () => {
    await ask(asha, longMove)
    expect(wordsOf(await chatOn(fresh.db, '2017-07-03').ask(sara, 'agree 2.1 1'))).toContain(
      'nobody answered before that day had passed',
    )
    expect(await rowAnswer('2017-02-24')).toBeNull()
    expect(await rowAnswer('2017-07-03')).toBe('→ That day has passed')
    await ask(asha, 'move 2.1 1 to 7 Apr 2017 because it is nearly there')
    expect(await rowAnswer('2017-02-24')).toBe('→ Moved to another day')
    expect(wordsOf(await ask(sara, 'agree 2.1 1'))).toContain('before the milestone was moved')
    await ask(asha, 'done 2.1 1')
    expect(await rowAnswer('2017-02-24')).toBe('✓ Done')
    expect(wordsOf(await ask(sara, 'agree 2.1 1'))).toContain(
      'before the milestone was reported done',
    )
    expect(wordsOf(await ask(asha, 'history 2.1'))).toContain(
      'because the writer is ill: nobody answered before the milestone was reported done',
    )
    expect(await due()).toBe('2017-04-07')
  })

  test('that is declined stays due, and who asked hears why and what they can do', async () => {
    await ask(asha, longMove)
    const [asked] = await messages('move-request')
    expect(asked?.text).toContain('"title":"Say no…"')
    const { id: request } = await fresh.db.moveRequest.findFirstOrThrow()
    const milestone = await milestoneIdOf(fresh.db, 'All pages written')
    const form = await chat.press(sara, 'decline-move:form', { milestone, request })
    expect(wordsOf(form)).toContain('From Fri 31 Mar 2017 to Fri 30 Jun 2017')
    expect(await chat.submit(sara, 'decline-move', { milestone, request })).toMatchObject({
      kind: 'invalid',
      fields: { reason: expect.stringContaining('Say why') },
    })
    const child = { milestone, request, reason: 'Child X needs it in spring' }
    expect(wordsOf(await chat.submit(sara, 'decline-move', child))).toContain('“Child X”')
    expect(await messages('move-answer')).toEqual([])
    await chat.submit(sara, 'decline-move', { milestone, request, reason: 'spring was promised' })
    expect(await due()).toBe('2017-03-31')
    const [told, ...others] = await messages('move-answer')
    expect(others).toEqual([])
    expect(told).toMatchObject({ personId: asha.id })
    expect(told?.text).toContain(
      '"Sara Ames says no: spring was promised","It stays due on Fri 31 Mar 2017.","You can ask for another day, say that it is at risk, or talk to Sara Ames."',
    )
    const history = wordsOf(await ask(asha, 'history 2.1'))
    expect(history).toContain('because the writer is ill: it was declined')
    expect(history).toContain(
      'Sara Ames: Declined: milestone 1 to move to Fri 30 Jun 2017, because spring was promised',
    )
    // A "no" to one day says nothing of the next.
    await ask(asha, longMove)
    await ask(sara, 'agree 2.1 1')
    expect(await due()).toBe('2017-06-30')
  })

  test('that somebody answered says so in every copy, which refuses a second answer; one unsent is dropped', async () => {
    await fresh.db.workstreamOwner.deleteMany({ where: { personId: sara.id } })
    await ask(asha, longMove)
    const { id: request } = await fresh.db.moveRequest.findFirstOrThrow()
    const pending = { key: `move-request:${request}:${quinn.id}` } as PendingMessage
    const context = { db: fresh.db, clock: { now: () => new Date('2017-02-24T10:00:00Z') } }
    expect(await moveRequestKind.revalidate?.(context, pending)).toBe('unchanged')
    // A question to the leads leaves the buttons; an answer has taken them already.
    expect(JSON.stringify(await redrawn('Asked: why?'))).toContain('Say no…')
    await ask(priya, 'decline move 2.1 1 because the board decides')
    const answered = JSON.stringify(await redrawn('Not agreed: …'))
    expect(answered).toContain('Asked: why?')
    expect(answered).not.toContain('Not agreed: …')
    expect(answered).not.toContain('Say no…')
    const copies = await messages('move-request')
    expect(copies.map(({ personId }) => personId).toSorted()).toEqual(
      [priya.id, quinn.id].toSorted(),
    )
    for (const { text } of copies) {
      expect(text).toContain('✕ Priya Marlowe says no: the board decides')
      expect(text).toContain('"buttons":[]')
    }
    const milestone = await milestoneIdOf(fresh.db, 'All pages written')
    for (const verb of ['agree', 'decline-move:form'])
      expect(wordsOf(await chat.press(quinn, verb, { milestone, request }))).toContain(
        'it was declined (Priya Marlowe, Fri 24 Feb 2017). Nothing was changed.',
      )
    expect(await moveRequestKind.revalidate?.(context, pending)).toEqual({
      dropReason: 'it was declined',
    })
    expect(await messages('move-answer')).toHaveLength(1)
    expect(await rowAnswer('2017-02-24')).toBe('✓ Declined')
  })

  test('in the office’s form is refused, with the line that asks for it', async () => {
    const milestone = await milestoneIdOf(fresh.db, 'All pages written')
    const form = await chat.press(priya, 'change-milestone:form', { milestone })
    const { data } = form.card.data as { data: Record<string, string> }
    const typed = { about: 'All pages written', date: '2017-06-30', reason: 'ill' }
    expect(await chat.submit(priya, 'change-milestone', { ...data, ...typed })).toMatchObject({
      kind: 'invalid',
      fields: { date: expect.stringContaining('/rag move 2.1 1 to Fri 30 Jun 2017 because') },
    })
    expect(await due()).toBe('2017-03-31')
  })
})

describe('where the sponsor cannot be asked', () => {
  const asked = async () => (await messages('move-request')).map(({ personId }) => personId)

  test('because they are away, the programme office is, and its asker hears why', async () => {
    await fresh.db.leave.create({
      data: {
        ...{ id: newId(), personId: sara.id, source: 'test', at: new Date('2017-02-20') },
        ...{ from: toDbDate(day('2017-02-20')), to: toDbDate(day('2017-03-10')) },
      },
    })
    expect(wordsOf(await ask(asha, longMove))).toContain('Sara Ames is away until Fri 10 Mar 2017')
    expect(new Set(await asked())).toEqual(new Set([priya.id, quinn.id]))
  })

  test('because there is none, somebody else of the office is; who asked does not agree', async () => {
    await fresh.db.workstreamOwner.deleteMany({ where: { personId: sara.id } })
    expect(wordsOf(await ask(priya, longMove))).toContain('its workstream has no sponsor')
    expect(await asked()).toEqual([quinn.id])
    expect(wordsOf(await ask(priya, 'agree 2.1 1'))).toContain('somebody else answers it')
    await ask(quinn, 'agree 2.1 1')
    expect(await due()).toBe('2017-06-30')
  })

  test('and nobody else can be, it is refused and says whom to tell', async () => {
    await fresh.db.workstreamOwner.deleteMany({ where: { personId: sara.id } })
    await fresh.db.identity.deleteMany({ where: { personId: { in: [priya.id, quinn.id] } } })
    expect(wordsOf(await ask(asha, longMove))).toContain('nobody who could agree can be reached')
    expect(await fresh.db.moveRequest.count()).toBe(0)
  })
})

test('the setting is off at first, and says what it does', async () => {
  expect(wordsOf(await ask(priya, 'admin moves off'))).toContain('moves of dates count at once')
  await ask(asha, longMove)
  expect(await due()).toBe('2017-06-30')
  expect(wordsOf(await ask(priya, 'admin moves over 30 or seen'))).toContain(
    'past a day that the board has seen, waits for the sponsor',
  )
})
