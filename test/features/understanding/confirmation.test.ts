import { describe, expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import { civilDate } from '../../../src/base/dates.ts'
import { parseCommand } from '../../../src/chat/commands.ts'
import { confirmed } from '../../../src/features/understanding/confirmation.ts'
import { endsInFarYear } from '../../../src/features/understanding/far-days.ts'
import { inferencesIn } from '../../../src/features/understanding/inferences.ts'
import { plainWords, understand } from '../../../src/features/understanding/understand.ts'
import { phrases } from './phrases.ts'
import { sampleVocabulary } from './sample-vocabulary.ts'

const vocabulary = await sampleVocabulary()
const { commands } = buildCommandRegistry()
const today = civilDate('2026-02-27')
const context = { today, vocabulary }

function lineOf(said: string) {
  const reading = understand(said, context)
  if (reading.kind !== 'line') throw new Error(`“${said}” is a ${reading.kind}`)
  const meant = parseCommand(commands, reading.line)
  if (!meant) throw new Error(`No command reads “${reading.line}”`)
  return { reading, meant }
}

const inferred = (said: string) => {
  const { reading, meant } = lineOf(said)
  const { line } = reading
  return inferencesIn(
    plainWords(said),
    { line, command: meant.command.name, args: meant.raw },
    today,
  )
}

const readingOf = (said: string) => {
  const { reading, meant } = lineOf(said)
  return confirmed(plainWords(said), reading, meant, context)
}

describe('what was said in so many words is saved at once', () => {
  test.each([
    // the plain grammar
    '2.1 green',
    '2.1 amber supplier late green by 30 Apr',
    'no change 2.1',
    'done 2.1 1',
    'done 2.1 page review',
    'move 2.1 2 to 15 May because late',
    'away 3 Aug to 14 Aug deputy Tom Quill',
    'set 2.3 leads to Tom Quill',
    // how it is spelt
    '2.1: GREEN!',
    '#2.1 = green',
    'done 2.1.1',
    'done 2.1/1',
    '2.1 🟠 supplier late green by 30.4.26',
    '2.1 yellow supplier late green by Apr 30',
    '2.1 amber supplier late green by the 30th of April',
    '2.1 amber supplier late, green by 2026-04-30',
    '2.1 red no supplier green by 30/4',
    'away 3–14 August',
    // what fills the gaps
    'Hi Milepost, please set 2.1 to green, thanks',
    'could you mark 2.1 as green',
    '2.1 is amber because the supplier is late, back to green by 30 Apr',
    'I have finished 2.1 1',
    'mark 2.1 milestone 1 as complete',
    'postpone 2.1 2 until 15 May since the printer is late',
    '2.1 same as last week',
    '2.1 is unchanged',
    // what can be nothing else
    'green 2.1',
    'amber 2.1 supplier late green by 30 April',
    '2.1 amber supplier late green by end of March',
    'off tomorrow',
    // what saves nothing, or nothing of the plan
    'what is due this week?',
    'show practice standards online',
    'snooze 2.1 for two weeks',
    'remind me about 2.1 next Friday',
  ])('%s', (said) => {
    expect(readingOf(said)).toEqual(lineOf(said).reading)
  })
})

describe('what was inferred beyond spelling is shown first', () => {
  test.each([
    ['practice standards online green', ['project']],
    ['better assessments amber no tutor green by 30 Apr', ['project']],
    ['2.1 amber supplier late; expect green in 3 weeks', ['day']],
    ['2.1 amber supplier late green by next Friday', ['day']],
    ['2.1 amber supplier late green by end of next week', ['day']],
    ['move 2.1 2 by two weeks because late', ['day']],
    ['I am on holiday next week', ['day']],
    ['away 3 Aug to 14 Aug cover Tom', ['person']],
    ['2.1 amber green by 30 Apr supplier is late', ['reason']],
    ['2.1 amber two posts are vacant green by 30 Apr we hope', ['reason']],
    ['flag 2.1 green', ['meaning']],
    ['2.1 looks green', ['meaning']],
    ['2.1 nothing to report', ['meaning']],
    ['no update for 2.1', ['meaning']],
    ['signed off 2.1 1', ['meaning']],
    ['make Tom Quill the lead of 2.3', ['meaning']],
    ['oops', ['meaning']],
    ['stop the digest', ['channel']],
    ['post the digest every monday at 9am', ['channel']],
  ])('%s', (said, wanted) => {
    expect(inferred(said)).toEqual(wanted)
    expect(readingOf(said)).toMatchObject({ kind: 'confirmation' })
  })
})

describe('a day years outside the plan’s span', () => {
  test.each([
    'move 2.1 2 to 31 March 2034 because late',
    'move 2.1/2 to 31/03/2034 because late',
    'move 2.1 2 to 3 March 2016 because late',
    '2.1 amber supplier late green by 30 Apr 2033',
    'set 2.3 start to 1 May 2035',
    'add milestone 2.1 Roll out by 31 March 2034',
    'away 3 Aug 2033 to 14 Aug 2033',
  ])('%s is shown first, and saved by one press', (said) => {
    const reading = readingOf(said)
    expect(reading).toMatchObject({ kind: 'confirmation' })
    expect(reading.kind === 'confirmation' && reading.shown.at(-1)).toContain(
      'is more than 5 years from today, and from the other dates of the plan.',
    )
  })

  test.each([
    ['move 2.1 2 to 31 March 2062 because late'],
    ['move 2.1/2 to 31 March 2062'],
    ['2.1 amber supplier late green by 30 Apr 2062'],
    ['set 2.3 start to 1 May 2062'],
  ])('%s is no day that a plan has: which is meant is asked', (said) => {
    const read = understand(said, context)
    const reading = read.kind === 'line' ? readingOf(said) : read
    expect(reading).toMatchObject({ kind: 'question', about: 'day' })
    expect(reading.kind === 'question' && reading.text).toMatch(/2062.* Nothing was saved/)
  })

  test('is none where the plan looks as far', () => {
    const [project, ...others] = vocabulary.projects
    if (!project) throw new Error('The sample plan has no projects')
    const far = { position: 9, text: 'Last phase', due: civilDate('2034-03-31'), isOpen: true }
    const projects = [{ ...project, milestones: [...project.milestones, far] }, ...others]
    const { reading, meant } = lineOf('move 2.1 2 to 31 March 2034 because late')
    const longPlan = { today, vocabulary: { ...vocabulary, projects } }
    expect(confirmed(reading.line, reading, meant, longPlan)).toEqual(reading)
  })

  test('is looked at in the plain update, too', () => {
    expect(endsInFarYear('2.1 red no staff green by 1 May 2062', today)).toBe(true)
    expect(endsInFarYear('2.1 red no staff green by 1 May 2027', today)).toBe(false)
  })
})

test('it is shown with whole titles, and days with their weekday', () => {
  const shown = (said: string) => {
    const reading = readingOf(said)
    return reading.kind === 'confirmation' ? reading.shown : []
  }
  expect(shown('practice standards amber supplier late green by 30 Apr')).toEqual([
    '2.1 Practice standards online',
    'Status: Amber',
    'Why: supplier late',
    'Back to Green by: Thu 30 Apr 2026',
  ])
  expect(shown('delay 2.1 2 by a fortnight because late')).toEqual([
    '2.1 Practice standards online',
    'Milestone: 2 Monthly page review begins',
    'New day: Wed 15 Apr 2026',
    'Why: late',
  ])
  expect(shown('off next week, Tom is my cover')).toEqual([
    'Away from: Mon 2 Mar 2026',
    'to: Sun 8 Mar 2026',
    'Deputy: Tom Quill',
  ])
  expect(shown('make Tom the lead of 2.3')).toEqual(['set 2.3 leads to Tom Quill'])
})

test('what has no day yet is shown in the form, which asks for it', () => {
  expect(readingOf('practice standards amber supplier late')).toEqual({
    kind: 'form',
    command: 'update',
    args: { project: '2.1', state: 'amber', reason: 'supplier late' },
  })
})

/** Of our own phrases: no command reads them. */
const notUnderstood = [
  'we are amber on 2.1 because supplier late green by 30 Apr',
  ...['timezone Paris', 'remind me about 2.1 next week', 'add Tom Quill to 2.3'],
]

test('of our own phrases, two in three are saved without a question', () => {
  const saving = phrases.flatMap(([said, means]) => {
    const isAsked = means.startsWith('?') || understand(said, context).kind !== 'line'
    if (isAsked || notUnderstood.includes(said)) return []
    return lineOf(said).meant.command.isReadOnly ? [] : [said]
  })
  const asked = saving.filter((said) => readingOf(said).kind !== 'line')
  expect(asked.length).toBeLessThanOrEqual(saving.length / 3)
})
