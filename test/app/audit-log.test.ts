import { describe, expect, test } from '@jest/globals'
import { auditEntryOf } from '../../src/app/audit-log.ts'
import type { HandledRequest } from '../../src/chat/router-options.ts'

const channel = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' } as const
const handled: HandledRequest = {
  ...{ platform: 'slack', command: 'update', outcome: 'answered', ms: 12, isSaved: true },
  args: { project: '2.1', state: 'amber', reason: 'Asha Verity is ill' },
  request: {
    key: 'slack:trigger:T1:1',
    input: { by: 'text', text: '2.1 amber Asha Verity is ill' },
    actor: { platform: 'slack', tenant: 'T1', user: 'U1', displayName: 'Priya Marlowe' },
    place: channel,
  },
}

describe('a line of the audit log', () => {
  test('says who did what to which project, from where, and nothing that was written', () => {
    expect(auditEntryOf(handled)).toEqual({
      ...{ audit: true, key: 'slack:trigger:T1:1', platform: 'slack', tenant: 'T1', user: 'U1' },
      ...{ conversation: 'C1', isChannel: true, by: 'text', command: 'update' },
      ...{ outcome: 'answered', changed: true, about: { project: '2.1' } },
    })
    expect(JSON.stringify(auditEntryOf(handled))).not.toMatch(/Asha|ill|Priya|amber/)
  })

  test.each<[string, Partial<HandledRequest>, boolean]>([
    ['that only read', { command: 'show', isSaved: false }, false],
    ['that was refused', { outcome: 'refused' }, false],
    ['that was done already', { outcome: 'repeat' }, false],
    ['that was done', {}, true],
  ])('of a request %s says whether it changed anything', (_what, more, changed) => {
    expect(auditEntryOf({ ...handled, ...more }).changed).toBe(changed)
  })

  test.each([
    ['2.1', { project: '2.1' }],
    ['W17/2.1', { project: 'W17/2.1' }],
    ['0b9e7c1e-1111-4000-8000-000000000001', { project: '0b9e7c1e-1111-4000-8000-000000000001' }],
    ['the one of Asha', undefined],
    ['Asha', undefined],
    [{ name: 'Asha 1' }, undefined],
  ])('names a thing by its ref or id: %j', (project, about) => {
    expect(auditEntryOf({ ...handled, args: { project } }).about).toEqual(about)
  })
})
