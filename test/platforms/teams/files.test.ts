import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import type { Place } from '../../../src/base/addresses.ts'
import { newId } from '../../../src/base/ids.ts'
import type { AdaptiveCard } from '../../../src/chat/cards.ts'
import type { OutgoingFile } from '../../../src/chat/port.ts'
import { FileRefusal } from '../../../src/chat/received-file.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import { isAllowedFileUrl, TeamsConfig } from '../../../src/platforms/teams/config.ts'
import type { ConnectorClient } from '../../../src/platforms/teams/connector-client.ts'
import { createOutbound } from '../../../src/platforms/teams/outbound.ts'
import { createFileFinder } from '../../../src/platforms/teams/sent-files.ts'
import type { CardJson } from '../../../src/playground/teams/model.ts'
import { AMINA, BOARD, TENANT, TOMAS } from '../../playground/teams/sdk-bot.ts'
import { drawn, eventually, expandDrawn, settled } from '../contract.ts'
import { messagesOf, openTenant, wordsOf } from './teams-workplace.ts'

const me = AMINA.aadObjectId
const csv = { name: 'plan.csv', bytes: Buffer.from('Ref,Title') }
const quiet = { info: () => {}, warn: () => {}, error: () => {} }

const tenantConfig = TeamsConfig.parse({
  ...{ mode: 'tenant', appId: 'app', appPassword: 'secret', tenantId: 'tenant' },
})
const localConfig = TeamsConfig.parse({ mode: 'local' })

describe('a file may be fetched from and put to', () => {
  test.each([
    ['https://anyshire-my.sharepoint.com/personal/asha/_layouts/15/download.aspx?tempauth=x', true],
    ['https://anyshire.sharepoint.com/uploadSession?guid=1', true],
    ['http://anyshire.sharepoint.com/plan.csv', false],
    ['https://anyshire.sharepoint.com:8443/plan.csv', false],
    ['https://sharepoint.com.example/plan.csv', false],
    ['https://evilsharepoint.com/plan.csv', false],
    ['https://127.0.0.1/plan.csv', false],
    ['http://localhost:9000/plan.csv', false],
    ['https://10.1.2.3/plan.csv', false],
    ['http://169.254.169.254/metadata', false],
    ['https://[fd00::1]/plan.csv', false],
    ['file:///etc/passwd', false],
  ])('%s: %s', (url, isAllowed) => {
    expect(isAllowedFileUrl(tenantConfig, new URL(url))).toBe(isAllowed)
  })

  test.each([
    ['http://127.0.0.1:3978/file', true],
    ['http://localhost/file', true],
    ['https://anyshire.sharepoint.com/file', false],
    ['http://10.1.2.3/file', false],
  ])('by a client on this machine: %s: %s', (url, isAllowed) => {
    expect(isAllowedFileUrl(localConfig, new URL(url))).toBe(isAllowed)
  })
})

describe('what a message carries', () => {
  const find = (
    attachment: object,
    { serviceUrl = 'https://smba.trafficmanager.net/uk/', isPersonal = true } = {},
    fetch?: typeof globalThis.fetch,
  ) =>
    createFileFinder({ config: tenantConfig, log: quiet, fetch })({
      ...{ attachments: [attachment], serviceUrl, isPersonal },
    })
  const downloadInfo = (downloadUrl: string) => ({
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    name: '../plan.csv',
    content: { downloadUrl, fileType: 'csv' },
  })
  const html = (content: string) => ({ contentType: 'text/html', content })
  const mark = html('<p>the plan</p><attachment id="1"></attachment>')
  const government = 'https://smba.infra.gov.teams.microsoft.us/'

  test('a file is fetched without a token of ours, once', async () => {
    const asked: [string, Headers][] = []
    const [file] = find(downloadInfo('https://a.sharepoint.com/x'), {}, async (url, init) => {
      asked.push([String(url), new Headers(init?.headers)])
      return new Response('Ref')
    })
    await file?.read()
    expect(Buffer.from((await file?.read()) ?? []).toString()).toBe('Ref')
    expect(file?.name).toBe('plan.csv')
    expect(asked.map(([url, headers]) => [url, headers.get('authorization')])).toEqual([
      ['https://a.sharepoint.com/x', null],
    ])
  })

  const failureOf = async (
    attachment: object,
    where?: Parameters<typeof find>[1],
    answer: () => Response = () => new Response('Ref'),
  ) => {
    const [file] = find(attachment, where, async () => answer())
    const error = await file?.read().catch((thrown: unknown) => thrown)
    if (error instanceof FileRefusal) return error
    throw new Error('It was read.')
  }

  test.each<[string, object, Parameters<typeof find>[1], (() => Response) | undefined, string]>([
    ['a file elsewhere', downloadInfo('https://evil.example/x'), {}, undefined, 'evil.example'],
    ['one at this machine', downloadInfo('http://127.0.0.1/x'), {}, undefined, 'my own machine'],
    [
      'one that leads elsewhere',
      downloadInfo('https://a.sharepoint.com/x'),
      {},
      () => new Response(null, { status: 302, headers: { location: 'https://10.0.0.1/x' } }),
      'It is kept at 10.0.0.1',
    ],
    [
      'one whose address has run out',
      downloadInfo('https://a.sharepoint.com/x'),
      {},
      () => new Response('Gone', { status: 401 }),
      'Please send it again.',
    ],
    [
      'a page in its place',
      downloadInfo('https://a.sharepoint.com/x'),
      {},
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      'Please send it again.',
    ],
    [
      'a picture',
      { contentType: 'image/png', contentUrl: 'x' },
      {},
      undefined,
      'I cannot read pictures',
    ],
    ['a file in a channel', mark, { isPersonal: false }, undefined, 'in our own chat alone'],
    [
      'a file in a government cloud',
      mark,
      { serviceUrl: government },
      undefined,
      'In this Microsoft cloud Teams gives apps no files.',
    ],
  ])('%s is refused in words', async (_, attachment, where, answer, words) => {
    const { message } = await failureOf(attachment, where, answer)
    expect(message).toContain(words)
    expect(message).toContain('Nothing was saved.')
  })

  test.each([
    ['its own text as HTML', html('<p>1.2 green</p>')],
    ['the message that it answers', mark],
    ['a card', { contentType: 'application/vnd.microsoft.card.adaptive', content: {} }],
    ['nothing that is known', {}],
  ])('is no file: %s', (_, attachment) => {
    expect(find(attachment)).toEqual([])
  })
})

test.each([
  [
    'https://smba.infra.gov.teams.microsoft.us/',
    'direct',
    ['In this Microsoft cloud', 'Your plan'],
  ],
  ['https://smba.trafficmanager.net/uk/', 'direct', ['offered plan.csv', 'Your plan']],
  ['https://smba.trafficmanager.net/uk/', 'channel', ['no files into a channel', 'Your plan']],
] as const)('a file at %s, %s, comes as %j', async (serviceUrl, kind, expected) => {
  const posted: string[] = []
  const show = (place: Place, { fallbackText }: AdaptiveCard) => {
    posted.push(fallbackText)
    return { place, messageId: 'm1' }
  }
  const connector = {
    post: async (place: Place, _conversation: string, card: AdaptiveCard) => show(place, card),
    startThread: async (place: Place, card: AdaptiveCard) => show(place, card),
    postActivity: async (_place: Place, _conversation: string, activity: object) => {
      const [attachment] = z
        .looseObject({ attachments: z.array(z.looseObject({ name: z.string() })) })
        .parse(activity).attachments
      posted.push(`offered ${attachment?.name}`)
    },
  }
  const outbound = createOutbound({
    ...{ config: tenantConfig, expand: expandDrawn, log: quiet },
    connector: connector as unknown as ConnectorClient,
  })
  const file = { id: newId(), contentType: 'text/csv', ...csv }
  const chat: Place = {
    ...{ platform: 'teams', tenant: 't', conversation: 'a:1', kind, isPerson: false },
    serviceUrl,
  }
  await outbound.send(chat, { key: 'k1', card: drawn('Your plan'), file })
  const shown = posted.join(' ')
  for (const words of expected) expect(shown).toContain(words)
  expect(posted).toHaveLength(expected[0]?.startsWith('offered') ? 2 : 1)
})

describe('in a tenant', () => {
  let at: Awaited<ReturnType<typeof openTenant>>
  let kept: Map<string, OutgoingFile>
  let asked: ChatRequest[]
  let loads: string[]
  beforeEach(async () => {
    kept = new Map()
    asked = []
    loads = []
    const handle = async (request: ChatRequest) => {
      asked.push(request)
      return { kind: 'answer' as const, card: drawn('Understood') }
    }
    const load = async (id: string, { user }: { user: string }) => {
      loads.push(user)
      return kept.get(id)
    }
    at = await openTenant(handle, { files: { load } })
  })
  afterEach(() => at.close())

  const mine = () => messagesOf(at.tenant, me).map(({ message }) => message)
  const words = () => mine().map(wordsOf).join('\n')
  const sees = (text: string) => eventually(async () => expect(words()).toContain(text))
  const direct = () => ({
    ...{ platform: 'teams', tenant: TENANT.id, conversation: me, kind: 'direct' as const },
  })
  const offered = async (file = { id: newId(), contentType: 'text/csv', ...csv }) => {
    kept.set(file.id, file)
    await at.teams.send(direct(), { key: 'k1', card: drawn('Your plan'), file })
    const offer = mine().find(({ files }) => files.some(({ kind }) => kind === 'offered'))
    if (!offer) throw new Error('No file is offered.')
    return offer.id
  }

  test('a file is offered with its size, before the message that tells of it', async () => {
    await offered()
    expect(mine().map((message) => message.files[0] ?? wordsOf(message))).toEqual([
      expect.objectContaining({ kind: 'offered', name: 'plan.csv', size: 9 }),
      'Your plan',
    ])
  })

  test('a file that is taken is put whole into the OneDrive, shown, and offered no more', async () => {
    await at.tenant.answerOffer(me, await offered(), true, { deliverTwice: true })
    await eventually(async () =>
      expect(mine().flatMap(({ files, deleted }) => (deleted ? [] : files))).toEqual([
        { kind: 'put', id: expect.any(String), name: 'plan.csv' },
      ]),
    )
    const put = mine().flatMap(({ files }) => files.filter(({ kind }) => kind === 'put'))
    expect(put).toHaveLength(1)
    expect(at.tenant.calls('uploadFile')).toBe(1)
    expect(loads).toEqual([me])
  })

  test('a file that is declined stays where it is, and can be asked for again', async () => {
    await at.tenant.answerOffer(me, await offered(), false)
    await sees('Ask for it again whenever you want it.')
    expect(at.tenant.calls('uploadFile')).toBe(0)
  })

  test.each([
    ['the upload fails', () => at.tenant.failNext('uploadFile', 503), 'went wrong on the way'],
    ['the upload breaks off', () => at.tenant.failNext('uploadFile', 'drop_before'), 'went wrong'],
    ['it is not kept any more', () => kept.clear(), 'I do not keep that file any more'],
  ])('where %s the person is told, and asks for it again', async (_, fail, text) => {
    const message = await offered()
    fail()
    await at.tenant.answerOffer(me, message, true)
    await sees(text)
    await sees('Please ask for it again.')
  })

  test('nobody uploads to an address that is not a file host', async () => {
    const message = await offered()
    const { activity } = await at.tenant.answerOffer(me, message, false)
    const uploadInfo = {
      ...{ contentUrl: 'x', name: 'plan.csv', uniqueId: '1', fileType: 'csv' },
      uploadUrl: 'https://evil.example/upload',
    }
    const value = { ...(activity.value as object), action: 'accept', uploadInfo }
    await at.tenant.post({ ...activity, id: 'f:9', value })
    await sees('went wrong on the way')
    expect(JSON.stringify(at.lines)).not.toContain('evil.example/upload')
  })

  test('an answer that is none of Teams’ does nothing', async () => {
    const { activity } = await at.tenant.answerOffer(me, await offered(), false)
    await sees('Ask for it again')
    const forged: CardJson[] = [
      {},
      { type: 'fileUpload', action: 'accept', context: { file: 'x' } },
    ]
    for (const value of forged) {
      await at.tenant.post({ ...activity, id: newId(), value })
    }
    const inChannel = {
      ...activity,
      id: newId(),
      conversation: { id: BOARD.id, isGroup: true, tenantId: TENANT.id },
    }
    await at.tenant.post(inChannel)
    await settled()
    expect(loads).toEqual([])
  })

  test('files that two people send at once are each theirs', async () => {
    await Promise.all([
      at.tenant.sendFiles(me, [csv]),
      at.tenant.sendFiles(TOMAS.aadObjectId, [{ ...csv, bytes: Buffer.from('Other') }]),
    ])
    await eventually(async () => expect(asked).toHaveLength(2))
    const contents = await Promise.all(
      asked.map(async ({ input, actor }) => {
        const [file] = input.by === 'files' ? input.files : []
        return [actor.user, Buffer.from((await file?.read()) ?? []).toString()]
      }),
    )
    expect(Object.fromEntries(contents)).toEqual({
      [me]: 'Ref,Title',
      [TOMAS.aadObjectId]: 'Other',
    })
  })
})
