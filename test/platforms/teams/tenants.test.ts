import { describe, expect, test } from '@jest/globals'
import {
  isFromServedTenant,
  senderTenantOf,
  type TenantClaims,
} from '../../../src/platforms/teams/tenants.ts'

/** Of whom the conversation, the activity and the sender say that they are, in a channel. */
const inChannel = (conversation?: string, activity?: string, sender?: string): TenantClaims => ({
  conversation: { tenantId: conversation, conversationType: 'channel' },
  channelData: { tenant: activity ? { id: activity } : null },
  from: { tenantId: sender },
})
const isServed = (tenant: string) => tenant.toLowerCase() === 'ours'

describe('in a channel', () => {
  test.each<[string, TenantClaims, string | undefined, boolean]>([
    ['of ours, one of ours', inChannel('ours', 'ours'), 'ours', true],
    ['one of ours, in capitals', inChannel('ours', 'OURS'), 'ours', true],
    ['of ours, somebody of theirs', inChannel('ours', 'theirs'), 'theirs', true],
    ['of theirs, one of ours', inChannel('theirs', 'ours'), 'ours', true],
    ['of theirs, one of theirs', inChannel('theirs', 'theirs'), 'theirs', false],
    ['of ours, somebody whose own tenant is named', inChannel('ours', 'ours', 'x'), 'x', true],
    ['of ours, nobody’s tenant named', inChannel('ours'), 'ours', true],
    ['of nobody', inChannel(), undefined, false],
  ])('%s', (_, claims, sender, isTaken) => {
    expect(senderTenantOf(claims)).toBe(sender)
    expect(isFromServedTenant(claims, isServed)).toBe(isTaken)
  })
})

test.each(['personal', 'groupChat', undefined])(
  'in a conversation "%s" all must be served',
  (conversationType) => {
    const claims = {
      ...inChannel('ours', 'theirs'),
      conversation: { tenantId: 'ours', conversationType },
    }
    expect(isFromServedTenant(claims, isServed)).toBe(false)
  },
)
