import type { OutgoingFile } from '../../../src/chat/port.ts'
import type { DeliveryResult } from '../../../src/playground/teams/bot-delivery.ts'
import { AMINA, BOARD, TENANT, TOMAS } from '../../playground/teams/sdk-bot.ts'
import { contract } from '../contract.ts'
import {
  buttonsIn,
  inputsIn,
  messagesOf,
  openTenant,
  picturesIn,
  wordsOf,
} from './teams-workplace.ts'

const me = AMINA.aadObjectId

contract('Teams', async (handle) => {
  const kept = new Map<string, OutgoingFile>()
  const { tenant, teams, close } = await openTenant(handle, {
    files: { load: async (id) => kept.get(id) },
  })
  let last: DeliveryResult | null = null

  /** Messages as Amina sees them: those with an open form first, then the newest. */
  const inView = () =>
    messagesOf(tenant, me)
      .reverse()
      .sort((one, other) => Number(isForm(other)) - Number(isForm(one)))

  const press = async (
    wanted: (button: ReturnType<typeof buttonsIn>[number]) => boolean,
    filled = {},
  ) => {
    const standing = inView().find(({ message }) => buttonsIn(message.card).some(wanted))
    if (!standing) throw new Error('Nobody sees that button.')
    const { conversation, message } = standing
    const which = buttonsIn(message.card).findIndex(wanted)
    const at = { conversation, activityId: message.id }
    const { delivery, outcome } = await tenant.execute(me, at, which, filled)
    if (outcome.kind === 'error') throw new Error(outcome.text)
    last = delivery
  }

  return {
    platform: teams,
    person: { platform: 'teams', tenant: TENANT.id, user: me },
    direct: { platform: 'teams', tenant: TENANT.id, conversation: me, kind: 'direct' },
    channel: { platform: 'teams', tenant: TENANT.id, conversation: BOARD.id, kind: 'channel' },
    act: {
      say: async (text) => {
        last = await tenant.message(me, text)
      },
      mention: async (text) => {
        last = await tenant.mention(me, BOARD.id, text)
      },
      press: (title) => press((button) => button.title === title),
      submit: (values) => press(({ associatedInputs }) => associatedInputs !== 'none', values),
      sendFiles: async (files, text) => {
        last = await tenant.sendFiles(me, files, text)
      },
      takeFile: async () => {
        const offer = messagesOf(tenant, me).find(({ message }) =>
          message.files.some(({ kind }) => kind === 'offered'),
        )
        if (offer) last = await tenant.answerOffer(me, offer.message.id, true)
      },
      repeat: async () => {
        if (last) await tenant.post(last.activity)
      },
      forge: async () => {
        const { responses } = await tenant.message(me, 'hello', { token: 'bad signature' })
        return responses[0]?.status ?? 0
      },
    },
    seen: async () => {
      const messages = messagesOf(tenant, me).map(({ message }) => message)
      return {
        text: messages.map(wordsOf).join('\n'),
        buttons: messages.flatMap(({ card }) => buttonsIn(card).map(({ title }) => String(title))),
        inputs: messages.flatMap(({ card }) => inputsIn(card)),
        pictures: messages.flatMap(({ card }) => picturesIn(card)),
      }
    },
    filesReceived: () =>
      messagesOf(tenant, me)
        .flatMap(({ message }) => message.files)
        .flatMap((file) =>
          file.kind === 'put'
            ? [{ name: file.name, bytes: tenant.file(file.id) ?? Buffer.alloc(0) }]
            : [],
        ),
    keepFile: (file) => kept.set(file.id, file),
    failNextDownload: () => tenant.failNext('downloadFile', 503),
    seenByAnother: async () =>
      messagesOf(tenant, TOMAS.aadObjectId)
        .map(({ message }) => wordsOf(message))
        .join('\n'),
    failNext: (how) => {
      const ways = { 'rate limited': 429, gone: 404, broken: 503, garbage: 'garbage' } as const
      tenant.failNext('createConversation', ways[how])
    },
    letOutsidersIn: () => tenant.makeGuest(TOMAS.aadObjectId),
    // Too large a card; what Teams answers to a channel's next thread.
    failNextPicture: () => tenant.failNext('createConversation', 413),
    close,
  }
})

function isForm({ message }: ReturnType<typeof messagesOf>[number]): boolean {
  return inputsIn(message.card).length > 0
}
