import { describe, expect, test } from '@jest/globals'
import { Refusal } from '../../../src/base/errors.ts'
import { slackManifest } from '../../../src/platforms/slack/manifest.ts'

const parts = { command: '/rag', usages: ['2.1 amber <reason>', 'help'], socketMode: false }

describe('the manifest for Slack', () => {
  test('sends commands, buttons and events to the one address', () => {
    const manifest = slackManifest({ ...parts, publicUrl: 'https://milepost.example.org' })
    const url = 'https://milepost.example.org/slack/events'
    expect(manifest).toMatchObject({
      features: {
        slash_commands: [{ command: '/rag', usage_hint: '2.1 amber <reason> · help', url }],
      },
      settings: {
        event_subscriptions: {
          request_url: url,
          bot_events: [
            ...['app_mention', 'app_home_opened', 'message.im'],
            ...['app_uninstalled', 'tokens_revoked', 'user_change', 'channel_id_changed'],
          ],
        },
        interactivity: { is_enabled: true, request_url: url },
        socket_mode_enabled: false,
      },
    })
  })

  test('is for whole organisations, and says where an install ends, where workspaces install it', () => {
    const publicUrl = 'https://example.org/milepost/'
    const ours = slackManifest({ ...parts, publicUrl })
    const theirs = slackManifest({ ...parts, publicUrl, isInstalledByOthers: true })
    expect(ours).toMatchObject({ settings: { org_deploy_enabled: false } })
    expect(ours).not.toHaveProperty('oauth_config.redirect_urls')
    expect(theirs).toMatchObject({
      oauth_config: { redirect_urls: ['https://example.org/milepost/slack/oauth_redirect'] },
      settings: {
        org_deploy_enabled: true,
        event_subscriptions: {
          bot_events: expect.arrayContaining(['team_access_granted', 'team_access_revoked']),
        },
      },
    })
  })

  test('asks for the ids of those whom a command mentions', () => {
    expect(slackManifest({ ...parts, socketMode: true })).toMatchObject({
      features: { slash_commands: [{ should_escape: true }] },
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
    expect(() => slackManifest({ ...parts, command: `/${'x'.repeat(32)}` })).toThrow(Refusal)
  })

  test('hints at whole usages, as many as there is room for', () => {
    const usages = Array.from({ length: 40 }, (_, n) => `${n} ${'x'.repeat(27)}`)
    const { features } = slackManifest({ ...parts, usages, socketMode: true }) as {
      features: { slash_commands: [{ usage_hint: string }] }
    }
    const hint = features.slash_commands[0].usage_hint
    expect(hint.length).toBeLessThanOrEqual(1000)
    expect(hint.split(' · ')).toEqual(usages.slice(0, hint.split(' · ').length))
    expect(hint.length + ' · '.length + 30).toBeGreaterThan(1000)
  })

  test('keeps the path of the public address', () => {
    const manifest = slackManifest({ ...parts, publicUrl: 'https://example.org/milepost/' })
    expect(JSON.stringify(manifest)).toContain('"https://example.org/milepost/slack/events"')
  })

  test('says what to set where there is no public address', () => {
    expect(() => slackManifest(parts)).toThrow(/PUBLIC_URL.*SLACK_APP_TOKEN/)
  })
})
