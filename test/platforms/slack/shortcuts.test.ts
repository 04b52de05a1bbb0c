import { describe, expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import { slackManifest } from '../../../src/platforms/slack/manifest.ts'
import { shortcuts } from '../../../src/platforms/slack/shortcuts.ts'
import { drawn, eventually } from '../contract.ts'
import { answered, button, openWorkplace } from './open-workplace.ts'
import { AMINA, GENERAL, TEAM } from './slack-workplace.ts'

/** What Slack offers to begin with: anywhere, and on a message. */

const form = drawn('Which project?', { actions: [button('Next', 'risk')] })

describe('a shortcut', () => {
  test('opens the form that says which project', async () => {
    const place = await openWorkplace(() => ({ kind: 'form', card: form }))
    await place.workspace.useShortcut(AMINA, 'update-project')
    await place.sees('Which project?')
    expect(place.requests).toMatchObject([
      {
        input: { by: 'button', verb: 'choose-update:form', args: {} },
        actor: { platform: 'slack', tenant: TEAM, user: AMINA },
        place: { kind: 'direct', conversation: AMINA },
      },
    ])
  })

  test('on a message brings its words, and a link back to it', async () => {
    const place = await openWorkplace(() => ({ kind: 'form', card: form }))
    await place.workspace.mention(AMINA, GENERAL, 'the provider may pull out')
    const channel = place.workspace.snapshot(AMINA).conversations.find(({ id }) => id === GENERAL)
    const ts = channel?.messages[0]?.ts ?? ''
    await place.workspace.useShortcut(AMINA, 'message-risk', { channel: GENERAL, ts })
    await eventually(async () => expect(place.requests).toHaveLength(2))
    await place.sees('Which project?')
    expect(place.requests.at(-1)?.input).toEqual({
      ...{ by: 'button', verb: 'risk:form' },
      args: {
        text: `<@U0MILEPOST> the provider may pull out\nhttps://slack.example/archives/${GENERAL}/p${ts.replace('.', '')}`,
      },
    })
  })

  test('that somebody may not use is refused in words', async () => {
    const place = await openWorkplace(() => answered('That is for the programme office.'))
    await place.workspace.useShortcut(AMINA, 'add-milestone')
    await place.sees('That is for the programme office.')
  })

  test('of another version of the app is passed over', async () => {
    const place = await openWorkplace(() => answered('never'))
    await place.workspace.useShortcut(AMINA, 'message-poem')
    expect(place.requests).toEqual([])
  })
})

describe('the manifest', () => {
  test('offers each, within what Slack takes, and each opens a form that there is', () => {
    const { features } = slackManifest({ command: '/rag', usages: [], socketMode: true }) as {
      features: { shortcuts: { name: string; description: string; callback_id: string }[] }
    }
    expect(features.shortcuts.map(({ callback_id }) => callback_id)).toEqual(
      shortcuts.map(({ callbackId }) => callbackId),
    )
    expect(features.shortcuts.length).toBeLessThanOrEqual(10)
    for (const { name, description } of features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24)
      expect(description.length).toBeLessThanOrEqual(150)
    }
    const { commands } = buildCommandRegistry()
    const withForms = commands.flatMap(({ name, form: has }) => (has ? [`${name}:form`] : []))
    expect(withForms).toEqual(expect.arrayContaining(shortcuts.map(({ verb }) => verb)))
  })
})
