import { z } from 'zod'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { type CardPart, isBotAction, isInput, mapCardParts, partsOf } from './card-walk.ts'

/**
 * Teams tells a bot nothing of a choice before the form is sent: its `valueChangedAction` only resets other inputs
 * (https://adaptivecards.microsoft.com/?topic=Action.ResetInputs). So a choice that draws its form anew is made by buttons
 * in a form: each sends the form with its choice, and what was chosen goes with all other buttons.
 */

/** Three names of states fit beside each other on a phone. */
const buttonsInRow = 3

const redrawingChoice = z.looseObject({
  type: z.literal('Input.ChoiceSet'),
  id: z.string(),
  label: z.string(),
  value: z.string().nullish(),
  isRequired: z.boolean().optional(),
  isMultiSelect: z.boolean().optional(),
  choices: z.array(z.object({ title: z.string(), value: z.string() })),
  valueChangedAction: z.looseObject({ verb: z.string(), data: z.record(z.string(), z.unknown()) }),
})
type RedrawingChoice = z.infer<typeof redrawingChoice>

/** A card whose inputs draw nothing anew is returned unchanged. */
export function withChoiceButtons(card: AdaptiveCard): AdaptiveCard {
  const choices = partsOf(card).flatMap((part) => redrawingChoice.safeParse(part).data ?? [])
  if (choices.length === 0) return card
  const buttons = choices.filter(({ isMultiSelect }) => !isMultiSelect)
  const chosen = Object.fromEntries(
    buttons.flatMap(({ id, value }) => (value ? [[id, value]] : [])),
  )
  return mapCardParts(card, (part) => {
    const choice = redrawingChoice.safeParse(part).data
    if (choice && !choice.isMultiSelect) return choiceRows(choice)
    if (isInput(part)) return [withoutClientCheck(part)]
    if (!isBotAction(part) || part.associatedInputs === 'none') return [part]
    return [{ ...part, data: { ...(part.data as object), ...chosen } }]
  })
}

function choiceRows({
  id,
  label,
  value,
  isRequired,
  choices,
  valueChangedAction,
}: RedrawingChoice): CardPart[] {
  const { verb, data } = valueChangedAction
  const chosen = choices.find((one) => one.value === value)
  const actions = choices.map((one) => ({
    ...{ type: 'Action.Execute', verb, title: one === chosen ? `✓ ${one.title}` : one.title },
    tooltip: `${label}: ${one.title}${one === chosen ? ', chosen' : ''}`,
    data: { ...data, [id]: one.value },
    ...(one === chosen && { style: 'positive' }),
  }))
  const rows = Math.ceil(actions.length / buttonsInRow)
  return [
    {
      type: 'RichTextBlock',
      inlines: [
        { type: 'TextRun', text: label, weight: 'Bolder' },
        ...(isRequired ? [{ type: 'TextRun', text: requiredMark, color: 'Attention' }] : []),
        { type: 'TextRun', text: `: ${chosen?.title ?? 'choose one'}` },
      ],
    },
    ...Array.from({ length: rows }, (_, row) => ({
      // Close to each other, so that on a phone the whole form is in view with its button to save.
      ...{ type: 'ActionSet', spacing: 'Small' },
      actions: actions.slice(row * buttonsInRow, (row + 1) * buttonsInRow),
    })),
  ]
}

/** As Teams marks what is required itself. */
const requiredMark = ' *'

/**
 * The client sends nothing while a required input is empty, not even another choice for which it is not required. So it
 * says that it is required, and the server checks it.
 */
function withoutClientCheck(input: CardPart): CardPart {
  const { isRequired, valueChangedAction: _, errorMessage: _message, ...rest } = input
  return isRequired === true ? { ...rest, label: `${String(rest.label)}${requiredMark}` } : rest
}
