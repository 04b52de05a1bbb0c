import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import express from 'express'
import type { Address, Place } from '../../../src/base/addresses.ts'
import type { PlatformAdapter } from '../../../src/chat/platform-definition.ts'
import { RecipientGoneError } from '../../../src/chat/port.ts'
import { type NewInstallation, noInstallations } from '../../../src/chat/workspace-installations.ts'
import { createSlack } from '../../../src/platforms/slack/app.ts'
import { drawn, expandDrawn, onePixel, withPicture } from '../../platforms/contract.ts'
import {
  consent,
  type EmulatedWorkspace,
  mei,
  oauth,
  priya,
  publicUrl,
  signingSecret,
  startEmulate,
} from './emulate.ts'

/** What Milepost asks of Slack's Web API, asked of emulate. */

let workspace: EmulatedWorkspace
let slack: PlatformAdapter
let channel: Place
let person: Place
let bot: string

beforeAll(async () => {
  workspace = await startEmulate()
  const installed = await workspace.install()
  bot = installed.user
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  slack = createSlack({
    config: {
      mode: 'http',
      signingSecret,
      botToken: installed.token,
      apiUrl: `${workspace.url}/api/`,
    },
    handle: async () => ({ kind: 'answer', card: drawn('Understood') }),
    log,
    expand: expandDrawn,
  })
  await slack.start()
  const place = (conversation: string, kind: Place['kind']): Place => ({
    ...{ platform: 'slack', tenant: installed.team, conversation, kind },
  })
  channel = place(await workspace.channel('board'), 'channel')
  person = place(String((await workspace.as(mei, 'auth.test')).user_id), 'direct')
}, 60_000)
afterAll(async () => {
  await slack?.stop()
  await workspace?.close()
})

const since = () => new Date(Date.now() - 60_000)
const card = drawn('Milestone due')
const posted = async () => {
  const of = { channel: channel.conversation }
  return JSON.stringify((await workspace.as(priya, 'conversations.history', of)).messages)
}

test('a workspace installs Milepost by a link, and is spoken to with what it gave', async () => {
  const kept: NewInstallation[] = []
  const installed = createSlack({
    config: { mode: 'http', signingSecret, oauth, apiUrl: `${workspace.url}/api/` },
    handle: async () => ({ kind: 'answer', card: drawn('Understood') }),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    expand: expandDrawn,
    pages: { publicUrl, renderPage: (text) => text },
    installations: {
      ...noInstallations,
      invitation: async () => ({ organisationId: 'anyshire' }),
      takeOnce: async () => true,
      save: async (one) => {
        kept.push(one)
        return 'saved'
      },
      find: async ({ tenant }) => {
        const found = kept.find((one) => one.tenant === tenant)
        return found
          ? { ...found, isOrganisationWide: false }
          : { notInstalled: 'app_not_installed' }
      },
    },
  })
  await installed.start()
  const message = { key: 'k0', card: drawn('Installed') }
  await expect(installed.send(channel, message)).rejects.toMatchObject({
    code: 'app_not_installed',
  })
  const routes = express()
  for (const { method, path, listener } of installed.routes) routes[method](path, listener)
  const server = routes.listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const begun = await fetch(`http://127.0.0.1:${port}/slack/install`, { redirect: 'manual' })
  const { pathname, search } = await consent(new URL(begun.headers.get('location') ?? ''))
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? ''
  const ended = await fetch(`http://127.0.0.1:${port}${pathname}${search}`, { headers: { cookie } })
  expect(await ended.text()).toContain('Milepost is installed in Anyshire Council')
  server.close()
  await installed.send(channel, message)
  expect(await posted()).toContain('Installed')
  await installed.stop()
})

describe('a message', () => {
  let sent: Address
  test('is posted with its key, and found by it', async () => {
    sent = await slack.send(channel, { key: 'k1', card })
    expect(await slack.find(channel, 'k1', since())).toEqual(sent)
    expect(await slack.find(channel, 'k2', since())).toBe('not there')
  })

  test('is answered in its thread, and found there', async () => {
    const reply = await slack.send(channel, { key: 'k3', card, thread: sent })
    expect(await slack.find(channel, 'k3', since(), sent)).toEqual(reply)
  })

  test('is changed in place, and keeps its key', async () => {
    await slack.update(sent, { key: 'k1', card: drawn('Milestone done') })
    expect(await posted()).toContain('Milestone done')
    expect(await slack.find(channel, 'k1', since())).toEqual(sent)
  })

  test('to a person opens their chat, and is found there by their id', async () => {
    const direct = await slack.send(person, { key: 'k4', card })
    expect(direct.place.conversation).toMatch(/^D/)
    expect(await slack.find(person, 'k4', since())).toMatchObject({ messageId: direct.messageId })
  })

  test('brings a picture that was uploaded', async () => {
    const card = withPicture('The digest')
    await slack.send(channel, { key: 'k5', card, image: onePixel })
    expect(await posted()).toMatch(/"slack_file":\{"id":"F\w+"\}/)
  })

  test('to nobody says that its recipient is gone', async () => {
    const nobody = { ...person, conversation: 'U0NOBODY' }
    await expect(slack.send(nobody, { key: 'k6', card })).rejects.toThrow(RecipientGoneError)
  })
})

test('a person’s page is published', async () => {
  const { tenant, conversation: user } = person
  await slack.publishHome?.({ tenant, user }, card)
})

test('a person has the name that their profile has', async () => {
  const { tenant, conversation: user } = person
  expect(await slack.profile({ platform: 'slack', tenant, user })).toMatchObject({
    displayName: 'Mei Harrow',
  })
})

test('a channel tells who reads it, its name, whether Milepost is in it, and that it is archived', async () => {
  const seen = { visibility: 'everyone', isArchived: false, isMember: false, name: 'board' }
  expect(await slack.channel(channel)).toEqual(seen)
  const open = { ...seen, isMember: true, areMembersKnown: true }
  const invited = { channel: channel.conversation, users: bot }
  await workspace.as(priya, 'conversations.invite', invited)
  expect(await slack.channel(channel)).toEqual(open)
  await workspace.as(priya, 'conversations.archive', { channel: channel.conversation })
  expect(await slack.channel(channel)).toEqual({
    ...seen,
    isMember: true,
    isArchived: true,
  })
})
