import { describe, expect, test } from '@jest/globals'
import type { TurnContext } from 'botbuilder'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import type { Place } from '../../../src/base/addresses.ts'
import type { Log } from '../../../src/base/log.ts'
import { createTaskTracker } from '../../../src/chat/background-tasks.ts'
import { type AdaptiveCard, expandCard } from '../../../src/chat/cards.ts'
import { RecipientGoneError } from '../../../src/chat/port.ts'
import { projectForm } from '../../../src/chat/project-form.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { createActivityHandler } from '../../../src/platforms/teams/activity-handler.ts'
import { dialogActionOf, dialogBody, dialogCommands } from '../../../src/platforms/teams/dialogs.ts'
import { stampForm } from '../../../src/platforms/teams/forms.ts'
import { type ActivityRequest, parseActivity } from '../../../src/platforms/teams/inbound.ts'
import { teamsManifest } from '../../../src/platforms/teams/manifest.ts'
import type { Outbound } from '../../../src/platforms/teams/outbound.ts'
import { drawn, expandDrawn } from '../contract.ts'

const opened = (commandId: string, content?: string) =>
  dialogActionOf('composeExtension/fetchTask', {
    commandId,
    messagePayload: content && {
      body: { contentType: 'html', content },
      linkToMessage: 'https://teams.example/l/message/1',
    },
  })

/** A dialog that was filled in and sent. */
function submitted(data: object): ActivityRequest {
  const asked = parseActivity(
    {
      ...{ type: 'invoke', name: 'composeExtension/submitAction', id: '1', channelId: 'msteams' },
      serviceUrl: 'https://smba.example/uk/',
      conversation: { id: 'a:1', conversationType: 'personal', tenantId: 'T' },
      from: { id: '29:1', aadObjectId: 'amina' },
      value: { data },
    },
    () => [],
  )
  if (!asked) throw new Error('It asks nothing.')
  return asked
}

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
    expect(submitted({ ...actions[0].data, project: 'an id' })).toMatchObject({
      kind: 'dialog',
      request: { input: { by: 'form', verb: 'update:form', args: { project: 'an id' } } },
    })
  })
})

const read: Reply = { kind: 'answer', card: drawn('2.1 is Green') }
const shown = (text: string) => dialogBody(expandDrawn(drawn(text)))

describe('what was saved in a dialog', () => {
  const saved: Reply = { kind: 'answer', card: drawn('Saved'), isSaved: true }
  const cases: [string, Reply, boolean, string[], object][] = [
    ['is said in the chat with the person, and the dialog closes', saved, true, ['Saved'], {}],
    ['stands in the dialog where that chat cannot be written to', saved, false, [], shown('Saved')],
    [
      'is no matter where nothing was: the answer stands there',
      read,
      true,
      [],
      shown('2.1 is Green'),
    ],
  ]
  test.each(cases)('%s', async (_name, reply, canPost, expected, response) => {
    const posted: string[] = []
    const responses: unknown[] = []
    const outbound = {
      postCard: async (_place: Place, card: AdaptiveCard) => {
        if (!canPost) throw new RecipientGoneError('ConversationNotFound', 'gone', 'person')
        posted.push(card.fallbackText)
      },
    }
    const log: Log = { info: () => {}, warn: () => {}, error: () => {} }
    const handler = createActivityHandler({
      handle: async () => reply,
      outbound: outbound as unknown as Outbound,
      ...{ openChat: async () => undefined, expand: expandDrawn, log },
      ...{ tasks: createTaskTracker(log), replyTimeoutMs: 1_000, wait: async () => {} },
    })
    const sendActivity = async ({ value }: { value: { body: unknown } }) => {
      responses.push(value.body)
    }
    await handler(submitted({ verb: 'update', state: 'green' }), {
      sendActivity,
    } as unknown as TurnContext)
    expect(posted).toEqual(expected)
    expect(responses).toEqual([response])
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
