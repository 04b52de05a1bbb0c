import { describe, expect, test } from '@jest/globals'
import { explainFailure as explainWith } from '../../../src/features/delivery-log/failure-explanations.ts'
import type { LoggedMessage } from '../../../src/features/delivery-log/logged-messages.ts'
import { explainErrorCode } from '../../support/platforms.ts'

const explainFailure = (message: Pick<LoggedMessage, 'state' | 'gone' | 'errorCode'>) =>
  explainWith(message, explainErrorCode)

describe('a failure is explained in plain words', () => {
  test.each([
    ['slack:is_archived', true, 'The channel is archived'],
    ['slack:not_in_channel', true, 'I am not in that channel'],
    ['slack:account_inactive', true, 'I was removed from that workspace'],
    ['slack:users_not_found', true, 'That account is gone'],
    ['slack:restricted_action', true, 'does not let me write'],
    ['teams:ConversationBlockedByUser', true, 'has blocked or removed me'],
    ['teams:a_new_code', true, 'I was removed there'],
    ['teams:another_new_code', false, 'The message itself was refused'],
    ['teams:http_404', true, 'I was removed there'],
    ['teams:BadSyntax', false, 'Teams refused the message itself'],
    ['slack:invalid_blocks', false, 'Slack refused the message itself'],
    ['card_invalid', false, 'The message itself was refused'],
    ['root_not_sent', false, 'Have the message before it sent again first'],
    ['gave_up', false, 'could not be reached for a day'],
  ])('%s', (errorCode, gone, words) => {
    expect(explainFailure({ state: 'dead', gone, errorCode })).toContain(words)
  })

  test('where nobody knows whether it was sent', () => {
    const uncertain = { state: 'uncertain', gone: false } as const
    expect(explainFailure({ ...uncertain, errorCode: 'lookup_impossible' })).toContain(
      'Look there yourself',
    )
    // The lookup was refused; what that says of the channel is true all the same.
    expect(explainFailure({ ...uncertain, errorCode: 'slack:not_in_channel' })).toContain(
      'I am not in that channel',
    )
  })

  test('and nothing is made up about an unknown code or a message that did not fail', () => {
    const gone = false
    expect(explainFailure({ state: 'dead', gone, errorCode: 'something_new' })).toBeUndefined()
    expect(explainFailure({ state: 'dead', gone, errorCode: null })).toBeUndefined()
    const unknownLookup = { state: 'uncertain', gone, errorCode: 'slack:new_error' } as const
    expect(explainFailure(unknownLookup)).toBeUndefined()
    expect(explainFailure({ state: 'waiting', gone, errorCode: 'slack:http_503' })).toBeUndefined()
  })
})
