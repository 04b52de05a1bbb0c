import { describe, expect, test } from '@jest/globals'
import {
  actionsOf,
  collectInputs,
  type InputValues,
} from '../../../src/playground/teams/card-inputs.ts'
import type { CardJson } from '../../../src/playground/teams/model.ts'

const STATE: CardJson = {
  type: 'Input.ChoiceSet',
  id: 'state',
  value: 'green',
  choices: [
    { title: 'Green', value: 'green' },
    { title: 'Amber', value: 'amber' },
  ],
}

describe('The buttons of a card', () => {
  test('stand in reading order, and one in a ShowCard sends the inputs around it too', () => {
    const card: CardJson = {
      type: 'AdaptiveCard',
      actions: [
        {
          type: 'Action.ShowCard',
          title: 'More',
          card: {
            type: 'AdaptiveCard',
            body: [{ type: 'Input.Date', id: 'to' }],
            actions: [{ type: 'Action.Execute', verb: 'move' }],
          },
        },
        { type: 'Action.Execute', verb: 'save' },
      ],
      body: [
        { type: 'ColumnSet', columns: [{ type: 'Column', items: [STATE] }] },
        { type: 'ActionSet', actions: [{ type: 'Action.Execute', verb: 'done' }] },
      ],
    }
    expect(
      actionsOf(card).map(({ action, inputs }) => [
        action.verb ?? action.title,
        inputs.map(({ id }) => id),
      ]),
    ).toEqual([
      ['done', ['state']],
      ['More', ['state']],
      ['move', ['state', 'to']],
      ['save', ['state']],
    ])
  })
})

describe('What the client sends for an input', () => {
  test.each<[string, CardJson, InputValues, Record<string, string>]>([
    ['its default', STATE, {}, { state: 'green' }],
    ['what was chosen', STATE, { state: 'amber' }, { state: 'amber' }],
    [
      'several choices with a comma',
      STATE,
      { state: ['green', 'amber'] },
      { state: 'green,amber' },
    ],
    ['nothing when empty', { type: 'Input.Text', id: 'why' }, {}, {}],
    [
      'a number as text',
      { type: 'Input.Number', id: 'days', max: 90 },
      { days: 14 },
      { days: '14' },
    ],
    [
      'a toggle by its own words',
      { type: 'Input.Toggle', id: 'tell', valueOn: 'yes', valueOff: 'no' },
      { tell: true },
      { tell: 'yes' },
    ],
    ['a toggle that is off', { type: 'Input.Toggle', id: 'tell' }, {}, { tell: 'false' }],
  ])('is %s', (_what, input, filled, values) => {
    expect(collectInputs([input], filled)).toEqual({ values, problems: [] })
  })

  test.each<[string, CardJson, InputValues, string]>([
    ['required', { type: 'Input.Date', id: 'x', isRequired: true }, {}, 'This is required.'],
    [
      'a required toggle left off',
      { type: 'Input.Toggle', id: 'x', isRequired: true, errorMessage: 'Please agree.' },
      {},
      'Please agree.',
    ],
    ['not a choice', { ...STATE, id: 'x' }, { x: 'purple' }, 'This is not one of the choices.'],
    ['too long', { type: 'Input.Text', id: 'x', maxLength: 3 }, { x: 'long' }, 'This is too long.'],
    [
      'of another form',
      { type: 'Input.Text', id: 'x', regex: '^\\d+$' },
      { x: 'a' },
      'This has another form.',
    ],
    ['too small', { type: 'Input.Number', id: 'x', min: 1 }, { x: 0 }, 'This is out of range.'],
    ['not a number', { type: 'Input.Number', id: 'x' }, { x: 'many' }, 'This is out of range.'],
    [
      'too late',
      { type: 'Input.Date', id: 'x', max: '2017-03-31' },
      { x: '2017-04-01' },
      'This is out of range.',
    ],
  ])('stays here when it is %s', (_what, input, filled, message) => {
    expect(collectInputs([input], filled).problems).toEqual([{ id: 'x', message }])
  })
})
