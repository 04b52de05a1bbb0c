import { expect, test } from '@jest/globals'
import { noteWorkspaceAccess } from '../../../src/platforms/slack/workspace-access.ts'

const granted = { type: 'team_access_granted', team_ids: ['T1', 'T2'] }
const revoked = { ...granted, type: 'team_access_revoked' }
const at = '2016-11-24T15:06:40.999Z'

test.each([
  [
    'each workspace that it grants',
    { enterprise_id: 'E1', event: granted },
    ['T1 by E1', 'T2 by E1'],
  ],
  [
    'none of those that it takes back',
    { authorizations: [{ enterprise_id: 'E1', team_id: null }], event: revoked },
    [`T1 not by E1 team_access_revoked ${at}`, `T2 not by E1 team_access_revoked ${at}`],
  ],
  ['what it was, if it is not named', { event: granted }, []],
])('a Slack organisation has Milepost serve %s', async (_, body, expected) => {
  const found: string[] = []
  const log = { info() {}, warn() {}, error() {} }
  await noteWorkspaceAccess(
    { team_id: null, event_time: 1_480_000_000, ...body },
    {
      noteServedVia: async ({ tenant }, via) => void found.push(`${tenant} by ${via}`),
      endServedVia: async ({ tenant }, { viaTenant, by, at }) =>
        void found.push(`${tenant} not by ${viaTenant} ${by} ${at.toISOString()}`),
    },
    log,
  )
  expect(found).toEqual(expected)
})
