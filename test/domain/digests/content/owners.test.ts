import { expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { projectOwners } from '../../../../src/domain/digests/content/owners.ts'
import type { Audience } from '../../../../src/domain/programme/audience.ts'
import { aPlan } from '../../../support/plans.ts'

const ownersFor = (audience: Audience, settings: object = {}) =>
  projectOwners({
    audience,
    plan: aPlan({
      programme: { settings },
      workstreams: [{ ref: '1', leads: ['wren'] }, { ref: '2' }],
      projects: [{ ref: '1.1', leads: ['ann', 'ben'] }, { ref: '1.2' }, { ref: '2.1' }],
      people: ['ann', 'ben', 'wren'].map((id) => ({ id, name: `${id} Lee` })),
    }),
    ...{ register: [], previous: null, since: civilDate('2017-02-20') },
  })

const named = { '1.1': ['ann Lee', 'ben Lee'], '1.2': ['wren Lee'], '2.1': [] }

test.each([
  ['insiders', 'internal', {}, named],
  ['the board', 'board', {}, named],
  ['the public', 'public', {}, null],
  ['the board of a programme that names nobody', 'board', { digest: { owners: false } }, null],
] as const)(
  'owners, else the leads of the workstream, as %s is told',
  (_who, to, settings, told) => {
    expect(ownersFor(to, settings)).toEqual(told)
  },
)
