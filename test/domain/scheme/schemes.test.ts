import { describe, expect, test } from '@jest/globals'
import { fold } from '../../../src/base/text.ts'
import { parseCustomStates } from '../../../src/domain/scheme/custom-scheme.ts'
import {
  allStates,
  brag,
  builtInSchemes,
  customScheme,
  delivery,
  formatState,
  goalOf,
  isComplete,
  isOnScale,
  nearestState,
  needsReason,
  parseState,
  rag,
  schemeOf,
  splitState,
  stateByKey,
  stateNouns,
} from '../../../src/domain/scheme/schemes.ts'
import { settingsWith } from '../../support/settings.ts'

describe('the state a word means', () => {
  test.each([
    ['red', 'red'],
    ['R', 'red'],
    ['Amber', 'amber'],
    ['a', 'amber'],
    ['А', 'amber'], // Cyrillic
    ['Α', 'amber'], // Greek
    [' GREEN ', 'green'],
    ['Ｇ', 'green'], // full width
    ['gr\u200Been', 'green'], // a zero width space inside
    ['Ⓡ', 'red'], // in a circle
    ['🔴', 'red'],
    ['🟥', 'red'],
    ['🟠', 'amber'],
    ['🟡', 'amber'],
    ['🟧', 'amber'],
    ['🟨', 'amber'],
    ['🟢', 'green'],
    ['🟩', 'green'],
    [':large_green_circle:', 'green'], // as Slack writes an emoji
    ['▲', 'amber'],
    ['◆ Red', 'red'], // as we write it
    ['🔴\uFE0F Red', 'red'],
    ['No update required', 'no-update-required'],
    ['n/a', 'not-applicable'],
    ['N / A', 'not-applicable'],
    ['NYA', 'not-yet-available'],
    ['Not yet available', 'not-yet-available'],
  ])('"%s" is %s', (word, key) => {
    expect(parseState(rag, word)?.key).toBe(key)
  })

  test.each([
    ['B', 'blue'],
    ['В', 'blue'], // Cyrillic
    ['🔵', 'blue'],
    ['🟦', 'blue'],
    ['complete', 'blue'],
    ['g', 'green'],
  ])('"%s" is %s in BRAG', (word, key) => {
    expect(parseState(brag, word)?.key).toBe(key)
  })

  test.each([
    ['On track/No Issues', 'on-track'],
    ['on track', 'on-track'],
    ['Possibility of Missing Deadlines/Minor Issues', 'minor-issues'],
    ['Possibility of Missing Deadline/Minor Issues', 'minor-issues'], // printed so, too
    ['Missed Deadline / Major Issues', 'major-issues'],
    ['missed deadline', 'major-issues'],
    ['● On track/No issues', 'on-track'],
    ['Completed', 'completed'],
    ['🟡', 'minor-issues'],
    ['Yellow', 'minor-issues'],
    ['Red', 'major-issues'],
  ])('"%s" is %s in the delivery key', (word, key) => {
    expect(parseState(delivery, word)?.key).toBe(key)
  })

  test.each(['ambr', 'blank', 'not rated', '', 're', 'red!', '🔵', '🟢 red', 'on track', '△'])(
    '"%s" is none: it is asked about, never guessed',
    (word) => {
      expect(parseState(rag, word)).toBeUndefined()
    },
  )

  test.each([
    ['ambr', 'amber'],
    ['reed', 'red'],
    ['gren', 'green'],
    ['gre', 'green'],
  ])('"%s" was most likely meant to be %s', (word, key) => {
    expect(nearestState(rag, word)?.key).toBe(key)
  })

  test.each([
    ['on trakc', 'on-track'],
    ['possib', 'minor-issues'],
    ['mised deadline', 'major-issues'],
    ['no update requird', 'no-update-required'],
  ])('"%s" was most likely meant to be %s in the delivery key', (words, key) => {
    expect(nearestState(delivery, words)?.key).toBe(key)
  })

  test('has no nearest state where no word is similar', () => {
    expect(nearestState(rag, 'purple')).toBeUndefined()
  })
})

describe('a text that begins with a state', () => {
  test.each([
    ['on track the site is up', 'on-track', 'the site is up'],
    ['missed deadline waiting for legal', 'major-issues', 'waiting for legal'],
    ['Missed Deadline / Major Issues no money', 'major-issues', 'no money'],
    ['no update required', 'no-update-required', ''],
    ['g', 'on-track', ''],
    ['amber two lines\nof reason', 'minor-issues', 'two lines\nof reason'],
  ])('"%s" is parted after the longest that fits', (text, key, rest) => {
    const split = splitState(delivery, text)
    expect([split.state?.key, split.rest]).toEqual([key, rest])
  })

  test('gives the first word where the state is unknown', () => {
    expect(splitState(rag, 'ambr for now')).toEqual({
      state: undefined,
      stateText: 'ambr',
      rest: 'for now',
    })
    expect(splitState(rag, '')).toEqual({ state: undefined, stateText: '', rest: '' })
  })
})

const own = customScheme([
  {
    ...{ key: 'own-stalled', label: 'Stalled', letter: 'S', shape: '◆', colour: 'red' },
    ...{ severity: 1, good: false, words: [] },
  },
  {
    ...{ key: 'own-moving', label: 'Moving', letter: 'M', shape: '●', colour: 'green' },
    ...{ severity: 0, good: true, words: [] },
  },
])

describe.each([...Object.values(builtInSchemes), own].map((each) => [each.label, each] as const))(
  'the scheme %s',
  (_label, scheme) => {
    const all = [...allStates(scheme), scheme.blank]

    test('has a word, a key and a shape of its own for each state: colour says nothing alone', () => {
      expect(new Set(all.map(({ key }) => key)).size).toBe(all.length)
      expect(new Set(all.map(({ label }) => label)).size).toBe(all.length)
      expect(new Set(all.map(({ shape }) => shape)).size).toBe(all.length)
    })

    test('means one state by each of its words', () => {
      for (const state of allStates(scheme)) {
        for (const word of [...state.words, formatState(state)]) {
          expect(parseState(scheme, word)).toBe(state)
        }
      }
    })

    test('splits a key from a reason that reads like more of it', () => {
      // A form gives keys: "missed" and "deadline again" must not become "missed deadline" and "again".
      // Nobody begins a reason with a slash: "Amber/Red" is one word.
      const words = all.flatMap(({ words, label }) =>
        words.filter((word) => word !== fold(label) || !label.includes('/')),
      )
      for (const { key } of allStates(scheme)) {
        expect(words.filter((word) => new RegExp(`^${key}[ /]`).test(word))).toEqual([])
      }
    })

    test('goes from the worst to the best', () => {
      const severities = scheme.states.map(({ severity }) => severity)
      expect(severities).toEqual(severities.toSorted((a, b) => b - a))
      expect(severities.at(-1)).toBe(0)
    })

    test('treats unknown, blank and not applicable as off the scale, never as good', () => {
      expect(stateByKey(scheme, 'blank')).toBe(scheme.blank)
      expect(stateByKey(scheme, 'mauve')).toBe(scheme.blank)
      for (const state of [...scheme.specials, scheme.blank]) {
        expect([isOnScale(state), state.good, needsReason(state)]).toEqual([false, false, false])
      }
    })
  },
)

test('each scheme has its states, worst first', () => {
  expect(rag.states.map(formatState)).toEqual(['◆ Red', '▲ Amber', '● Green'])
  expect(brag.states.map(formatState)).toEqual(['◆ Red', '▲ Amber', '● Green', '■ Blue'])
  expect(delivery.states.map(formatState)).toEqual([
    '◆ Missed deadline/Major issues',
    '▲ Possibility of missing deadlines/Minor issues',
    '● On track/No issues',
    '■ Completed',
  ])
})

test('states worse than the good ones need a reason', () => {
  expect([...rag.states, rag.blank].map(needsReason)).toEqual([true, true, false, false])
  expect(brag.states.map(needsReason)).toEqual([true, true, false, false])
  expect(delivery.states.map(needsReason)).toEqual([true, true, false, false])
})

test('the goal is Green, also where Blue is better', () => {
  expect([rag, brag, delivery, own].map((each) => goalOf(each).label)).toEqual([
    'Green',
    'Green',
    'On track/No issues',
    'Moving',
  ])
})

test('a programme has the scheme that it chose, and RAG where it chose none', () => {
  expect(schemeOf(settingsWith())).toBe(rag)
  expect(schemeOf(settingsWith({ scheme: 'delivery' }))).toBe(delivery)
  const [stalled, moving] = own.states
  expect(schemeOf(settingsWith({ scheme: 'own', ownScheme: [stalled, moving] })).states).toEqual(
    own.states,
  )
})

test('the plural of a state', () => {
  expect([rag, delivery].flatMap(({ states }) => stateNouns(states[0] ?? rag.blank))).toEqual([
    ...['Red', 'Reds'],
    'project at “Missed deadline/Major issues”',
    'projects at “Missed deadline/Major issues”',
  ])
})

test.each([
  ['Blue', brag, true],
  ['Completed', delivery, true],
  ['Green', brag, false],
  ['Red', brag, false],
  ['Finished', customScheme(parseCustomStates('Stuck red, Moving green, Finished blue')), true],
  [
    'Outstanding',
    customScheme(parseCustomStates('Poor red, Good green, Outstanding green')),
    false,
  ],
])('%s is complete where nothing is left to do', (label, scheme, complete) => {
  const state = scheme.states.find((one) => one.label === label)
  expect(state && isComplete(state)).toBe(complete)
})
