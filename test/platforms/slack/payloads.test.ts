import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { signatureHeaders } from '../../../src/playground/slack/signing.ts'
import { settled } from '../contract.ts'
import { answered, at } from './at.ts'
import { SECRET } from './workplace.ts'

/** Events in the shapes of Slack's documentation (https://docs.slack.dev/reference/events), replayed as it sends them. */
const events: Record<string, object> = JSON.parse(
  readFileSync(new URL('../payloads/slack-events.json', import.meta.url), 'utf8'),
)

/** What each event asks. Events that are ignored today though they should be answered are not pinned. */
const outcomes: Record<string, string | null> = {
  'message.im': '2.1 green',
  app_mention: '2.1',
  app_home_opened: null,
  'message, bot_message': null,
  'message, message_deleted': null,
  member_joined_channel: null,
  channel_archive: null,
  tokens_revoked: null,
  app_uninstalled: null,
}

test.each(Object.entries(events))(
  'the event %s is accepted without a fault',
  async (name, event) => {
    const place = await at(() => answered('Understood'))
    const body = JSON.stringify({
      ...{ token: 'XXYYZZ', team_id: 'T0COUNCIL', api_app_id: 'A0APP', type: 'event_callback' },
      ...{ event_id: 'Ev1', event_time: 1_355_517_523, event },
    })
    const { status } = await fetch(place.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...signatureHeaders(SECRET, Math.floor(Date.now() / 1000), body),
      },
      body,
    })
    expect(status).toBe(200)
    await settled()
    // The answer itself may find no conversation: the workspace on this machine does not know those of the documentation.
    expect(place.logged.map(({ message }) => message)).not.toContain('A request was not handled')
    const expected = outcomes[name]
    if (expected === undefined) return
    const asked = place.asked.map(({ input }) => input)
    expect(asked).toEqual(expected === null ? [] : [{ by: 'text', text: expected }])
  },
)

test('the address is confirmed by the challenge of url_verification', async () => {
  const place = await at(() => answered('x'))
  const body = JSON.stringify({ token: 'XXYYZZ', challenge: '3eZbrw1a', type: 'url_verification' })
  const headers = signatureHeaders(SECRET, Math.floor(Date.now() / 1000), body)
  const response = await fetch(place.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  expect(await response.text()).toContain('3eZbrw1a')
})
