import { beforeEach, describe, expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../src/app/command-registry.ts'
import { type CardReader, createButtonFitter } from '../../src/chat/fit-buttons.ts'
import { noticeCard } from '../../src/chat/notice.ts'
import type { ReadTx } from '../../src/infra/db.ts'
import { chatOn, day, emptyDatabase, milestoneIdOf, projectIdOf } from '../support/programme.ts'
import { storeTwoProgrammes, type TwoProgrammes } from '../support/two-programmes.ts'

const fresh = emptyDatabase()
const fitCard = createButtonFitter(buildCommandRegistry().commands)
const today = day('2017-03-01')

let at: TwoProgrammes
beforeEach(async () => {
  at = await storeTwoProgrammes(fresh.db)
})

const button = (verb: string, data: Record<string, string> = {}) => ({ title: verb, verb, data })

async function kept(reader: Omit<CardReader, 'today'>, ...buttons: ReturnType<typeof button>[]) {
  const card = noticeCard({ heading: 'A card', lines: [], buttons })
  const { data } = await fitCard(fresh.db, { ...reader, today }, card)
  return (data as { buttons: { title: string }[] }).buttons.map(({ title }) => title)
}

describe('the buttons of a card', () => {
  test('are those that its reader may press, by the thing that each names', async () => {
    const project = await projectIdOf(fresh.db, '2.1')
    const milestone = await milestoneIdOf(fresh.db, 'Site rebuilt')
    const elsewhere = await projectIdOf(fresh.db, '7.7')
    const buttons = [
      button('show', { project }),
      button('update:form', { project }),
      button('done', { milestone }),
      button('no-change', { project: elsewhere }),
      button('round-nudge', { programme: 'BCS' }),
      button('setup:form'),
    ]
    const { asha, tom, priya } = at
    expect(await kept({ personId: asha.id }, ...buttons)).toEqual(['show', 'update:form', 'done'])
    expect(await kept({ personId: tom.id }, ...buttons)).toEqual(['show'])
    expect(await kept({ personId: priya.id }, ...buttons)).toEqual([
      'show',
      'update:form',
      'done',
      'round-nudge',
    ])
  })

  test('are a deputy’s while the lead is away, and not after', async () => {
    const update = button('update:form', { project: await projectIdOf(fresh.db, '2.1') })
    await chatOn(fresh.db, today).ask(at.asha, 'away 1 Mar to 3 Mar deputy Tom Quill')
    expect(await kept({ personId: at.tom.id }, update)).toEqual(['update:form'])
    await fresh.db.leave.deleteMany()
    expect(await kept({ personId: at.tom.id }, update)).toEqual([])
  })

  test('go without what else stands on the card', async () => {
    const buttons = [button('show'), button('round-nudge', { programme: 'BCS' })]
    const card = { ...noticeCard({ heading: 'A card', lines: [], buttons }), remarks: ['Saved'] }
    const fitted = await fitCard(fresh.db, { personId: at.tom.id, today }, card)
    expect(fitted).toMatchObject({ remarks: ['Saved'], data: { buttons: [{ title: 'show' }] } })
  })

  test('that name nothing are for whoever may do it anywhere', async () => {
    const all = button('no-change')
    expect(await kept({ personId: at.asha.id }, all)).toEqual(['no-change'])
    expect(await kept({ personId: at.tom.id }, all)).toEqual([])
  })

  test('are an administrator’s by their account, and nobody else’s', async () => {
    const buttons = [button('setup:form'), button('show', { project: 'x' })]
    expect(await kept({ personId: null, isAdmin: true }, ...buttons)).toEqual(['setup:form'])
    expect(await kept({ personId: null }, ...buttons)).toEqual([])
  })

  test('cost no statement where every member may press them', async () => {
    const unread = {} as ReadTx
    const card = noticeCard({
      heading: 'A card',
      lines: [],
      buttons: [button('show', { project: 'x' })],
    })
    expect(await fitCard(unread, { personId: at.tom.id, today }, card)).toBe(card)
  })
})
