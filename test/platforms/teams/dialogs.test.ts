import { describe, expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import { expandCard } from '../../../src/chat/cards.ts'
import { projectForm } from '../../../src/chat/project-form.ts'
import { dialogActionOf, dialogBody, dialogCommands } from '../../../src/platforms/teams/dialogs.ts'
import { stampForm } from '../../../src/platforms/teams/forms.ts'
import { parseActivity } from '../../../src/platforms/teams/inbound.ts'
import { teamsManifest } from '../../../src/platforms/teams/manifest.ts'

const opened = (commandId: string, content?: string) =>
  dialogActionOf('composeExtension/fetchTask', {
    commandId,
    messagePayload: content && {
      body: { contentType: 'html', content },
      linkToMessage: 'https://teams.example/l/message/1',
    },
  })

describe('an action of the app', () => {
  test('opens the form that says which project', () => {
    expect(opened('update-project')).toEqual({ verb: 'choose-update:form', data: {} })
    expect(opened('add-milestone')).toEqual({ verb: 'choose-milestone:form', data: {} })
  })

  test('on a message brings its words without markup, and a link back to it', () => {
    const content = '<p>The provider&nbsp;may <b>pull</b> out &amp; soon</p>'
    expect(opened('message-risk', content)).toEqual({
      verb: 'risk:form',
      data: { text: 'The provider may pull out & soon\nhttps://teams.example/l/message/1' },
    })
  })

  test('that is not ours asks nothing', () => {
    expect(opened('message-poem')).toBeUndefined()
    expect(dialogActionOf('composeExtension/query', {})).toBeUndefined()
    expect(dialogActionOf('composeExtension/submitAction', { data: 'x' })).toBeUndefined()
  })
})

describe('a dialog', () => {
  test('has the form with buttons that a dialog knows, and sends back what was filled in', async () => {
    const load = async () => ({
      ...{ programme: 'BCS', project: '' },
      choices: [{ title: '2.1 Practice standards', value: 'an id' }],
    })
    const card = await projectForm({ values: {}, problems: {} }, load, {
      ...{ heading: 'Update a project', button: 'Next', verb: 'update:form' },
    })
    const body = JSON.stringify(dialogBody(stampForm(expandCard(card), 'view')))
    expect(body).not.toContain('Action.Execute')
    expect(body).not.toContain('"back"')
    const { actions } = JSON.parse(body).task.value.card.content
    const asked = parseActivity(
      {
        ...{ type: 'invoke', name: 'composeExtension/submitAction', id: '1', channelId: 'msteams' },
        serviceUrl: 'https://smba.example/uk/',
        conversation: { id: 'a:1', conversationType: 'personal', tenantId: 'T' },
        from: { id: '29:1', aadObjectId: 'amina' },
        value: { data: { ...actions[0].data, project: 'an id' } },
      },
      () => [],
    )
    expect(asked).toMatchObject({
      kind: 'dialog',
      request: { input: { by: 'form', verb: 'update:form', args: { project: 'an id' } } },
    })
  })
})

describe('the manifest', () => {
  test('offers each, within what Teams takes, and each opens a form that there is', () => {
    const { composeExtensions } = teamsManifest({
      appId: 'an id',
      version: '1.2.3',
      commands: [],
    }) as {
      composeExtensions: { commands: { id: string; title: string; description: string }[] }[]
    }
    const offered = composeExtensions[0]?.commands ?? []
    expect(offered.map(({ id }) => id)).toEqual(dialogCommands.map(({ id }) => id))
    expect(offered.length).toBeLessThanOrEqual(10)
    for (const { title, description } of offered) {
      expect(title.length).toBeLessThanOrEqual(32)
      expect(description.length).toBeLessThanOrEqual(128)
    }
    const { commands } = buildCommandRegistry()
    const withForms = commands.flatMap(({ name, form }) => (form ? [`${name}:form`] : []))
    expect(withForms).toEqual(expect.arrayContaining(dialogCommands.map(({ verb }) => verb)))
  })
})
