import { describe, expect, test } from '@jest/globals'
import { slackManifest } from '../../../src/platforms/slack/manifest.ts'

const parts = { command: '/rag', usageHint: '2.1 amber <reason>', socketMode: false }

describe('the manifest for Slack', () => {
  test('sends commands, buttons and events to the one address', () => {
    const manifest = slackManifest({ ...parts, publicUrl: 'https://milepost.example.org' })
    const url = 'https://milepost.example.org/slack/events'
    expect(manifest).toMatchObject({
      features: { slash_commands: [{ command: '/rag', usage_hint: '2.1 amber <reason>', url }] },
      settings: {
        event_subscriptions: { request_url: url, bot_events: ['app_mention', 'message.im'] },
        interactivity: { is_enabled: true, request_url: url },
        socket_mode_enabled: false,
      },
    })
  })

  test('names no address where Slack needs none', () => {
    const manifest = slackManifest({ ...parts, socketMode: true })
    expect(JSON.stringify(manifest)).not.toMatch(/url/)
    expect(manifest).toMatchObject({ settings: { socket_mode_enabled: true } })
  })

  test('keeps to the lengths that Slack takes', () => {
    const { display_information: shown } = slackManifest({ ...parts, socketMode: true }) as {
      display_information: { name: string; description: string }
    }
    expect(shown.name.length).toBeLessThanOrEqual(35)
    expect(shown.description.length).toBeLessThanOrEqual(140)
    expect(() =>
      slackManifest({ ...parts, usageHint: 'x'.repeat(1001), socketMode: true }),
    ).toThrow(RangeError)
    expect(() => slackManifest(parts)).toThrow('public address')
  })
})
