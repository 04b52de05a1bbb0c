import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { isForMembers } from '../../../src/authority/relations-to-things.ts'
import { commandNameOf } from '../../../src/chat/resolve-command.ts'
import type { Database } from '../../../src/infra/db.ts'
import { chatOn, direct, wordsOf } from '../../support/programme.ts'
import { askOnce, commands, questionsOf } from './ask.ts'
import { type ExpectationRow, expectations } from './expectations.ts'
import { isWrite } from './judge.ts'
import { buttonsOf, type CardButton, keyOf, rolledBack } from './pressing.ts'
import { askings } from './requests.ts'
import { type Asker, type Cast, type Insider, insiders } from './roles.ts'
import { sentAt } from './sent-cards.ts'
import { useStage } from './stage.ts'
import { today } from './things.ts'

/**
 * Every card that an answer shows has the buttons that its reader may press and no other: of all that anybody in the
 * programme is shown there, those that are not refused to them. What every member may do is offered where it is of use,
 * and only has to work where it is offered; what else is missing is looked for beside the things that the card shows.
 */

const stage = useStage()

/** What the office says first: the settings on which buttons depend. */
const settings: readonly (readonly [string, readonly string[]])[] = [
  ['with a second person to confirm, and a digest to approve', []],
  [
    'with nobody to confirm, milestones of the leads’ own, governed moves, and a digest that goes out by itself',
    [
      ...['admin confirm improvement off', 'admin confirm done off', 'digest approval off'],
      ...['admin lead milestones on', 'admin moves over 30 or seen'],
    ],
  ],
  ['that is archived', ['programmes archive KESTREL because it has ended']],
]

/** The rows of the matrix that answer with a card and change nothing. */
const queries = expectations
  .filter(({ command }) => commands.find(({ name }) => name === command)?.isReadOnly)
  .map(({ name }) => name)

const isForEverybody = ({ verb }: CardButton): boolean =>
  commands.some(
    ({ name, authority }) => name === commandNameOf(verb) && authority.some(isForMembers),
  )

/** What a button is about: an answer that is drawn anew says, besides, which answer it is. */
const thingsOf = ({ data: { shown: _, ...things } }: CardButton) => things

/**
 * Whether a card shows what a button is about: a page has the rows of its reader alone. *Ask* stands beside a move that
 * waits, too, where the project is another's to update.
 */
const isNamed = (button: CardButton, own: readonly CardButton[]): boolean =>
  own
    .filter(({ verb }) => commandNameOf(verb) !== 'ask')
    .some(
      (one) =>
        Object.keys(thingsOf(button)).length > 0 &&
        isDeepStrictEqual(thingsOf(one), thingsOf(button)),
    )

/** A command is offered by a button of it or by one that opens its form. */
const isOffered = (button: CardButton, own: readonly CardButton[]): boolean =>
  own.some(
    (one) =>
      commandNameOf(one.verb) === commandNameOf(button.verb) &&
      isDeepStrictEqual(thingsOf(one), thingsOf(button)),
  )

/** The buttons of one answer, by who is shown them. */
async function shownButtons(
  db: Database,
  { askers, north }: Cast,
  name: string,
): Promise<Map<Insider, CardButton[]>> {
  const shown = new Map<Insider, CardButton[]>()
  for (const role of insiders) {
    const asking = askings[name]?.(north.things)
    if (!asking) throw new Error(`requests.ts does not say how "${name}" is asked`)
    const input = { by: 'text' as const, text: asking.line }
    const { reply } = await askOnce(db, askers[role], { input, at: asking.at })
    shown.set(role, buttonsOf(reply.card.data))
  }
  return shown
}

/** What is wrong with the buttons of all answers, as sentences, and how many were pressed. */
async function pressAll(db: Database, cast: Cast) {
  const wrong: string[] = []
  const outcomes = new Map<string, boolean>()
  const isRefused = async (button: CardButton, role: Insider): Promise<boolean> => {
    const key = `${role} ${keyOf(button)}`
    const known = outcomes.get(key)
    if (known !== undefined) return known
    const input = { by: 'button' as const, verb: button.verb, args: button.data }
    const ended = await rolledBack(db, async (once) => {
      return (await askOnce(once, cast.askers[role], { input, at: undefined })).ended
    })
    outcomes.set(key, ended === 'refused')
    return ended === 'refused'
  }
  for (const name of queries) {
    const shown = await shownButtons(db, cast, name)
    const all = new Map([...shown.values()].flat().map((button) => [keyOf(button), button]))
    for (const [key, button] of all) {
      for (const role of insiders) {
        const isShown = shown.get(role)?.some((one) => keyOf(one) === key) === true
        const own = shown.get(role) ?? []
        if (!isShown && (isForEverybody(button) || !isNamed(button, own))) continue
        if (!isShown && isOffered(button, own)) continue
        if (isShown !== (await isRefused(button, role))) continue
        wrong.push(`${name}, ${role}: ${key} is ${isShown ? 'shown and refused' : 'missing'}`)
      }
    }
  }
  return { wrong, pressed: outcomes.size }
}

describe('every card has the buttons that its reader may press, and no other', () => {
  test.each(settings)(
    'in a programme %s',
    async (_, lines) => {
      const { db, cast } = stage.current
      const { wrong, pressed } = await withSettings(db, cast.askers, lines, (inside) =>
        pressAll(inside, cast),
      )
      expect(wrong).toEqual([])
      expect(pressed).toBeGreaterThan(30)
    },
    240_000,
  )
})

/** Runs `work` where the office has said these lines, and nothing of it remains. */
function withSettings<T>(
  db: Database,
  { office }: Cast['askers'],
  lines: readonly string[],
  work: (inside: Database) => Promise<T>,
): Promise<T> {
  return rolledBack(db, async (inside) => {
    for (const line of lines) await chatOn(inside, today).ask(office.identity, line)
    return work(inside)
  })
}

/** How somebody presses a button on a day: whether they are refused. Nothing of it remains. */
async function isRefusedTo(
  db: Database,
  asker: Asker,
  { verb, data }: CardButton,
  on: string = today,
): Promise<boolean> {
  const input = { by: 'button' as const, verb, args: data }
  const press = (once: Database) => askOnce(once, asker, { input, at: undefined }, on)
  return (await rolledBack(db, press)).ended === 'refused'
}

/** The buttons of the answer to what somebody saves that are refused to them; `offered`: all, with whose they are. */
async function pressAnswers(db: Database, { askers, north }: Cast, { name, of }: ExpectationRow) {
  const refused: string[] = []
  const offered: string[] = []
  const question = questionsOf(askings[name]?.(north.things) ?? { line: '' }).find(isWrite)
  for (const role of insiders.filter((one) => question && of[one] === '✓')) {
    await rolledBack(db, async (inside) => {
      if (!question) return
      const { reply } = await askOnce(inside, askers[role], question)
      const refreshed = reply.kind === 'answer' ? reply.refresh?.data : undefined
      for (const button of buttonsOf([reply.card.data, refreshed])) {
        offered.push(button.verb)
        if (await isRefusedTo(inside, askers[role], button))
          refused.push(`${name}, ${role}: ${keyOf(button)}`)
      }
    })
  }
  return { refused, offered }
}

test('the answer to whatever is saved has no button that is refused to its reader', async () => {
  const { db, cast } = stage.current
  const wrong: string[] = []
  // Undo is decided by who said it alone: only the first time are those pressed that have no other button.
  let rows = expectations.filter(({ name }) => !queries.includes(name))
  for (const [, lines] of settings.slice(0, 2)) {
    await withSettings(db, cast.askers, lines, async (inside) => {
      const offering: ExpectationRow[] = []
      for (const row of rows) {
        const { refused, offered } = await pressAnswers(inside, cast, row)
        wrong.push(...refused)
        if (offered.some((verb) => verb !== 'undo')) offering.push(row)
      }
      rows = offering
    })
  }
  expect(wrong).toEqual([])
  expect(rows.length).toBeGreaterThan(5)
}, 240_000)

/** Working days on which something is asked, due, held for approval, and overdue for long. */
const moments = [
  ...['2017-03-01T12:00:00Z', '2017-03-06T08:30:00Z', '2017-03-31T09:30:00Z'],
  '2017-04-25T09:30:00Z',
]

test.each(settings.slice(0, 2))(
  'nobody is sent a button that is refused to them, in a programme %s',
  async (_, lines) => {
    const { db, cast } = stage.current
    const { lead, viewer, 'other lead': leaver } = cast.askers
    const { key } = cast.north.things
    const kinds = new Set<string>()
    const wrong: string[] = []
    const said = [...lines, `admin lead milestones ask for ${key}`]
    await withSettings(db, cast.askers, said, async (inside) => {
      const chat = chatOn(inside, today)
      await chat.ask(lead.identity, `add milestone ${key}/2.1 Another page by 30 Jun 2017`)
      await chat.ask(viewer.identity, `ask ${key}/2.1 When is it done?`)
      await inside.identity.updateMany({
        where: { user: leaver.identity.user },
        data: { goneAt: new Date(0) },
      })
      for (const moment of moments) {
        for (const { kind, identity, card } of await sentAt(inside, new Date(moment))) {
          kinds.add(kind)
          const place = { ...direct, conversation: `D${identity.user}` }
          for (const button of buttonsOf(card.data)) {
            const on = moment.slice(0, 10)
            if (await isRefusedTo(inside, { identity, place }, button, on))
              wrong.push(`${kind} to ${identity.user}: ${keyOf(button)}`)
          }
        }
      }
    })
    expect(wrong).toEqual([])
    const expected = ['leaver', 'milestone-request', 'office', 'question', 'reminder']
    expect([...kinds]).toEqual(expect.arrayContaining(expected))
  },
  240_000,
)

test('what was done from one copy of a message is said when the same is pressed on another', async () => {
  const { db, cast } = stage.current
  const { key } = cast.north.things
  const said = [`admin lead milestones ask for ${key}`]
  const second = new Map<string, string>()
  await withSettings(db, cast.askers, said, async (inside) => {
    const line = `add milestone ${key}/2.1 Another page by 30 Jun 2017`
    await chatOn(inside, today).ask(cast.askers.lead.identity, line)
    for (const moment of moments.slice(0, 2)) {
      const copies = (await sentAt(inside, new Date(moment))).flatMap(({ identity, card }) =>
        buttonsOf(card.data).map((button) => ({ identity, button })),
      )
      for (const [one, other] of Map.groupBy(copies, ({ button }) => keyOf(button)).values()) {
        const isWritten = commands.some(({ name, isReadOnly }) => {
          return name === one?.button.verb && !isReadOnly
        })
        if (!one || !other || !isWritten) continue
        const { verb, data } = one.button
        await rolledBack(inside, async (once) => {
          const press = (identity: Asker['identity']) =>
            askOnce(
              once,
              { identity, place: { ...direct, conversation: `D${identity.user}` } },
              { input: { by: 'button', verb, args: data }, at: undefined },
              moment.slice(0, 10),
            )
          await press(one.identity)
          second.set(verb, wordsOf((await press(other.identity)).reply))
        })
      }
    }
  })
  const savedTwice = [...second].filter(([, words]) => words.startsWith('Saved'))
  expect(savedTwice).toEqual([])
  expect(Object.fromEntries(second)).toMatchObject({
    'add-milestone': expect.stringContaining('answered that already'),
    'digest-approve': expect.stringContaining('was approved by'),
    done: expect.stringContaining('It was done already'),
    'no-change': expect.stringMatching(/said today already|None of your own projects owes/),
  })
}, 240_000)
