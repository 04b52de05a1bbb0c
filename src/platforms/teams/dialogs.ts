import { z } from 'zod'
import { shorten } from '../../base/text.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { isBotAction, mapCardParts } from './card-walk.ts'

/**
 * Dialogs that are opened by the actions of the app: from the box where people write, and on a message. Source: Action
 * commands of message extensions, https://learn.microsoft.com/microsoftteams/platform/messaging-extensions
 */

export interface DialogCommand {
  readonly id: string
  /** At most 32 characters. */
  readonly title: string
  readonly description: string
  readonly context: 'compose' | 'message'
  /** Of the button that would open the same form. */
  readonly verb: string
}

export const dialogCommands: readonly DialogCommand[] = [
  {
    ...{ id: 'update-project', title: 'Update a project', verb: 'choose-update:form' },
    ...{ description: 'Say how a project stands', context: 'compose' },
  },
  {
    ...{ id: 'add-milestone', title: 'Add a milestone', verb: 'choose-milestone:form' },
    ...{ description: 'Add a milestone to a project', context: 'compose' },
  },
  ...[
    { id: 'message-risk', title: 'Make it a risk', verb: 'risk:form' },
    { id: 'message-action', title: 'Make it an action', verb: 'choose-milestone:form' },
    { id: 'message-decision', title: 'Make it a decision', verb: 'decision:form' },
  ].map((one): DialogCommand => {
    const description = `${one.title} of a programme, with a link to this message`
    return { ...one, description, context: 'message' }
  }),
]

/** Of a message: a form's field takes 2,000 characters, and the link needs room. */
const quotedLength = 1_500

const openedValue = z.looseObject({
  commandId: z.string(),
  messagePayload: z
    .looseObject({
      body: z.looseObject({ content: z.string() }).nullish(),
      linkToMessage: z.string().nullish(),
    })
    .nullish(),
})
const submittedValue = z.looseObject({ data: z.looseObject({ verb: z.string().min(1) }) })

export interface DialogAction {
  readonly verb: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What an invoke of a dialog asks for; undefined for any other, and for a command that is not ours. */
export function dialogActionOf(name: unknown, value: unknown): DialogAction | undefined {
  if (name === 'composeExtension/fetchTask') {
    const opened = openedValue.safeParse(value).data
    const command = dialogCommands.find(({ id }) => id === opened?.commandId)
    if (!opened || !command) return undefined
    const text = quotedMessage(opened)
    return { verb: command.verb, data: text === '' ? {} : { text } }
  }
  if (name !== 'composeExtension/submitAction') return undefined
  const submitted = submittedValue.safeParse(value).data
  if (!submitted) return undefined
  const { verb, ...data } = submitted.data
  return { verb, data }
}

/** The words of a message, without Teams' HTML, and a link to it. */
function quotedMessage({ messagePayload }: z.infer<typeof openedValue>): string {
  const words = (messagePayload?.body?.content ?? '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return [shorten(words, quotedLength), messagePayload?.linkToMessage].filter(Boolean).join('\n')
}

/** The card in a dialog, which knows Action.Submit alone, and has a cross of its own to close it. */
export function dialogBody(card: AdaptiveCard): Record<string, unknown> {
  const content = mapCardParts(card, (part) => {
    if (!isBotAction(part)) return [part]
    const { verb, data, ...action } = part
    if (verb === 'back') return []
    return [{ ...action, type: 'Action.Submit', data: { ...(data as object), verb } }]
  })
  return {
    task: {
      type: 'continue',
      value: {
        ...{ title: 'Milepost', height: 'large', width: 'medium' },
        card: { contentType: 'application/vnd.microsoft.card.adaptive', content },
      },
    },
  }
}

/** A sentence in place of a dialog. */
export const dialogMessage = (text: string) => ({ task: { type: 'message', value: text } })
