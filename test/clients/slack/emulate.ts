import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { createEmulator, defineEmulator } from 'emulate'
import { z } from 'zod'
// emulate refuses a call without its scope, so this is also a test of what the manifest asks for.
import { installScopes, scopes } from '../../../src/platforms/slack/manifest.ts'

/**
 * vercel-labs' emulate as a Slack workspace: its Web API, its OAuth and its events are its own. What it does not simulate
 * (its README: "slash command and interaction simulation") is sent from here in Slack's documented shape, with trigger ids
 * that it issues.
 */

export const oauth = { clientId: '1.2', clientSecret: 'a client secret' }
const { clientId, clientSecret } = oauth
/** Where Milepost is for browsers, though nothing listens there. */
export const publicUrl = 'http://localhost'
const redirectUri = 'http://localhost/oauth'
const installRedirect = `${publicUrl}/slack/oauth_redirect`
export const signingSecret = 'a signing secret'
export const priya = 'priya'
export const mei = 'mei'
const people = [
  { name: priya, real_name: 'Priya Marlowe', email: 'priya@example.org' },
  { name: mei, real_name: 'Mei Harrow', email: 'mei@example.org' },
]

const record = z.record(z.string(), z.unknown())
const channelList = z.array(z.object({ id: z.string(), name: z.string() }))

export type EmulatedWorkspace = Awaited<ReturnType<typeof startEmulate>>

/** `publicUrl`: the address under which Milepost reaches it, which the addresses of files are made of. */
export async function startEmulate(publicUrl?: string) {
  let eventsUrl = ''
  const unsubscribe = await subscribe(() => eventsUrl)
  const port = publicUrl === undefined ? 0 : await freePort()
  const emulator = await createEmulator({
    service: 'slack',
    port,
    ...(publicUrl !== undefined && { baseUrl: publicUrl }),
    seed: {
      slack: {
        ...{ signing_secret: signingSecret, strict_scopes: true },
        team: { name: 'Anyshire Council', domain: 'anyshire' },
        users: people,
        channels: [{ name: 'board' }, { name: 'elsewhere', is_private: true }],
        oauth_apps: [
          {
            ...{ client_id: clientId, client_secret: clientSecret, app_id: 'A0MILEPOST' },
            ...{ name: 'Milepost', redirect_uris: [redirectUri, installRedirect] },
            scopes: [...installScopes],
          },
        ],
        tokens: people.map(({ name }) => ({ token: `xoxp-${name}`, user: name })),
      },
    },
  })
  const url = publicUrl === undefined ? emulator.url : `http://127.0.0.1:${port}`
  const call = async (method: string, fields: Readonly<Record<string, string>>, token: string) => {
    const response = await fetch(new URL(`/api/${method}`, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(fields),
    })
    const answer = record.parse(await response.json())
    if (answer.ok !== true) throw new Error(`${method}: ${answer.error}`)
    return answer
  }
  const as = (name: string, method: string, fields: Readonly<Record<string, string>> = {}) =>
    call(method, fields, `xoxp-${name}`)
  return {
    url,
    call,
    as,
    /** The id of a channel. */
    channel: async (name: string): Promise<string> => {
      const { channels } = await as(priya, 'conversations.list', {
        types: 'public_channel,private_channel',
      })
      const found = channelList.parse(channels).find((each) => each.name === name)
      if (!found) throw new Error(`There is no channel ${name}.`)
      return found.id
    },
    install: () => install(url),
    /** Where Milepost takes events. */
    connect: (at: string) => {
      eventsUrl = at
    },
    close: async () => {
      unsubscribe()
      await emulator.close()
    },
  }
}

/** emulate tells no port of its own once it is told how it is called. */
async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/**
 * Has the Slack service deliver its events. emulate 0.12.2 dispatches them to subscriptions and signs them, but offers no
 * way to subscribe; its dispatcher is the one that it hands to a custom emulator, so it is subscribed there.
 */
async function subscribe(url: () => string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<object>()
  const definition = defineEmulator({
    name: 'subscriber',
    state: () => ({}),
    setup: ({ webhooks }) => resolve(Object.getPrototypeOf(webhooks)),
  })
  const probe = await createEmulator({ service: definition, listen: false })
  type Dispatcher = Parameters<typeof definition.setup>[0]['webhooks']
  const dispatcher = (await promise) as Dispatcher
  const { dispatch } = dispatcher
  dispatcher.dispatch = function (this: Dispatcher, ...event) {
    const [known] = this.getSubscriptions('slack')
    if (!known && url() !== '') {
      this.register({ url: url(), events: ['*'], active: true, owner: 'slack' })
    }
    return dispatch.apply(this, event)
  }
  await probe.close()
  return () => {
    dispatcher.dispatch = dispatch
  }
}

const granted = z.object({
  ok: z.literal(true),
  access_token: z.string(),
  bot_user_id: z.string(),
  team: z.object({ id: z.string() }),
})

/** Installs Milepost as its administrator does: the page that asks, the consent, the code for a bot token. */
async function install(url: string) {
  const query = new URLSearchParams({
    ...{
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: scopes.join(','),
      state: 'a state',
    },
  })
  const back = await consent(new URL(`/oauth/v2/authorize?${query}`, url))
  const response = await fetch(new URL('/api/oauth.v2.access', url), {
    method: 'POST',
    body: new URLSearchParams({
      ...{ client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri },
      code: back.searchParams.get('code') ?? '',
    }),
  })
  const token = granted.parse(await response.json())
  return { token: token.access_token, user: token.bot_user_id, team: token.team.id }
}

/** Agrees on the page that asks, as Priya. Gives where the browser is sent back to. */
export async function consent(page: URL): Promise<URL> {
  const [, form = ''] =
    /<form[^>]*>((?:(?!<\/form>)[\s\S])*Priya Marlowe[\s\S]*?)<\/form>/.exec(
      await (await fetch(page)).text(),
    ) ?? []
  const hidden = [...form.matchAll(/name="([^"]*)" value="([^"]*)"/g)]
  const agreed = await fetch(new URL('/oauth/v2/authorize/callback', page), {
    ...{ method: 'POST', redirect: 'manual' },
    body: new URLSearchParams(Object.fromEntries(hidden.map(([, name, value]) => [name, value]))),
  })
  return new URL(agreed.headers.get('location') ?? '')
}
