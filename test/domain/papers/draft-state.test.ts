import { describe, expect, test } from '@jest/globals'
import {
  type DraftDecisionKind,
  draftStateOf,
  formatDraftState,
  openSteps,
} from '../../../src/domain/papers/draft-state.ts'

describe('a draft', () => {
  test.each<[string, readonly DraftDecisionKind[], boolean, string]>([
    ['nobody has looked at', [], false, 'drafted'],
    ['the office has checked', ['checked'], false, 'checked'],
    ['the sponsor has approved', ['checked', 'approved'], false, 'approved'],
    ['the sponsor has declined', ['checked', 'declined'], false, 'declined'],
    ['was drafted again', ['checked', 'approved'], true, 'replaced'],
    ['was issued, before a next edition', ['checked', 'approved', 'issued'], true, 'issued'],
  ])('that %s', (_, kinds, isReplaced, expected) => {
    expect(
      draftStateOf(
        kinds.map((kind) => ({ kind })),
        isReplaced,
      ),
    ).toBe(expected)
  })
})

describe('what can be done about a paper', () => {
  test.each([
    ['drafted', 'check draft', 'check draft issue'],
    ['checked', 'approve decline draft', 'approve decline draft issue'],
    ['approved', 'issue draft', 'issue draft'],
    ['declined', 'draft', 'draft'],
    ['issued', '', ''],
    ['replaced', '', ''],
  ] as const)('that is %s', (state, withApproval, without) => {
    expect(openSteps(state, true).join(' ')).toBe(withApproval)
    expect(openSteps(state, false).join(' ')).toBe(without)
  })
})

test('how it stands is said with who and why', () => {
  const last = { by: 'Sara Ames', reason: 'a risk is missing' }
  expect(formatDraftState('declined', last, true)).toBe(
    'was declined by Sara Ames: a risk is missing',
  )
  expect(formatDraftState('checked', last, true)).toBe('waits for the sponsor to approve it')
  expect(formatDraftState('checked', last, false)).toBe(
    'waits for the programme office to issue it',
  )
})
