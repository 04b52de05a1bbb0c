import { describe, expect, test } from '@jest/globals'
import type { PersonRights } from '../../../src/features/people/load-rights.ts'
import { diffRights } from '../../../src/features/people/rights-diff.ts'

const asha: PersonRights = {
  ...{ id: 'a', name: 'Asha', roles: ['lead'], leads: ['2', '2.1'], sponsors: [] },
  ...{ accounts: ['slack T1/U1'], goneAccounts: [], elsewhere: [] },
}
const tom: PersonRights = {
  ...{ id: 't', name: 'Tom', roles: ['viewer'], leads: [], sponsors: ['3'] },
  ...{ accounts: [], goneAccounts: [], elsewhere: ['OTH'] },
}
const none = { added: [], removed: [] }
const unchanged = { roles: none, leads: none, sponsors: none }

describe('rights before and after', () => {
  test.each<[string, PersonRights[], PersonRights[], object]>([
    ['that are the same differ in nothing', [asha, tom], [tom, asha], { people: [], accounts: [] }],
    [
      'tell who is new',
      [tom],
      [tom, { ...asha, accounts: [] }],
      {
        people: [
          {
            ...{ name: 'Asha', became: 'new here', sponsors: none },
            roles: { added: ['lead'], removed: [] },
            leads: { added: ['2', '2.1'], removed: [] },
          },
        ],
        accounts: [],
      },
    ],
    [
      'tell who is not there any more, and keep their account',
      [tom],
      [{ ...tom, roles: [], sponsors: [] }],
      {
        people: [
          {
            ...{ name: 'Tom', became: 'not here any more', leads: none },
            roles: { added: [], removed: ['viewer'] },
            sponsors: { added: [], removed: ['3'] },
          },
        ],
        accounts: [],
      },
    ],
    [
      'tell what somebody leads now and what no more, by the name they have now',
      [asha],
      [{ ...asha, name: 'Asha Verity', leads: ['2.1', '2.2'] }],
      {
        people: [
          {
            ...unchanged,
            ...{
              name: 'Asha Verity',
              became: 'changed',
              leads: { added: ['2.2'], removed: ['2'] },
            },
          },
        ],
        accounts: [],
      },
    ],
    [
      'tell of an account that moved from whom to whom, and where it counts too',
      [asha, tom],
      [
        { ...asha, accounts: [] },
        { ...tom, accounts: ['slack T1/U1'] },
      ],
      {
        people: [],
        accounts: [{ account: 'slack T1/U1', from: 'Asha', to: 'Tom', elsewhere: ['OTH'] }],
      },
    ],
    [
      'tell of an account that is nobody’s now',
      [asha],
      [{ ...asha, accounts: [] }],
      {
        people: [],
        accounts: [{ account: 'slack T1/U1', from: 'Asha', to: null, elsewhere: [] }],
      },
    ],
  ])('%s', (_, before, after, difference) => {
    expect(diffRights(before, after)).toEqual(difference)
  })
})
