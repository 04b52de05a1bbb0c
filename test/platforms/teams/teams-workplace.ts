import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock } from '../../../src/base/clock.ts'
import type { ChatRequestHandler } from '../../../src/chat/port.ts'
import { createTeams, type TeamsOptions } from '../../../src/platforms/teams/app.ts'
import { TeamsConfig } from '../../../src/platforms/teams/config.ts'
import type { CardJson, Message } from '../../../src/playground/teams/model.ts'
import type { TeamsTenant } from '../../../src/playground/teams/tenant.ts'
import { APP_ID, startTenant, TENANT } from '../../playground/teams/sdk-bot.ts'
import { listenerOf } from '../../support/platforms.ts'
import { expandDrawn } from '../contract.ts'

/** A line that the log was given. */
export interface Line {
  readonly level: 'info' | 'warn' | 'error'
  readonly about: object
  readonly words: string
}

/** Milepost's Teams side in a tenant on this machine. */
export async function openTenant(handle: ChatRequestHandler, parts: Partial<TeamsOptions> = {}) {
  const tenant = await startTenant({ rateLimits: false })
  const lines: Line[] = []
  const write = (level: Line['level']) => (about: object, words: string) => {
    lines.push({ level, about, words })
  }
  const teams = createTeams({
    config: configFor(tenant),
    handle,
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    clock: systemClock,
    expand: expandDrawn,
    ...parts,
  })
  await teams.start()
  const server = createServer(listenerOf(teams))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`
  tenant.setBotUrl(url)
  const close = async () => {
    await teams.stop()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await tenant.close()
  }
  return { tenant, teams, lines, url, close }
}

export function configFor(tenant: TeamsTenant): TeamsConfig {
  return TeamsConfig.parse({
    mode: 'tenant',
    appId: APP_ID,
    appPassword: tenant.credentials.appPassword,
    tenantId: TENANT.id,
    allowedHosts: ['127.0.0.1'],
    fileHosts: ['127.0.0.1'],
    serviceUrl: tenant.serviceUrl,
    authSettings: { ...tenant.authSettings, tokenUrl: tenant.tokenUrl },
  })
}

export interface Standing {
  readonly conversation: string
  readonly message: Message
}

/** Every message that a person sees, oldest first. */
export function messagesOf(tenant: TeamsTenant, userId: string): Standing[] {
  const { chat, team } = tenant.snapshot(userId)
  const direct = chat.messages.map((message) => ({ conversation: chat.conversationId, message }))
  const threads = team.channels.flatMap((channel) => channel.threads)
  const shared = threads.flatMap(({ conversationId, root, replies }) =>
    [root, ...replies].map((message) => ({ conversation: conversationId, message })),
  )
  return [...direct, ...shared]
    .filter(({ message }) => !message.deleted)
    .sort((one, other) => Number(one.message.id) - Number(other.message.id))
}

/** Every object within a card. */
export function partsIn(card: unknown): CardJson[] {
  if (Array.isArray(card)) return card.flatMap(partsIn)
  if (typeof card !== 'object' || card === null) return []
  return [card as CardJson, ...Object.values(card).flatMap(partsIn)]
}

export function buttonsIn(card: unknown): CardJson[] {
  return partsIn(card).filter(({ type }) => type === 'Action.Execute')
}

export function inputsIn(card: unknown): string[] {
  return partsIn(card).flatMap(({ type, id }) =>
    String(type).startsWith('Input.') ? [String(id)] : [],
  )
}

/** Each picture within a card. */
export function picturesIn(card: unknown): { png: Buffer; alt: string }[] {
  return partsIn(card)
    .filter(({ type }) => type === 'Image')
    .map(({ url, altText }) => {
      const [, base64 = ''] = String(url).split('data:image/png;base64,')
      return { png: Buffer.from(base64, 'base64'), alt: String(altText) }
    })
}

/** The words of a message as they are seen: its text or its card, and the note under it. */
export function wordsOf({ text, card, note }: Message): string {
  const inCard = partsIn(card).flatMap(({ type, text: words }) =>
    ['TextRun', 'TextBlock'].includes(String(type)) ? [String(words)] : [],
  )
  return [text, ...inCard, note?.text].filter(Boolean).join('\n')
}
