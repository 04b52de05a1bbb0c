import { describe, expect, test } from '@jest/globals'
import { cardProblems, fatalCardProblems } from '../../../src/playground/teams/limits.ts'
import type { CardJson, Json } from '../../../src/playground/teams/model.ts'
import { FORM, textCard } from './sdk-bot.ts'

const withBody = (...body: Json[]): CardJson => ({ type: 'AdaptiveCard', version: '1.5', body })

describe('A card', () => {
  test.each([
    ['a text', textCard('Hello')],
    ['a form', FORM],
    [
      'a table',
      withBody({
        type: 'Table',
        columns: [{ width: 1 }],
        rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [] }] }],
      }),
    ],
  ])('with %s is fine', (_what, card) => {
    expect(cardProblems(card)).toEqual([])
  })

  test.each([
    ['no version', { type: 'AdaptiveCard', body: [] }, /no version/],
    ['a newer version', { ...textCard('x'), version: '1.6' }, /version 1.6/],
    ['another type', { ...textCard('x'), type: 'HeroCard' }, /type is not/],
    ['an unknown element', withBody({ type: 'Carousel', pages: [] }), /Carousel/],
    ['an unknown value', withBody({ type: 'TextBlock', text: 'x', size: 'gigantic' }), /gigantic/],
    [
      'two inputs of one id',
      withBody({ type: 'Input.Text', id: 'a' }, { type: 'Input.Date', id: 'a' }),
      /Duplicate Id "a"/,
    ],
    ['an input without an id', withBody({ type: 'Input.Text' }), /unique Id/],
    [
      'a required input without a label',
      withBody({ type: 'Input.Text', id: 'a', isRequired: true, errorMessage: 'x' }),
      /label/,
    ],
    [
      'a nested Action.Execute without a verb',
      withBody({ type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'Go' }] }),
      /"Go" has no verb/,
    ],
    ['more than 80 KB, counted in UTF-8', textCard('é'.repeat(41_000)), /aim for 81920/],
  ])('with %s is found out', (_what, card, problem) => {
    expect(cardProblems(card)).toContainEqual(expect.stringMatching(problem))
  })

  test('with a value that a client passes over has a problem, but can be shown', () => {
    const card = { ...textCard('x'), lang: 'en-GB' }
    expect(cardProblems(card)).toEqual([expect.stringContaining('"lang"')])
    expect(fatalCardProblems(card)).toEqual([])
  })
})
