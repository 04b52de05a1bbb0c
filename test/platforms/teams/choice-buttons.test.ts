import { expect, test } from '@jest/globals'
import type { AdaptiveCard } from '../../../src/chat/cards.ts'
import { withChoiceButtons } from '../../../src/platforms/teams/choice-buttons.ts'
import { parseActionData, stampForm } from '../../../src/platforms/teams/forms.ts'
import { buttonsIn, inputsIn, partsIn } from './teams-workplace.ts'

const redraw = {
  type: 'Action.Execute',
  verb: 'update:form',
  data: { project: 'p1', was: 'red:1' },
}
const form: AdaptiveCard = {
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: 'Update 2.1',
  body: [
    {
      ...{
        type: 'Input.ChoiceSet',
        id: 'state',
        label: 'Status',
        value: 'amber',
        isRequired: true,
      },
      choices: ['Red', 'Amber', 'Green', 'N/A'].map((title) => ({
        ...{ title, value: title.toLowerCase() },
      })),
      valueChangedAction: redraw,
    },
    { type: 'Input.Text', id: 'reason', label: 'Why?', isRequired: true, errorMessage: 'Say why.' },
    {
      ...{ type: 'Input.ChoiceSet', id: 'criteria', label: 'Met', isMultiSelect: true },
      ...{ choices: [{ title: 'Scope', value: 'scope' }], valueChangedAction: redraw },
    },
  ],
  actions: [
    { type: 'Action.Execute', title: 'Save', verb: 'update', data: { project: 'p1' } },
    { type: 'Action.Execute', title: 'Cancel', verb: 'back', associatedInputs: 'none', data: {} },
  ],
}
const card = stampForm(withChoiceButtons(form), 'view')

test('a choice that draws its form anew is made by buttons, and what was chosen goes with the others', () => {
  expect(inputsIn(card)).toEqual(['reason', 'criteria'])
  expect(buttonsIn(card).map(({ title }) => title)).toEqual([
    ...['Red', '✓ Amber', 'Green', 'N/A', 'Save', 'Cancel'],
  ])
  const [red, amber, , , save, cancel] = buttonsIn(card)
  expect(amber).toMatchObject({ tooltip: 'Status: Amber, chosen', style: 'positive' })
  const typed = { reason: 'Costs' }
  expect(parseActionData({ ...Object(red?.data), ...typed }).args).toEqual({
    ...{ project: 'p1', was: 'red:1', state: 'red', reason: 'Costs', criteria: [] },
  })
  expect(parseActionData({ ...Object(save?.data), ...typed }).args).toMatchObject({
    ...{ project: 'p1', state: 'amber', reason: 'Costs' },
  })
  expect(parseActionData(cancel?.data).args).toEqual({})
})

test('what is required says so, and keeps nobody from choosing otherwise', () => {
  const labels = partsIn(card).flatMap(({ label }) => label ?? [])
  expect(labels).toEqual(['Why? *', 'Met'])
  expect(JSON.stringify(card)).not.toMatch(/isRequired|valueChangedAction/)
  expect(withChoiceButtons({ ...form, body: [] })).toEqual({ ...form, body: [] })
})
