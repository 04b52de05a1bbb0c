import {
  isForMembers,
  keyOf,
  loadRelationsToThings,
  type Thing,
} from '../authority/relations-to-things.ts'
import { adminsRelation, may, strangersRelation } from '../authority/rights.ts'
import type { CivilDate } from '../base/dates.ts'
import { isId } from '../base/ids.ts'
import type { ReadTx } from '../infra/db.ts'
import type { Card } from './cards.ts'
import type { AskedActions, Command } from './commands.ts'
import { type Button, buttonSchema, buttonsIn } from './data-buttons.ts'
import { commandNameOf } from './resolve-command.ts'

/** The one person who reads a card. */
export interface CardReader {
  /** Null: an account that is linked to nobody. */
  readonly personId: string | null
  readonly today: CivilDate
  /** The installation names the account as its administrator. */
  readonly isAdmin?: boolean
}

/** A card without the buttons that its reader may not press. */
export type ButtonFitter = (tx: ReadTx, reader: CardReader, card: Card) => Promise<Card>

/** What a button needs, by the command it calls. */
interface Demand {
  readonly actions: AskedActions
  readonly thing: Thing
  /** Others would hear of it, which nobody does of a programme that was archived. */
  readonly notifies: boolean
}

/**
 * Asks for all buttons of a card in one statement, and for none where every member may press each of them. A command
 * that asks for several actions keeps its button where one of them is allowed: which one counts depends on more than
 * the thing, and the view that offers it knows. A card in a channel has readers of many roles and is not fitted: its
 * buttons are for all, and who may not is told so in words.
 */
export function createButtonFitter(commands: readonly Command[]): ButtonFitter {
  const byName = new Map(commands.map((command) => [command.name, command]))
  const demandOf = ({ verb, data }: Button): Demand | undefined => {
    const command = byName.get(commandNameOf(verb))
    if (!command) return undefined
    const { authority: actions, notifies } = command
    return {
      actions,
      thing: thingToClose(actions, thingOf(data)),
      notifies: notifies !== undefined,
    }
  }
  return async (tx, reader, card) => {
    const demands = buttonsIn(card.data).flatMap((button) => demandOf(button) ?? [])
    const isAllowed = await permissionsOf(tx, reader, demands)
    const keeps = (button: Button) => {
      const demand = demandOf(button)
      return demand === undefined || isAllowed(demand)
    }
    return demands.every(isAllowed) ? card : { ...card, data: kept(card.data, keeps) }
  }
}

/** The most particular thing that the data names comes first: a milestone is in a project, a project in a programme. */
const particularFirst = [
  'milestone',
  'measure',
  'entry',
  'question',
  'project',
  'programme',
] as const

/** What somebody typed, such as the number of a project, stands in a button that offers the form: that finds the thing. */
function thingOf(data: Button['data']): Thing {
  const named = particularFirst.flatMap((kind): Thing[] => {
    const id = data[kind]
    return typeof id === 'string' && (isId(id) || kind === 'programme') && id !== ''
      ? [{ kind, id }]
      : []
  })
  return named[0] ?? { kind: 'anything', id: '' }
}

/** Of a whole programme, what can be decided are its open decisions. */
function thingToClose(actions: AskedActions, thing: Thing): Thing {
  const isToDecide = actions.every((action) => action === 'close decision')
  return isToDecide && thing.kind === 'programme' ? { kind: 'decisions', id: thing.id } : thing
}

async function permissionsOf(
  tx: ReadTx,
  { personId, today, isAdmin = false }: CardReader,
  demands: readonly Demand[],
): Promise<(demand: Demand) => boolean> {
  const byAccount = isAdmin ? adminsRelation : strangersRelation
  const isAccounts = ({ actions }: Demand) => actions.some((action) => may(action, byAccount))
  if (personId === null) return isAccounts
  const isMembers = ({ actions }: Demand) => actions.some(isForMembers)
  const asked = demands.filter((demand) => !isMembers(demand) && !isAccounts(demand))
  const things = new Map(asked.map(({ thing }) => [keyOf(thing), thing]))
  const relations =
    things.size === 0
      ? new Map()
      : await loadRelationsToThings(tx, { personId, today }, [...things.values()])
  return (demand) => {
    if (isMembers(demand) || isAccounts(demand)) return true
    const relation = relations.get(keyOf(demand.thing))
    if (!relation || (demand.notifies && relation.isArchived)) return false
    return demand.actions.some((action) => may(action, relation))
  }
}

function kept(value: unknown, keeps: (button: Button) => boolean): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    return value
      .filter((each) => {
        const button = buttonSchema.safeParse(each)
        return !button.success || keeps(button.data)
      })
      .map((each) => kept(each, keeps))
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, kept(each, keeps)]))
}
