import type { types } from '@slack/bolt'
import { z } from 'zod'
import type { ViewPayload } from './payloads.ts'
import { type InputValue, inputValueOf, optionSchema } from './view-state.ts'

/**
 * Slack shows in an updated view what an input held before, as long as its block keeps its id, and passes over what the
 * app says that it holds (https://docs.slack.dev/surfaces/modals, "Preserving input entry in views"). An input that is to
 * hold something else gets another block: "reason", then "reason~2".
 */

const mark = '~'

/** The id of the input that a block is for. */
export const inputIdOf = (blockId: string): string => blockId.split(mark)[0] ?? blockId

/** The view with another block for each input that is to hold something else than it does in `before`. */
export function withRedrawnInputs(view: types.ModalView, before: ViewPayload): types.ModalView {
  return mapInputBlocks(view, before, (shown, element) => {
    const held = Object.values(before.state.values[shown] ?? {}).map(inputValueOf)[0]
    return isSame(held, initialValueOf(element)) ? shown : nextBlockId(shown)
  })
}

/** The view with the blocks of `before`: each input of both holds what it does. */
export function withSameBlocks(view: types.ModalView, before: ViewPayload): types.ModalView {
  return mapInputBlocks(view, before, (shown) => shown)
}

function mapInputBlocks(
  view: types.ModalView,
  before: ViewPayload,
  blockIdOf: (shown: string, element: unknown) => string,
): types.ModalView {
  const blocks = view.blocks.map((block) => {
    if (!('element' in block) || block.block_id === undefined) return block
    const shown = shownBlockId(before, block.block_id)
    return shown === undefined ? block : { ...block, block_id: blockIdOf(shown, block.element) }
  })
  return { ...view, blocks }
}

/** The block of an input in a view that is open; undefined where it has none. */
export function shownBlockId({ blocks }: ViewPayload, inputId: string): string | undefined {
  return blocks
    .filter(({ type }) => type === 'input')
    .map(({ block_id = '' }) => block_id)
    .find((blockId) => inputIdOf(blockId) === inputId)
}

function nextBlockId(blockId: string): string {
  const [inputId, number = '1'] = blockId.split(mark)
  return `${inputId}${mark}${Number(number) + 1}`
}

const filledElement = z.looseObject({
  type: z.string(),
  initial_value: z.string().optional(),
  initial_date: z.string().optional(),
  initial_option: optionSchema.optional(),
  initial_options: z.array(optionSchema).optional(),
  initial_user: z.string().optional(),
  initial_users: z.array(z.string()).optional(),
})

function initialValueOf(element: unknown): InputValue {
  const filled = filledElement.parse(element)
  return inputValueOf({
    type: filled.type,
    value: filled.initial_value,
    selected_date: filled.initial_date,
    selected_option: filled.initial_option,
    selected_options: filled.initial_options,
    selected_user: filled.initial_user,
    selected_users: filled.initial_users,
  })
}

const isSame = (one: InputValue, other: InputValue) => String(one ?? '') === String(other ?? '')
