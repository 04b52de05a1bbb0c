import { expect, test } from '@jest/globals'
import { TeamsConfig } from '../../../src/platforms/teams/config.ts'
import { createServedTenants } from '../../../src/platforms/teams/served-tenants.ts'

const states = { allowed: 'installed', ended: 'taken away' } as const
const asked: string[] = []
const config = TeamsConfig.parse({ mode: 'tenant', appId: 'a', appPassword: 'p', tenantId: 'ours' })
const { among, requireAllowed } = createServedTenants(config, {
  stateOf: async ({ tenant }) => {
    asked.push(tenant)
    return tenant === 'allowed' || tenant === 'ended' ? states[tenant] : 'unknown'
  },
})

test.each([
  ['ours', 'OURS', true],
  ['allowed', 'allowed', true],
  ['ended', 'ended', false],
  ['stranger', 'stranger', false],
])('of an activity of the tenant %s, %s is served: %s', async (tenantId, tenant, isServed) => {
  const claims = { conversation: { tenantId }, channelData: { tenant: { id: tenant } } }
  expect((await among(claims))(tenant)).toBe(isServed)
})

test('the database is asked once of a tenant that all parts of an activity name', async () => {
  asked.length = 0
  const tenant = { id: 'allowed' }
  await among({ conversation: { tenantId: 'allowed' }, channelData: { tenant }, from: {} })
  expect(asked).toEqual(['allowed'])
})

test('nothing is sent to a tenant that an operator ended; its messages wait', async () => {
  await expect(requireAllowed('ended')).rejects.toMatchObject({
    ...{ name: 'WorkspaceBrokenError', code: 'tenant_not_allowed' },
  })
  asked.length = 0
  await requireAllowed('ours')
  expect(asked).toEqual([])
  await requireAllowed('allowed')
  // A channel that is shared with somebody else's tenant.
  await requireAllowed('stranger')
})
