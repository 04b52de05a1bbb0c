import { describe, expect, test } from '@jest/globals'
import {
  type Account,
  directPlaceOfAccount,
  inOrderOfTrial,
  isPassedOver,
  isPlaceOfAccount,
} from '../../../src/domain/people/accounts.ts'

const at = (day: string) => new Date(`2017-02-${day}T12:00:00Z`)
const account = (user: string, more: Partial<Account> = {}): Account => ({
  ...{ platform: 'slack', tenant: 'T1', user, conversationId: null, serviceUrl: null },
  ...{ lastActiveAt: null, goneAt: null },
  ...more,
})

describe('the accounts of one person', () => {
  test.each<[string, Account[], string[]]>([
    [
      'are tried in the order of which answered last',
      [
        account('never'),
        account('long ago', { lastActiveAt: at('01') }),
        account('lately', { lastActiveAt: at('20') }),
      ],
      ['lately', 'long ago', 'never'],
    ],
    [
      'of which none answered: one with a conversation comes first',
      [account('other'), account('known', { platform: 'teams', conversationId: 'a:1' })],
      ['known', 'other'],
    ],
    [
      'of which nothing is known: in the order of their platforms',
      [account('b', { platform: 'teams' }), account('a')],
      ['a', 'b'],
    ],
    [
      'of which one is gone: it hides no living one, though it answered last',
      [account('gone', { lastActiveAt: at('20'), goneAt: at('21') }), account('living')],
      ['living', 'gone'],
    ],
    [
      'of which one was gone long ago: it still hides no living one',
      [account('gone', { lastActiveAt: at('02'), goneAt: at('01') }), account('living')],
      ['living', 'gone'],
    ],
  ])('%s', (_, accounts, order) => {
    expect(inOrderOfTrial(accounts).map(({ user }) => user)).toEqual(order)
  })
})

test.each([
  [null, '24', false],
  ['24', '24', true],
  ['17', '23', true],
  ['17', '24', false],
])('an account that was gone on %s is passed over on %s: %s', (gone, day, isOver) => {
  expect(isPassedOver({ goneAt: gone === null ? null : at(gone) }, at(day))).toBe(isOver)
})

test('a place is that of the account by its conversation or by its user, in the same workspace alone', () => {
  const known = account('U1', { conversationId: 'D1' })
  const place = directPlaceOfAccount(known)
  expect(place).toMatchObject({ conversation: 'D1', kind: 'direct' })
  expect(isPlaceOfAccount(place, known)).toBe(true)
  expect(isPlaceOfAccount({ ...place, conversation: 'U1' }, known)).toBe(true)
  expect(isPlaceOfAccount({ ...place, conversation: 'D2' }, known)).toBe(false)
  expect(isPlaceOfAccount({ ...place, tenant: 'T2' }, known)).toBe(false)
  expect(isPlaceOfAccount({ ...place, platform: 'teams' }, known)).toBe(false)
})
