import type { types } from '@slack/bolt'
import { shorten } from '../../../base/text.ts'
import type { CardAction, ExecuteAction } from '../../../chat/card-schema.ts'
import * as limits from '../limits.ts'
import { plainTextObject } from './text.ts'

/** The verb of the button that closes a form. Left out of messages: unlike Teams, Slack opens a form in a modal. */
const backVerb = 'back'

/** The verb of a link button: Slack sends a block action for it, too. */
const linkVerb = 'link'

/** Numbers the buttons of one message or view, because each action_id must be unique. */
export type NextNumber = () => number

export function createButtonCounter(): NextNumber {
  let last = 0
  return () => {
    last += 1
    return last
  }
}

const styles = { positive: 'primary', destructive: 'danger' } as const

/** @throws RangeError if the button's data is longer than Slack's limit. */
function buttonOf(action: CardAction, number: number): types.Button {
  const text = plainTextObject(action.title, limits.buttonText)
  const name = action.tooltip
    ? { accessibility_label: shorten(action.tooltip, limits.accessibilityLabel) }
    : {}
  if (action.type === 'Action.OpenUrl') {
    return { type: 'button', text, action_id: `${linkVerb}#${number}`, url: action.url, ...name }
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
    ...name,
    ...(style && style !== 'default' && { style: styles[style] }),
  }
}

/** Blocks of buttons; none for no actions. */
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

/** The verb in a button's action_id; undefined for a link button. */
export function verbOf(actionId: string): string | undefined {
  const verb = actionId.replace(/#\d+$/, '')
  return verb === linkVerb ? undefined : verb
}
