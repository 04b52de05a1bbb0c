import { expect, test } from '@jest/globals'
import { inputValues, viewStateValues } from '../../../src/platforms/slack/view-state.ts'

test.each([
  ['one person', { type: 'users_select', selected_user: 'U1' }, 'U1'],
  ['nobody', { type: 'users_select', selected_user: null }, undefined],
  ['several people', { type: 'multi_users_select', selected_users: ['U1', 'U2'] }, ['U1', 'U2']],
  ['several of nobody', { type: 'multi_users_select', selected_users: [] }, []],
] as const)('what Slack’s own picker gives: %s', (_, state, value) => {
  const values = viewStateValues.parse({ leads: { leads: state } })
  expect(inputValues(values)).toEqual({ leads: value })
})
