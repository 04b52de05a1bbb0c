import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { isForMembers } from '../../../src/authority/relations-to-things.ts'
import { commandNameOf } from '../../../src/chat/resolve-command.ts'
import type { Database } from '../../../src/infra/db.ts'
import { chatOn } from '../../support/programme.ts'
import { askOnce, commands } from './ask.ts'
import { expectations } from './expectations.ts'
import { buttonsOf, type CardButton, keyOf, rolledBack } from './pressing.ts'
import { askings } from './requests.ts'
import { type Cast, type Insider, insiders } from './roles.ts'
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
    'with nobody to confirm, and a digest that goes out by itself',
    ['admin confirm improvement off', 'admin confirm done off', 'digest approval off'],
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

/** Whether a card shows what a button is about: a page has the rows of its reader alone. */
const isNamed = ({ data }: CardButton, own: readonly CardButton[]): boolean =>
  own.some((one) => Object.keys(data).length > 0 && isDeepStrictEqual(one.data, data))

/** A command is offered by a button of it or by one that opens its form. */
const isOffered = ({ verb, data }: CardButton, own: readonly CardButton[]): boolean =>
  own.some(
    (one) => commandNameOf(one.verb) === commandNameOf(verb) && isDeepStrictEqual(one.data, data),
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
      const { wrong, pressed } = await rolledBack(db, async (inside) => {
        for (const line of lines) {
          await chatOn(inside, today).ask(cast.askers.office.identity, line)
        }
        return pressAll(inside, cast)
      })
      expect(wrong).toEqual([])
      expect(pressed).toBeGreaterThan(30)
    },
    240_000,
  )
})
