import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { TeamsConfig } from '../../../src/platforms/teams/config.ts'
import {
  parseActivity,
  rejectionReason,
  teamsActivity,
} from '../../../src/platforms/teams/inbound.ts'

/** Activities in the shapes of Microsoft's documentation of Teams bots. */
const activities: Record<string, { conversation?: object; channelData?: object }> = JSON.parse(
  readFileSync(new URL('../payloads/teams-activities.json', import.meta.url), 'utf8').replaceAll(
    '$bot',
    '28:milepost',
  ),
)

const tenantId = '7c1e5a10-0000-4000-8000-000000000001'
const config = TeamsConfig.parse({ mode: 'tenant', appId: 'app', appPassword: 'secret', tenantId })

const done = { by: 'button', verb: 'done', args: { id: 'm1' } }
/** What each asks; the others ask nothing. An edit is ignored today though it should be answered: it is not pinned. */
const inputs: Record<string, object> = {
  'message, personal': { by: 'text', text: '2.1 green' },
  'message, channel': { by: 'text', text: '2.1' },
  'message, group chat': { by: 'text', text: '2.1' },
  'Action.Execute': done,
  'Action.Submit': done,
  'installationUpdate, add': { by: 'text', text: 'help' },
}

test.each(Object.entries(activities))(
  'the activity "%s" is understood or ignored',
  (name, given) => {
    const activity = teamsActivity.parse({
      ...{ id: '1485983408511', channelId: 'msteams', timestamp: '2026-02-27T09:00:00Z' },
      serviceUrl: 'https://smba.trafficmanager.net/uk/',
      from: { id: '29:1amina', name: 'Amina Yusuf', aadObjectId: 'object-id' },
      recipient: { id: '28:milepost', name: 'Milepost' },
      ...given,
      conversation: {
        id: 'a:1chat',
        conversationType: 'personal',
        tenantId,
        ...given.conversation,
      },
      channelData: { tenant: { id: tenantId }, ...given.channelData },
    })
    expect(rejectionReason(config, activity)).toBeUndefined()
    const request = parseActivity(activity)
    if (name !== 'messageUpdate') expect(request?.request.input).toEqual(inputs[name])
  },
)
