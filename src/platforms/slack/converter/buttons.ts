import type { types } from '@slack/bolt'
import type { CardAction, ExecuteAction } from '../../../chat/card-schema.ts'
import * as limits from '../limits.ts'
import { plainTextObject } from './text.ts'

/** Closes a form on Slack. In a message there is nothing to go back to: Teams replaces a message, Slack does not. */
const backVerb = 'back'

/** Marks a button that only opens an address: Slack tells of its being pressed all the same. */
const linkVerb = 'link'

/** Numbers the buttons of one message or view: Slack wants each action_id once. */
export type NextNumber = () => number

export function createButtonCounter(): NextNumber {
  let last = 0
  return () => {
    last += 1
    return last
  }
}

const styles = { positive: 'primary', destructive: 'danger' } as const

/** Throws RangeError where the button carries more than Slack takes. */
function buttonOf(action: CardAction, number: number): types.Button {
  const text = plainTextObject(action.title, limits.buttonText)
  if (action.type === 'Action.OpenUrl') {
    return { type: 'button', text, action_id: `${linkVerb}#${number}`, url: action.url }
  }
  const { verb, data, style } = action
  const value = JSON.stringify(data)
  if (value.length > limits.buttonValue) {
    throw new RangeError(`the button "${action.title}" carries ${value.length} characters of data`)
  }
  return {
    type: 'button',
    text,
    action_id: `${verb}#${number}`,
    value,
    ...(style && style !== 'default' && { style: styles[style] }),
  }
}

/** Rows of buttons; none for no actions. */
export function buttonRows(actions: readonly CardAction[], next: NextNumber): types.ActionsBlock[] {
  const buttons = actions
    .filter((action) => !isBack(action))
    .map((action) => buttonOf(action, next()))
  const rows: types.ActionsBlock[] = []
  for (let start = 0; start < buttons.length; start += limits.buttonsInBlock) {
    const elements = buttons.slice(start, start + limits.buttonsInBlock)
    rows.push({ type: 'actions', elements })
  }
  return rows
}

export function isBack(action: CardAction): action is ExecuteAction {
  return action.type === 'Action.Execute' && action.verb === backVerb
}

/** The verb in the action_id of a button that was pressed; undefined where there is nothing to do. */
export function verbOf(actionId: string): string | undefined {
  const verb = actionId.replace(/#\d+$/, '')
  return verb === linkVerb ? undefined : verb
}
