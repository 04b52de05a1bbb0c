import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Reply } from '../../../src/chat/reply.ts'
import { declaredStateOf } from '../../../src/domain/plan/plan.ts'
import { loadProject } from '../../../src/domain/plan/store.ts'
import { loadEffectiveState } from '../../../src/domain/status/store.ts'
import { clockAt } from '../../support/clock.ts'
import {
  chatOn,
  day,
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
  minutes = 0
  ;[asha, ben, priya] = await storePeople(fresh.db, 'Asha Verity', 'Ben Okoro', 'Priya Marlowe')
  await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya],
    members: [ben],
    projects: [
      {
        ...{ ref: '2.1', title: 'Practice standards', leads: [asha] },
        milestones: [['Publish the standards', '2017-03-31']],
      },
    ],
  })
})

/** Each thing is said a minute after the one before it; on the day after the first, half an hour earlier. */
let minutes = 0
const chat = (on: string) => {
  minutes += 1
  const start = new Date(`${on}T${on === '2017-02-25' ? '11:30' : '12:00'}:00Z`).getTime()
  return chatOn(fresh.db, on, { clock: clockAt(new Date(start + minutes * 60_000)) })
}

const ask = (on: string, text: string, who = asha) => chat(on).ask(who, text)
const say = async (on: string, text: string, who = asha) => wordsOf(await ask(on, text, who))

/** Presses the Undo button of an answer. */
async function pressUndo(answer: Reply, on: string, who = asha): Promise<string> {
  const { buttons } = answer.card.data as {
    buttons: { verb: string; data: Record<string, unknown> }[]
  }
  const button = buttons.find(({ verb }) => verb === 'undo')
  if (!button) throw new Error(`No Undo in: ${wordsOf(answer)}`)
  return wordsOf(await chat(on).press(who, 'undo', button.data))
}

const projectOn = async (on: string) =>
  loadProject(fresh.db, await projectIdOf(fresh.db, '2.1'), day(on))

describe('an update that is taken back', () => {
  test('does not count from that day on, and counted until then', async () => {
    await say('2017-02-20', '2.1 green')
    await say('2017-02-24', '2.1 red no money green by 31 Mar')
    expect(await say('2017-02-25', 'undo because it was meant for 2.2')).toContain(
      'Taken back: it is ● Green, as before.',
    )
    expect(declaredStateOf(await projectOn('2017-02-24'))).toBe('red')
    expect(declaredStateOf(await projectOn('2017-02-25'))).toBe('green')
    const id = await projectIdOf(fresh.db, '2.1')
    expect(await loadEffectiveState(fresh.db, id, day('2017-02-24'))).toBe('red')
    expect(await loadEffectiveState(fresh.db, id, day('2017-02-25'))).toBe('green')
  })

  test('stands in the history with who took it back, and why', async () => {
    await say('2017-02-24', '2.1 red no money green by 31 Mar')
    await say('2017-02-24', 'undo because it was meant for 2.2')
    const text = await say('2017-02-25', 'history 2.1')
    expect(text).toContain(
      'Asha Verity, in Slack: Taken back: the update to Red, because it was meant for 2.2',
    )
    expect(text).toContain('Asha Verity, in Slack: Red: no money')
  })

  test('is the one beside whose answer the button stands', async () => {
    const answer = await ask('2017-02-24', '2.1 amber late green by 31 Mar')
    expect(await pressUndo(answer, '2017-02-24')).toContain('Taken back: it is ○ Not rated')
    expect(await pressUndo(answer, '2017-02-24')).toContain('That was taken back already')
  })

  test('may be “no change”', async () => {
    await say('2017-02-20', '2.1 amber late green by 31 Mar')
    const answer = await ask('2017-02-24', 'no change 2.1')
    expect(await pressUndo(answer, '2017-02-24')).toContain('it is ▲ Amber, as before')
    expect((await projectOn('2017-02-24')).updates).toHaveLength(1)
  })

  test('is not one that another update followed', async () => {
    const answer = await ask('2017-02-24', '2.1 amber late green by 31 Mar')
    await say('2017-02-24', '2.1 green', priya)
    expect(await pressUndo(answer, '2017-02-24')).toContain(
      'followed by another one since (Priya Marlowe, Fri 24 Feb 2017)',
    )
    expect((await projectOn('2017-02-24')).updates).toHaveLength(2)
  })

  test('is not one that a second person confirmed', async () => {
    await say('2017-02-20', 'admin confirm improvement on', priya)
    await say('2017-02-20', '2.1 red no money green by 31 Mar')
    const answer = await ask('2017-02-24', '2.1 green')
    await say('2017-02-24', 'confirm 2.1', priya)
    expect(await pressUndo(answer, '2017-02-24')).toContain(
      'was confirmed since (Priya Marlowe, Fri 24 Feb 2017)',
    )
    expect(declaredStateOf(await projectOn('2017-02-24'))).toBe('green')
  })
})

describe('a milestone', () => {
  const milestoneOn = async (on: string) => (await projectOn(on)).milestones[0]

  test('that was moved is due again on its day, and did not slip', async () => {
    const answer = await ask('2017-02-24', 'move 2.1 1 to 30 Jun because of the election')
    expect(await pressUndo(answer, '2017-02-25')).toContain('due Fri 31 Mar 2017')
    expect(await milestoneOn('2017-02-24')).toMatchObject({ due: '2017-06-30' })
    expect(await milestoneOn('2017-02-25')).toMatchObject({ due: '2017-03-31', moves: [] })
    const row = await fresh.db.milestone.findFirstOrThrow()
    expect(row.due).toEqual(new Date('2017-03-31'))
  })

  test('that was moved twice is moved back step by step', async () => {
    const first = await ask('2017-02-24', 'move 2.1 1 to 30 Jun because of the election')
    await say('2017-02-24', 'move 2.1 1 to 31 Jul because of summer')
    expect(await pressUndo(first, '2017-02-24')).toContain(
      'was moved again since (Asha Verity, Fri 24 Feb 2017)',
    )
    await say('2017-02-24', 'undo')
    expect(await pressUndo(first, '2017-02-24')).toContain('due Fri 31 Mar 2017')
  })

  test('that was done is open again, and Undo brings that back', async () => {
    const answer = await ask('2017-02-24', 'done 2.1 1')
    const undone = await chat('2017-02-24').press(asha, 'undo', {
      done: (await fresh.db.milestone.findFirstOrThrow()).id,
    })
    expect(wordsOf(undone)).toContain('open again: Publish the standards')
    expect(await milestoneOn('2017-02-24')).toMatchObject({ doneOn: null })
    expect(await pressUndo(undone, '2017-02-24')).toContain('Taken back')
    expect(await milestoneOn('2017-02-24')).toMatchObject({ doneOn: '2017-02-24' })
    expect(wordsOf(answer)).toContain('Done on Fri 24 Feb 2017')
  })
})

describe('whose words', () => {
  test('somebody else may take back: nobody but the office', async () => {
    const answer = await ask('2017-02-24', '2.1 green')
    expect(await pressUndo(answer, '2017-02-24', ben)).toContain('Your programme office can')
    expect(await pressUndo(answer, '2017-02-26', asha)).toContain('Your programme office can')
    expect(await pressUndo(answer, '2017-02-26', priya)).toContain('Taken back')
  })

  test('a typed undo takes back: the last of all that one said oneself', async () => {
    await say('2017-02-24', '2.1 green')
    await say('2017-02-24', 'move 2.1 1 to 30 Jun because of the election', priya)
    expect(await say('2017-02-24', 'undo')).toContain('Not rated')
    expect(await say('2017-02-24', 'undo')).toContain('You said and changed nothing')
    expect(await say('2017-02-24', 'undo', priya)).toContain('due Fri 31 Mar 2017')
  })
})

describe('a start day', () => {
  const startOn = async (on: string) => (await projectOn(on)).attributes.start ?? 'none'

  test('that is taken back is the one before it, from that day on, and Undo brings it back', async () => {
    await say('2017-02-23', 'set 2.1 start date to 1 Mar 2017')
    const set = await ask('2017-02-24', 'set 2.1 start date to 8 Mar 2017')
    expect(await pressUndo(set, '2017-02-25')).toContain('Taken back: Starts is Wed 1 Mar 2017')
    expect([await startOn('2017-02-24'), await startOn('2017-02-25')]).toEqual([
      ...['2017-03-08', '2017-03-01'],
    ])
    const { id } = await fresh.db.projectAttribute.findFirstOrThrow({
      where: { undoesId: { not: null } },
    })
    await chat('2017-02-25').press(asha, 'undo', { attribute: id })
    expect(await startOn('2017-02-25')).toBe('2017-03-08')
    const history = await say('2017-02-25', 'history 2.1')
    expect(history).toContain('by button in Slack: Taken back. Starts: Wed 1 Mar 2017')
  })

  test('is the last thing that was said, and then what was said before it', async () => {
    await say('2017-02-24', '2.1 green')
    await say('2017-02-24', 'set 2.1 start date to 1 Mar 2017')
    expect(await say('2017-02-24', 'undo')).toContain('Starts is none again')
    expect(await say('2017-02-24', 'undo')).toContain('Taken back: it is')
  })

  test('is not taken back where somebody has set it again: it says who and when', async () => {
    const set = await ask('2017-02-24', 'set 2.1 start date to 1 Mar 2017')
    await say('2017-02-24', 'set 2.1 start date to 2 Mar 2017', priya)
    expect(await pressUndo(set, '2017-02-24')).toContain(
      'It was changed again since (Priya Marlowe, Fri 24 Feb 2017)',
    )
    expect(await startOn('2017-02-24')).toBe('2017-03-02')
  })
})

describe('a flag', () => {
  const flagOn = async (on: string) => (await projectOn(on)).milestones[0]?.flag?.reason ?? 'none'

  test('that is taken back is as before, and Undo brings it back', async () => {
    await say('2017-02-23', 'flag 2.1 1 because the supplier is late')
    const unflagged = await ask('2017-02-24', 'unflag 2.1 1')
    expect(await pressUndo(unflagged, '2017-02-24')).toContain('Taken back: at risk, as before')
    expect(await flagOn('2017-02-24')).toBe('the supplier is late')
    const again = await ask('2017-02-24', 'flag 2.1 1 because nobody answers')
    expect(await pressUndo(again, '2017-02-24')).toContain('Taken back: at risk, as before')
    expect(await flagOn('2017-02-24')).toBe('the supplier is late')
    // At risk since then, so that no digest tells it as news.
    expect((await projectOn('2017-02-24')).milestones[0]?.flag?.onDay).toBe('2017-02-23')
  })

  test('is not taken back where somebody has said so since', async () => {
    const flagged = await ask('2017-02-24', 'flag 2.1 1 because the supplier is late')
    await say('2017-02-24', 'unflag 2.1 1', priya)
    expect(await pressUndo(flagged, '2017-02-24')).toContain('Somebody has said since')
    expect(await flagOn('2017-02-24')).toBe('none')
  })
})
