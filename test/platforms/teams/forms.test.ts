import { describe, expect, test } from '@jest/globals'
import type { AdaptiveCard } from '../../../src/chat/cards.ts'
import { parseActionData, stampForm, withProblems } from '../../../src/platforms/teams/forms.ts'
import { buttonsIn, partsIn } from './teams-workplace.ts'

const form: AdaptiveCard = {
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: 'Update 2.1',
  body: [
    { type: 'Input.Text', id: 'reason', label: 'Reason' },
    {
      type: 'Container',
      items: [{ type: 'Input.ChoiceSet', id: 'milestones', label: 'Done', isMultiSelect: true }],
    },
    { type: 'Input.Date', id: 'by', label: 'By' },
  ],
  actions: [
    { type: 'Action.Execute', title: 'Save', verb: 'status', data: { project: '2.1' } },
    { type: 'Action.Execute', title: 'Back', verb: 'back', associatedInputs: 'none' },
  ],
}

/** The data that Teams sends for a button: the button's own and, unless told otherwise, the inputs'. */
function sent(card: AdaptiveCard, button: number, filled: Record<string, string>) {
  const { data, associatedInputs } = buttonsIn(card)[button] ?? {}
  return { ...Object(data), ...(associatedInputs === 'none' ? {} : filled) }
}

describe('a form in Teams', () => {
  const card = stampForm(form, 'view')

  test('values are returned by the kind of input, without the stamp', () => {
    const filled = { reason: 'The builder left.', milestones: 'm1,m2', by: '2017-03-31' }
    expect(parseActionData(sent(card, 0, filled))).toEqual({
      by: 'form',
      args: { project: '2.1', ...filled, milestones: ['m1', 'm2'] },
      placement: 'view',
    })
  })

  test("an empty text is '', an empty multi-select is a list, a missing date is absent", () => {
    const expected = { project: '2.1', reason: '', milestones: [] }
    expect(parseActionData(sent(card, 0, {})).args).toEqual(expected)
    expect(parseActionData(sent(card, 0, { by: '', reason: '' })).args).toEqual(expected)
  })

  test('a button that submits no inputs is a button with a placement', () => {
    expect(parseActionData(sent(card, 1, { reason: 'x' }))).toEqual({
      by: 'button',
      args: {},
      placement: 'view',
    })
  })

  test('a card without inputs is not stamped', () => {
    const plain = { ...form, body: [] }
    expect(stampForm(plain, 'message')).toEqual(plain)
  })

  test.each([[undefined], [null], ['text'], [{ __form: 'forged' }]])(
    'the data %j make a button without arguments',
    (data) => {
      expect(parseActionData(data)).toEqual({ by: 'button', args: {}, placement: undefined })
    },
  )
})

describe('a problem', () => {
  test('is shown under its input', () => {
    const { body } = withProblems(form, { reason: 'Please say why.' })
    expect(body[0]).toMatchObject({ id: 'reason' })
    expect(body[1]).toMatchObject({
      type: 'RichTextBlock',
      inlines: [{ type: 'TextRun', text: '⚠ Please say why.' }],
    })
  })

  test('is shown under an input in a container, too', () => {
    const { body } = withProblems(form, { milestones: 'Choose one.' })
    expect(body[1]).toMatchObject({ items: [{ id: 'milestones' }, { type: 'RichTextBlock' }] })
  })

  test('is shown at the top if no input has that id', () => {
    const { body } = withProblems(form, { elsewhere: 'The project is closed.' })
    expect(partsIn(body[0])).toContainEqual(
      expect.objectContaining({ text: '⚠ The project is closed.' }),
    )
  })

  test('is not shown twice', () => {
    const once = withProblems(form, { reason: 'Please say why.' })
    expect(withProblems(once, { reason: 'Please say why.' })).toEqual(once)
  })
})
