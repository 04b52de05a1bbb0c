import { beforeEach, describe, expect, test } from '@jest/globals'
import { expandCard } from '../../../src/chat/cards.ts'
import { confirmationSetting } from '../../../src/domain/plan/settings.ts'
import { noSettings, parseSettings } from '../../../src/domain/programme/setting.ts'
import { parseCustomStates } from '../../../src/domain/scheme/custom-scheme.ts'
import { criteriaSetting, schemeSetting } from '../../../src/domain/scheme/settings.ts'
import { toModal } from '../../../src/platforms/slack/converter/modal.ts'
import { viewProblems } from '../../../src/playground/slack/limits.ts'
import {
  type Chat,
  chatOn,
  emptyDatabase,
  projectIdOf,
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
  const { db } = fresh
  ;[asha, priya] = await storePeople(db, 'Asha Verity', 'Priya Marlowe')
  programmeId = await storeProgramme(db, {
    key: 'BCS',
    office: [priya],
    projects: [
      { ref: '2.1', title: 'Practice standards', leads: [asha] },
      { ref: '2.2', title: 'Assessments', leads: [asha] },
    ],
  })
  chat = chatOn(db, '2017-02-24')
})

const settings = async () =>
  parseSettings(
    (await fresh.db.programme.findUniqueOrThrow({ where: { id: programmeId } })).settings,
  )
const words = async (who: StoredPerson, typed: string) => wordsOf(await chat.ask(who, typed))
const form = async () =>
  chat.press(asha, 'update:form', { project: await projectIdOf(fresh.db, '2.1') })

test('ratings by dimension are kept where the office chose them: asked about, shown with the last, taken back', async () => {
  expect(await words(asha, '2.1 green cost red')).toContain('Reason: cost red')
  expect(await words(priya, 'admin dimensions cost, money')).toContain('“money” is no dimension')
  expect(await words(priya, 'admin dimensions time and cost')).toContain(
    'Programme BCS rates time and cost beside the whole',
  )
  expect(await words(asha, '2.1 amber cost amber because it is dear green by 30 Jun')).toContain(
    'Cost ▲ Amber.\nReason: it is dear',
  )
  chat = chatOn(fresh.db, '2017-02-27')
  const asked = await chat.ask(asha, '2.1 green cost red time green')
  expect(asked.card.data).toMatchObject({
    isLong: true,
    needs: { isReasonRequired: true },
    problems: { reason: 'Say in a few words why it is Green although Cost is Red.' },
    dimensions: [
      { id: 'time', value: 'green' },
      { id: 'cost', value: 'red' },
    ],
  })
  const saved = await chat.submit(asha, 'update', {
    ...{ project: await projectIdOf(fresh.db, '2.1'), state: 'green', reason: 'It is agreed' },
    ...{ time: 'green', cost: 'red' },
  })
  expect(wordsOf(saved)).toContain('Time ● Green, Cost ◆ Red.')
  expect(await words(asha, '2.1')).toContain('Cost ◆ Red (Mon 27 Feb 2017, before that Amber)')
  await words(asha, 'undo')
  expect(await words(asha, '2.1')).toContain('Cost ▲ Amber (Fri 24 Feb 2017)')
})

describe('the scheme of a programme', () => {
  test('is shown with its states, and what else there is', async () => {
    const shown = await words(priya, 'admin scheme')
    expect(shown).toContain('Programme BCS uses RAG, worst first: ◆ Red, ▲ Amber, ● Green.')
    expect(shown).toContain('BRAG (/rag admin scheme brag): ◆ Red, ▲ Amber, ● Green, ■ Blue.')
  })

  test('is chosen by the programme office, and its updates and forms speak in it', async () => {
    await words(priya, 'admin scheme delivery for BCS')
    expect(await words(asha, '2.1 missed deadline no provider green by 30 Jun')).toContain(
      '2.1 Practice standards is ◆ Missed deadline/Major issues, as at Fri 24 Feb 2017.',
    )
    expect(await words(asha, '2.2 on track')).toContain('is ● On track/No issues')
    expect(await words(asha, '2.2 no update required')).toContain('is ◇ No update required')
    const reply = await form()
    expect(reply.card.data).toMatchObject({
      now: '◆ Missed deadline/Major issues, as at Fri 24 Feb 2017',
      states: [
        { value: 'major-issues', title: '◆ Missed deadline/Major issues' },
        { value: 'minor-issues' },
        { value: 'on-track' },
        { value: 'completed', title: '■ Completed' },
        { value: 'no-update-required' },
        { value: 'not-applicable' },
        { value: 'not-yet-available' },
      ],
      goal: 'On track/No issues',
      criteria: [],
      criteriaRule: '',
    })
    const where = { tenant: 'T1', conversation: 'C1', kind: 'channel' as const, message: '1.2' }
    const view = toModal(expandCard(reply.card), where)
    expect(viewProblems(view)).toEqual([])
    expect(JSON.stringify(view)).not.toMatch(/criteria|RAG/)
  })

  test('from a form keeps a reason whole that goes on like a state', async () => {
    await words(priya, 'admin scheme delivery')
    const project = await projectIdOf(fresh.db, '2.1')
    const filled = { project, state: 'major-issues', reason: 'missed deadline', date: '2017-06-30' }
    await chat.submit(asha, 'update', filled)
    expect(await fresh.db.statusUpdate.findMany()).toMatchObject([
      { state: 'major-issues', reason: 'missed deadline' },
    ])
  })

  test('may be its own', async () => {
    await words(priya, 'admin scheme own Stalled red, Slipping a bit amber, Moving green')
    expect(await words(asha, '2.1 slipping a bit we lost a writer green by 30 Jun')).toContain(
      'is ▲ Slipping a bit',
    )
    expect(await words(asha, '2.1 slippin')).toContain(
      'I do not know the state “slippin”. Did you mean Slipping a bit? The states are Stalled, Slipping a bit and Moving.',
    )
    expect(await words(priya, 'admin scheme')).toContain('uses Own, worst first: ◆ Stalled')
  })

  test('is changed where every state in use is in the new one, too', async () => {
    await words(asha, '2.1 red no provider green by 30 Jun')
    expect(await words(priya, 'admin scheme delivery')).toContain(
      'Programme BCS has used Red, which Delivery does not have: what was said could not be read any more. Nothing was changed.',
    )
    expect(schemeSetting.of(await settings())).toBe('rag')
    expect(await words(priya, 'admin scheme brag')).toContain('uses BRAG')
    expect(await words(asha, '2.1')).toContain('◆ Red')
    await words(asha, '2.2 blue')
    expect(await words(priya, 'admin scheme rag')).toContain('has used Blue, which RAG does not')
    expect(schemeSetting.of(await settings())).toBe('brag')
  })

  test('is asked about where its name is not known', async () => {
    expect(await words(priya, 'admin scheme bragg')).toContain(
      'I do not know the scheme “bragg”. Did you mean brag?',
    )
    expect(await words(priya, 'admin scheme own')).toContain('Say the states, worst first')
  })

  test.each(['admin scheme', 'admin scheme brag', 'admin criteria off', 'admin confirm done on'])(
    'and the rest are for the programme office alone: "%s"',
    async (typed) => {
      expect(await words(asha, typed)).toContain('Only the programme office of Programme BCS')
      expect(await settings()).toEqual(noSettings)
    },
  )
})

describe('states of a programme’s own', () => {
  test('have a key, a letter and a shape each, and are good where they are green or blue', () => {
    expect(parseCustomStates('Stalled red, Stopped (red); Moving green, Done blue')).toMatchObject([
      { key: 'own-stalled', letter: 'S', shape: '◆', colour: 'red', severity: 3, good: false },
      { key: 'own-stopped', letter: 'ST', shape: '★', colour: 'red', severity: 2, good: false },
      { key: 'own-moving', letter: 'M', shape: '●', colour: 'green', severity: 1, good: true },
      { key: 'own-done', letter: 'D', shape: '■', colour: 'blue', severity: 0, good: true },
    ])
  })

  test.each([
    ['Moving green', 'A scheme has 2 to 7 states.'],
    ['Stalled, Moving green', 'I found no colour in “Stalled”.'],
    ['Stalled red, Slow amber', 'At least one state is green or blue'],
    ['Fine green, Done blue', 'At least one state is green or blue'],
    ['Stalled red, stalled amber, Moving green', '“own-stalled” would mean two states.'],
    ['N/A red, Moving green', '“n/a” would mean two states.'],
    ['<b>Stalled</b> red, Moving green', 'cannot be a state'],
  ])('"%s" says what to mend', (text, problem) => {
    expect(() => parseCustomStates(text)).toThrow(problem)
  })
})

describe('the criteria of a programme', () => {
  test('are shown, added to, removed, left out and brought back', async () => {
    expect(await words(priya, 'admin criteria')).toContain('1. Clear scope (critical)')
    await words(priya, 'admin criteria add Money is there critical')
    await words(priya, 'admin criteria add Children were asked for BCS')
    const shown = await words(priya, 'admin criteria remove 2')
    expect(shown.split('\n').slice(1, 8)).toEqual([
      '1. Clear scope (critical)',
      '2. Resource allocated',
      '3. Project plan developed',
      '4. Ambitious delivery timescales',
      '5. Money is there (critical)',
      '6. Children were asked',
      'All six: Green. One missing: Amber. Two missing, or a critical one: Red.',
    ])
    expect((await form()).card.data).toMatchObject({
      criteria: [{}, {}, {}, {}, { value: 'money-is-there' }, { title: 'Children were asked' }],
    })
    await words(priya, 'admin criteria off')
    expect((await form()).card.data).toMatchObject({ criteria: [] })
    await words(priya, 'admin criteria five')
    expect((await form()).card.data).toMatchObject({ criteria: { length: 5 } })
  })

  test('decide by the rule that was chosen', async () => {
    await words(priya, 'admin criteria off')
    await words(priya, 'admin criteria add Money critical')
    const project = await projectIdOf(fresh.db, '2.1')
    await chat.submit(asha, 'update', { project, state: 'green', criteria: ['money'] })
    expect(await fresh.db.statusUpdate.findMany()).toMatchObject([
      { derived: 'green', criteria: ['money'] },
    ])
  })

  test.each([
    ['admin criteria add clear scope', 'There is a criterion “clear scope” already.'],
    ['admin criteria remove 6', 'There is no criterion 6.'],
    ['admin criteria add *bold*', 'Use letters and figures only.'],
  ])('"%s" is refused', async (typed, problem) => {
    expect(await words(priya, typed)).toContain(problem)
    expect(criteriaSetting.of(await settings())).toBeUndefined()
  })
})

test('whether a second person confirms is switched on and off', async () => {
  await words(priya, 'admin confirm done on')
  expect(await words(priya, 'admin confirm improvement ON')).toContain(
    'from now on, an improvement from the worst state counts when a second person has confirmed it.',
  )
  expect(confirmationSetting.of(await settings())).toEqual({ done: true, improvement: true })
  await words(priya, 'admin confirm done off')
  expect(confirmationSetting.of(await settings())).toEqual({ done: false, improvement: true })
})

describe('mismatches', () => {
  const tick = async (state: string, criteria: string[], differs = '') =>
    chat.submit(asha, 'update', {
      ...{ project: await projectIdOf(fresh.db, '2.1'), state, criteria, differs },
      ...{ reason: 'No provider', date: '2017-06-30' },
    })

  test('are shown to the programme office, with the reason', async () => {
    await tick('green', ['scope'], 'The tender decides')
    expect(await words(priya, 'mismatches')).toContain(
      '2.1 Practice standards is ● Green; its criteria of Fri 24 Feb 2017 come to ◆ Red. Reason: The tender decides',
    )
    expect(await words(asha, 'mismatches')).toContain('Only the programme office')
    expect((await chat.ask(asha, '2.1')).card.data).toMatchObject({
      details: expect.arrayContaining([
        { label: 'The five criteria', text: '◆ Red' },
        { label: 'Why it differs', text: 'The tender decides' },
      ]),
    })
  })

  test('do not go away by a Green that is typed', async () => {
    await tick('red', ['scope'])
    expect(await words(priya, 'mismatches')).toContain('Every state agrees')
    await chatOn(fresh.db, '2017-03-03').ask(asha, '2.1 green')
    const later = await chatOn(fresh.db, '2017-03-03').ask(priya, 'mismatches')
    expect(wordsOf(later)).toContain(
      'is ● Green; its criteria of Fri 24 Feb 2017 come to ◆ Red. No reason given.',
    )
  })

  test('are told with the preview of a digest, to the programme office alone', async () => {
    await tick('green', ['scope'], 'The tender decides')
    expect(wordsOf(await chat.ask(priya, 'digest'))).toContain(
      'Only you see this: 1 project differs from its criteria. /rag mismatches lists them.',
    )
    expect(wordsOf(await chat.ask(asha, 'digest'))).not.toContain('criteria')
  })

  test('list what waits for a second person, too', async () => {
    await words(priya, 'admin confirm improvement on')
    await words(asha, '2.1 red no provider green by 30 Jun')
    await chatOn(fresh.db, '2017-03-03').ask(asha, '2.1 green')
    expect(wordsOf(await chatOn(fresh.db, '2017-03-03').ask(priya, 'mismatches'))).toContain(
      '2.1 Practice standards: ● Green since Fri 3 Mar 2017 awaits confirmation.',
    )
  })
})
