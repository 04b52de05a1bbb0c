import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { ChatIdentity, Place } from '../../src/base/addresses.ts'
import { newId } from '../../src/base/ids.ts'
import type { AdaptiveCard, AdaptiveElement, Card } from '../../src/chat/cards.ts'
import type { ChatPlatform, ChatRequestHandler, OutgoingFile } from '../../src/chat/port.ts'
import {
  PlatformUnavailableError,
  RateLimitedError,
  RecipientGoneError,
} from '../../src/chat/port.ts'
import type { Reply } from '../../src/chat/reply.ts'
import type { ChatRequest } from '../../src/chat/request.ts'

/** What each adapter must do for a person, whatever the platform. An adapter passes it by giving a Workplace. */

/** A platform's local counterpart with Milepost in it, as one person meets it. */
export interface Workplace {
  readonly platform: ChatPlatform
  /** Who acts. */
  readonly person: ChatIdentity
  /** The one-to-one conversation of the person with Milepost. */
  readonly direct: Place
  /** A channel that both are in. */
  readonly channel: Place
  readonly act: Act
  seen(): Promise<Seen>
  /** The files that the person has got from Milepost. */
  filesReceived(): readonly { readonly name: string; readonly bytes: Buffer }[]
  /** The platform does not give out the next file. */
  failNextDownload(): void
  /** What the outbox keeps of a message: the file, until the person takes it. */
  keepFile(file: OutgoingFile): void
  /** Every text that somebody else in the channel has in view. */
  seenByAnother(): Promise<string>
  /** What the platform answers to the next call that would post or change a message. */
  failNext(how: 'rate limited' | 'gone' | 'broken' | 'garbage'): void
  /** The platform does not take the next picture; it takes the words. */
  failNextPicture(): void
  /** Somebody of another organisation is let into the channel. */
  letOutsidersIn(): void
  close(): Promise<void>
}

export interface Act {
  /** Asks Milepost in words: the slash command on Slack, a direct message on Teams. */
  say(text: string): Promise<void>
  /** Asks Milepost in the channel, by its name. */
  mention(text: string): Promise<void>
  /** Presses the button with this title: in the open form, or else in the newest message that has it. */
  press(title: string): Promise<void>
  /** Fills in the open form, by the inputs' ids, and presses its submit button. */
  submit(values: Readonly<Record<string, string>>): Promise<void>
  /** Sends Milepost files in their own conversation, with a text beside them. */
  sendFiles(files: readonly { name: string; bytes: Buffer }[], text: string): Promise<void>
  /** Takes the file that Milepost offers, where the platform asks whether they want it. */
  takeFile(): Promise<void>
  /** The platform delivers its last request to Milepost once more, as it does when an answer got lost. */
  repeat(): Promise<void>
  /** Somebody else sends what looks like `/rag hello`, without the platform's secret. Gives the HTTP status. */
  forge(): Promise<number>
}

/** What the person has in view: every message of both conversations, the form that is open, its errors. */
export interface Seen {
  readonly text: string
  /** Titles of the buttons. */
  readonly buttons: readonly string[]
  /** Ids of the inputs. */
  readonly inputs: readonly string[]
  /** Each picture, as it is shown and with what is said in its place. */
  readonly pictures: readonly { readonly png: Buffer; readonly alt: string }[]
}

/** A card that carries its own drawing, so that no template's wording can break the contract. */
export function drawn(
  text: string,
  more: { body?: AdaptiveElement[]; actions?: AdaptiveCard['actions'] } = {},
): Card {
  const card: AdaptiveCard = {
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText: text,
    body: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] }, ...(more.body ?? [])],
    actions: more.actions ?? [],
  }
  return { name: 'drawn', data: card }
}

/** Give this to the adapter in place of expand of src/chat/cards.ts. */
export function expandDrawn(card: Card): AdaptiveCard {
  return card.data as AdaptiveCard
}

/** The smallest PNG there is: one transparent pixel. */
export const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

export const withPicture = (text: string) =>
  drawn(text, { body: [{ type: 'Image', url: 'picture:p1', altText: 'Red 8, Amber 18' }] })

const button = (title: string, verb: string, data: Record<string, unknown> = {}) => ({
  type: 'Action.Execute',
  title,
  verb,
  data,
})

const form = (reason: string) =>
  drawn('Update 2.1', {
    body: [{ type: 'Input.Text', id: 'reason', label: 'Reason', isMultiline: true, value: reason }],
    actions: [button('Save', 'status', { project: '2.1' })],
  })

/** Registers the tests. `setup` starts the platform's counterpart and an adapter that calls this handle. */
export function contract(
  name: string,
  setup: (handle: ChatRequestHandler) => Promise<Workplace>,
): void {
  describe(`${name} keeps the contract of a platform`, () => {
    let at: Workplace
    let asked: ChatRequest[]
    let answer: (invocation: ChatRequest) => Reply

    beforeEach(async () => {
      asked = []
      answer = () => ({ kind: 'answer', card: drawn('Understood') })
      at = await setup(async (invocation) => {
        asked.push(invocation)
        return answer(invocation)
      })
    })
    afterEach(() => at.close())

    const sees = (words: string) =>
      eventually(async () => expect((await at.seen()).text).toContain(words))
    const seesNo = (words: string) =>
      eventually(async () => expect((await at.seen()).text).not.toContain(words))
    const hasInputs = (ids: string[]) =>
      eventually(async () => expect((await at.seen()).inputs).toEqual(ids))

    describe('asking', () => {
      test('words become an invocation by a known person, and the answer is shown', async () => {
        await at.act.say('2.1 amber because of *costs* & <delays>')
        await sees('Understood')
        expect(asked[0]).toMatchObject({
          input: { by: 'text', text: '2.1 amber because of *costs* & <delays>' },
          actor: { platform: at.person.platform, tenant: at.person.tenant, user: at.person.user },
          place: { platform: at.person.platform, tenant: at.person.tenant },
        })
      })

      test('what a person wrote is shown as it was written', async () => {
        const hostile = '<!channel> @everyone *x* _y_ `z` & שלום'
        answer = () => ({ kind: 'answer', card: drawn(hostile) })
        await at.act.say('hello')
        await sees(hostile)
      })

      test('who asks in a channel is answered alone: others there may not know what is said', async () => {
        answer = () => ({ kind: 'answer', card: drawn('For Amina alone') })
        await at.act.mention('2.1')
        await sees('For Amina alone')
        await settled()
        expect(asked[0]?.place).toMatchObject({
          kind: 'channel',
          conversation: at.channel.conversation,
        })
        expect(await at.seenByAnother()).toContain('2.1')
        expect(await at.seenByAnother()).not.toContain('For Amina alone')
      })

      test('two requests have two keys, a request that comes again has the same', async () => {
        await at.act.say('one')
        await at.act.say('two')
        await eventually(async () => expect(asked).toHaveLength(2))
        await at.act.repeat()
        await settled()
        expect(new Set(asked.map(({ key }) => key)).size).toBe(2)
        expect(asked.length).toBeLessThanOrEqual(3)
      })

      test('a forged request is refused and never handled', async () => {
        expect(await at.act.forge()).toBe(401)
        await settled()
        expect(asked).toEqual([])
      })

      test('a handler that fails all the same leaves a short apology', async () => {
        answer = () => {
          throw new Error('the secret reason')
        }
        await at.act.say('hello')
        await sees('Sorry')
        await seesNo('the secret reason')
      })
    })

    describe('buttons', () => {
      test('a press carries verb, data and message, and refreshes that message', async () => {
        const card = drawn('Milestone due', { actions: [button('Done', 'done', { id: 'm1' })] })
        const address = await at.platform.send(at.direct, { key: 'k1', card })
        answer = () => ({
          kind: 'answer',
          card: drawn('Saved'),
          refresh: drawn('Milestone done'),
        })
        await at.act.press('Done')
        await sees('Milestone done')
        await seesNo('Milestone due')
        expect(asked[0]).toMatchObject({
          input: { by: 'button', verb: 'done', args: { id: 'm1' } },
          message: { messageId: address.messageId },
        })
      })

      test('an answer without a refresh is shown, and the message stays', async () => {
        const card = drawn('Milestone due', { actions: [button('Done', 'done', { id: 'm1' })] })
        await at.platform.send(at.channel, { key: 'k1', card })
        answer = () => ({ kind: 'answer', card: drawn('Only its leads may do that') })
        await at.act.press('Done')
        await sees('Only its leads may do that')
        await sees('Milestone due')
      })
    })

    describe('forms', () => {
      beforeEach(async () => {
        const card = drawn('Milestone due', {
          actions: [button('Update', 'status:form', { project: '2.1' })],
        })
        await at.platform.send(at.direct, { key: 'k1', card })
        answer = () => ({ kind: 'form', card: form('') })
        await at.act.press('Update')
        await hasInputs(['reason'])
      })

      test('a button opens a form', async () => {
        await sees('Update 2.1')
        expect(asked[0]?.input).toEqual({
          by: 'button',
          verb: 'status:form',
          args: { project: '2.1' },
        })
      })

      test('what cannot be stored is shown at the form, which stays open', async () => {
        answer = () => ({
          kind: 'invalid',
          card: form('too short'),
          fields: { reason: 'Please say why in a sentence.' },
        })
        await at.act.submit({ reason: 'too short' })
        await sees('Please say why in a sentence.')
        await hasInputs(['reason'])
      })

      test('what is stored is answered in place of the form', async () => {
        answer = () => ({ kind: 'answer', card: drawn('Saved: 2.1 is amber') })
        await at.act.submit({ reason: 'The builder left.' })
        await sees('Saved: 2.1 is amber')
        await hasInputs([])
        expect(asked.at(-1)?.input).toEqual({
          by: 'form',
          verb: 'status',
          args: { project: '2.1', reason: 'The builder left.' },
        })
      })
    })

    describe('files', () => {
      const csv = { name: 'plan.csv', bytes: Buffer.from('Ref,Title\n2.1,Ärger') }
      const tsv = { name: 'people.tsv', bytes: Buffer.from('Name') }
      const filesAsked = async () => {
        await eventually(async () => expect(asked).toHaveLength(1))
        const [request] = asked
        if (request?.input.by !== 'files') throw new Error('No files came.')
        return { ...request, input: request.input }
      }

      test('that a person sends can be read, with what they wrote beside them', async () => {
        await at.act.sendFiles([csv, tsv], 'the plan and its people')
        const { input, directPlace } = await filesAsked()
        expect(input.text).toBe('the plan and its people')
        expect(input.files.map(({ name }) => name)).toEqual(['plan.csv', 'people.tsv'])
        const contents = await Promise.all(input.files.map((file) => file.read()))
        expect(contents.map((bytes) => Buffer.from(bytes))).toEqual([csv.bytes, tsv.bytes])
        expect(directPlace).toMatchObject({ platform: at.person.platform, kind: 'direct' })
        await sees('Understood')
      })

      test('that come again have the same key', async () => {
        await at.act.sendFiles([csv], '')
        await filesAsked()
        await at.act.repeat()
        await settled()
        expect(new Set(asked.map(({ key }) => key)).size).toBe(1)
      })

      test('that cannot be downloaded are refused in words, and can be sent again', async () => {
        at.failNextDownload()
        await at.act.sendFiles([csv], '')
        const { input } = await filesAsked()
        const reading = input.files[0]?.read()
        await expect(reading).rejects.toMatchObject({
          name: 'Refusal',
          message: expect.stringContaining('“plan.csv”'),
        })
      })

      test('that Milepost sends reach the person, with the words that tell of them', async () => {
        const file = { id: newId(), contentType: 'text/csv', ...csv }
        at.keepFile(file)
        await at.platform.send(at.direct, { key: 'k1', card: drawn('Your plan'), file })
        await sees('Your plan')
        await at.act.takeFile()
        await eventually(async () => expect(at.filesReceived()).toEqual([csv]))
      })
    })

    test('a form that is asked for in words can be opened and stored', async () => {
      answer = ({ input }) =>
        input.by === 'form'
          ? { kind: 'answer', card: drawn('Saved: 2.1 is amber') }
          : { kind: 'form', card: form('') }
      await at.act.say('update 2.1')
      await hasInputs(['reason'])
      await at.act.submit({ reason: 'The builder left.' })
      await sees('Saved: 2.1 is amber')
    })

    describe('speaking first', () => {
      test('a message can be sent to a person, to a channel and into a thread', async () => {
        await at.platform.send(at.direct, { key: 'k1', card: drawn('For you') })
        const root = await at.platform.send(at.channel, { key: 'k2', card: drawn('For all') })
        expect(root.place.conversation).toBe(at.channel.conversation)
        const answered = { key: 'k3', card: drawn('More of it'), thread: root }
        await at.platform.send(at.channel, answered)
        await sees('For you')
        await sees('For all')
        await sees('More of it')
      })

      test('a message can show a picture, with the same in words', async () => {
        const card = withPicture('The digest')
        const address = await at.platform.send(at.channel, {
          ...{ key: 'k1', card, image: onePixel },
        })
        await sees('The digest')
        expect((await at.seen()).pictures).toEqual([{ png: onePixel, alt: 'Red 8, Amber 18' }])
        const later = { key: 'k1', card: withPicture('Corrected'), image: onePixel }
        await at.platform.update(address, later)
        await sees('Corrected')
        expect((await at.seen()).pictures).toEqual([{ png: onePixel, alt: 'Red 8, Amber 18' }])
      })

      test('a picture that is not taken, or not there, costs no words', async () => {
        at.failNextPicture()
        const card = withPicture('Without its picture')
        await at.platform.send(at.channel, { key: 'k1', card, image: onePixel })
        await at.platform.send(at.channel, { key: 'k2', card: withPicture('Never had one') })
        await sees('Without its picture')
        await sees('Never had one')
        const seen = await at.seen()
        expect(seen.pictures).toEqual([])
        expect(seen.text.match(/Without its picture/g)).toHaveLength(1)
      })

      test('a message can be replaced', async () => {
        const address = await at.platform.send(at.channel, { key: 'k1', card: drawn('Before') })
        await at.platform.update(address, { key: 'k1', card: drawn('After') })
        await sees('After')
        await seesNo('Before')
      })

      test('a message is found by its key, or the platform says that it cannot tell', async () => {
        const since = new Date(Date.now() - 60_000)
        const address = await at.platform.send(at.channel, { key: 'k1', card: drawn('Here') })
        const found = await at.platform.find(at.channel, 'k1', since)
        const other = await at.platform.find(at.channel, 'k2', since)
        if (found === 'cannot tell') expect(other).toBe('cannot tell')
        else {
          expect(found).toEqual(address)
          expect(other).toBe('not there')
        }
      })

      test('a message in a thread is found there, or the platform says that it cannot tell', async () => {
        const since = new Date(Date.now() - 60_000)
        const thread = await at.platform.send(at.channel, { key: 'k1', card: drawn('Digest') })
        const more = { key: 'k2', card: drawn('More of it'), thread }
        const address = await at.platform.send(at.channel, more)
        const found = await at.platform.find(at.channel, 'k2', since, thread)
        const other = await at.platform.find(at.channel, 'k3', since, thread)
        if (found === 'cannot tell') expect(other).toBe('cannot tell')
        else {
          expect(found).toEqual(address)
          expect(other).toBe('not there')
        }
      })

      test('each way of failing has its name', async () => {
        const send = () => at.platform.send(at.channel, { key: 'k1', card: drawn('Lost') })
        at.failNext('rate limited')
        await expect(send()).rejects.toBeInstanceOf(RateLimitedError)
        at.failNext('gone')
        await expect(send()).rejects.toBeInstanceOf(RecipientGoneError)
        at.failNext('broken')
        await expect(send()).rejects.toBeInstanceOf(PlatformUnavailableError)
        await seesNo('Lost')
        await send()
        await sees('Lost')
      })

      test('of a message whose answer is none, nobody claims that it was not posted', async () => {
        at.failNext('garbage')
        const sending = at.platform.send(at.channel, { key: 'k1', card: drawn('Perhaps') })
        await expect(sending).rejects.toMatchObject({
          name: 'PlatformUnavailableError',
          posted: 'perhaps',
        })
        await sees('Perhaps')
      })

      test('a channel of the organisation has no outsiders, and is not archived', async () => {
        const { visibility, isArchived } = await at.platform.channel(at.channel)
        expect(['private', 'everyone', 'cannot tell']).toContain(visibility)
        expect(isArchived).toBe(false)
      })

      test('a channel is known by those who were let in from outside', async () => {
        at.letOutsidersIn()
        expect(await at.platform.channel(at.channel)).toMatchObject({
          visibility: 'with outsiders',
        })
      })

      test('of a channel that is not there it says that it is gone', async () => {
        const nowhere = { ...at.channel, conversation: '19:nowhere@thread.tacv2' }
        await expect(at.platform.channel(nowhere)).rejects.toBeInstanceOf(RecipientGoneError)
      })

      test('the members of a workspace have the ids of their requests, and names', async () => {
        const { platform, tenant, user } = at.person
        const asked = { platform, tenant, channels: [at.channel] }
        const members = await at.platform.members(asked)
        const ours = members === 'cannot tell' ? [] : members
        const person = ours.find((each) => each.user === user)
        expect(person).toMatchObject({ standing: 'employee', names: expect.any(Array) })
        expect(person?.names).not.toEqual([])
      })

      test('a profile has a name', async () => {
        const profile = await at.platform.profile(at.person)
        expect(profile.displayName).not.toBe('')
      })
    })
  })
}

/** Tries until it holds: what a platform shows may come a moment after the request was answered. */
export async function eventually(check: () => Promise<void>, withinMs = 4000): Promise<void> {
  const deadline = Date.now() + withinMs
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

/** Long enough for anything that should not have happened to happen. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100))
}
