import { describe, expect, test } from '@jest/globals'
import {
  formatDiagnostics,
  holidayDiagnostic,
  outageDiagnostics,
  outboxDiagnostics,
  tokenKeyDiagnostics,
} from '../../../src/app/doctor/diagnostics.ts'
import { platforms } from '../../../src/app/platforms.ts'
import { civilDate } from '../../../src/base/dates.ts'
import { clockDiagnostic, type Diagnostic } from '../../../src/base/diagnostic.ts'
import { newKeyText, parseKeyRing } from '../../../src/base/encryption.ts'

const now = new Date('2026-03-02T09:00:00Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

describe('the clock', () => {
  test.each([
    ['agrees', 20, 'well'],
    ['is a minute off', 60, 'look'],
    ['is so far off that Slack refuses what we sign', 270, 'mend'],
  ])('%s', (_, seconds, state) => {
    for (const sign of [1, -1]) {
      const theirs = new Date(now.getTime() + sign * seconds * 1000)
      expect(clockDiagnostic('Slack', now, theirs)).toMatchObject({ about: 'Slack', state })
    }
  })
})

describe('bank holidays', () => {
  test('are known for this year and the next', () => {
    expect(holidayDiagnostic(civilDate('2026-03-02')).state).toBe('well')
  })

  test.each([
    ['2027-05-29', 'well'],
    ['2027-06-30', 'look'],
  ])('on %s are %s: a one-off day may have been proclaimed since', (today, state) => {
    expect(holidayDiagnostic(civilDate(today))).toMatchObject({
      state,
      ...(state === 'look' && { remedy: expect.stringContaining('admin closed') }),
    })
  })
})

describe('messages', () => {
  const none = { waiting: 0, dueSince: null, dead: 0, uncertain: 0 }

  test('are well where nothing is overdue', () => {
    expect(outboxDiagnostics(none, now)).toMatchObject([{ state: 'well' }])
    const onItsWay = { ...none, waiting: 3, dueSince: minutesAgo(9) }
    expect(outboxDiagnostics(onItsWay, now)).toMatchObject([{ state: 'well' }])
  })

  test('that wait for long say since when', () => {
    const found = outboxDiagnostics({ ...none, waiting: 3, dueSince: minutesAgo(11) }, now)
    expect(found).toMatchObject([{ state: 'mend', says: expect.stringContaining('11 minutes') }])
  })

  test('that could not be sent are for somebody to look at', () => {
    const found = outboxDiagnostics({ ...none, dead: 2, uncertain: 1 }, now)
    expect(found).toMatchObject([
      { state: 'look', says: 'In the last week 2 could not be sent, and 1 were possibly sent.' },
    ])
  })
})

test('findings read as lines, with a mark, a word and what to do', () => {
  const findings: Diagnostic[] = [
    { about: 'Database', state: 'well', says: 'PostgreSQL 18 answers.' },
    { about: 'Slack', state: 'mend', says: 'Slack does not answer.', remedy: 'Let it.' },
  ]
  expect(formatDiagnostics(findings)).toBe(
    '✓ well  Database: PostgreSQL 18 answers.\n✗ mend  Slack: Slack does not answer.\n          What to do: Let it.\n1 thing to mend.\nNext, Slack: Let it.',
  )
})

test('a workspace that refuses Milepost is to be mended, in the words of its platform', () => {
  const outage = { platform: 'slack', tenant: 'T1', since: minutesAgo(90), probeAt: now }
  const found = outageDiagnostics([{ ...outage, errorCode: 'slack:invalid_auth' }], platforms)
  expect(found).toMatchObject([
    {
      about: 'Slack',
      state: 'mend',
      says: expect.stringContaining('The workspace T1 has refused Milepost since Mon 2 Mar 2026'),
      remedy: expect.stringContaining('SLACK_BOT_TOKEN'),
    },
  ])
  expect(outageDiagnostics([], platforms)).toEqual([])
})

describe('the tokens of workspaces', () => {
  const keyRing = parseKeyRing([newKeyText('b'), newKeyText('a')].join(','))
  const use = (tenant: string, keyId: string) => ({ platform: 'slack', tenant, name: null, keyId })

  test('need no word while the first key encrypts them', () => {
    expect(tokenKeyDiagnostics([use('T1', 'b')], keyRing)).toEqual([])
    expect(tokenKeyDiagnostics([], undefined)).toEqual([])
  })

  test('that cannot be read are to be mended: the key that was lost, and what to do', () => {
    expect(tokenKeyDiagnostics([use('T1', 'b'), use('T2', 'old')], keyRing)).toMatchObject([
      {
        state: 'mend',
        says: 'The token of T2 cannot be read: its key “old” is not in TOKEN_KEYS. Its messages wait.',
        remedy: expect.stringContaining('have that workspace install Milepost again'),
      },
    ])
    expect(tokenKeyDiagnostics([use('T1', 'b')], undefined)).toMatchObject([{ state: 'mend' }])
  })

  test('of an earlier key are to be encrypted anew', () => {
    expect(tokenKeyDiagnostics([use('T1', 'a')], keyRing)).toMatchObject([
      { state: 'look', says: '1 token is encrypted by an earlier key (“a”).' },
    ])
  })
})
