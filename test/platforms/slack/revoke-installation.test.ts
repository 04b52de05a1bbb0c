import { expect, test } from '@jest/globals'
import { revokeInstallation } from '../../../src/platforms/slack/revoke-installation.ts'

const at = { event_time: 1_480_000_000 }
const uninstalled = { type: 'app_uninstalled' }
const revoked = (tokens: object) => ({ type: 'tokens_revoked', tokens })
const byOrganisation = { team_id: 'T1', enterprise_id: 'E1', is_enterprise_install: true }

test.each([
  ['that took the app away', { team_id: 'T1', event: uninstalled }, ['T1 app_uninstalled']],
  [
    'that took its token',
    { team_id: 'T1', event: revoked({ bot: ['B1'] }) },
    ['T1 tokens_revoked'],
  ],
  ['in which only a person took theirs', { team_id: 'T1', event: revoked({ oauth: ['U1'] }) }, []],
  [
    'of an organisation that took it from all',
    { ...byOrganisation, event: uninstalled },
    ['E1 app_uninstalled'],
  ],
  ['that nobody names', { event: uninstalled }, []],
])('a workspace %s', async (_, body, expected) => {
  const found: string[] = []
  const installations = {
    revoke: async ({ tenant }: { tenant: string }, by: string, when: Date) => {
      expect(when.toISOString()).toBe('2016-11-24T15:06:40.999Z')
      found.push(`${tenant} ${by}`)
    },
  }
  const log = { info() {}, warn() {}, error() {} }
  await revokeInstallation({ ...body, ...at }, installations, log)
  expect(found).toEqual(expected)
})
