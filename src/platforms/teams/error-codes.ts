import { type ErrorExplanation, type ErrorMeaning, errorTable } from '../../chat/error-meaning.ts'

// What each error code of the Teams connector means, and what to do about it; by its HTTP status where it gives no code
// or one that is not here. Without the SDK, so that reading it stays cheap.
// Source: Teams documentation, "Status codes from bot conversational APIs" and "Send proactive messages".

const refused =
  'Teams refused the message itself, so sending it again will not help. Please tell whoever runs Milepost.'
const registration =
  'Teams does not accept my credentials. Whoever runs Milepost has to compare the TEAMS_ settings with the Azure Bot; what is still true is sent then.'
const blocked =
  'That person has blocked or removed me in Teams. They have to let me in again, or give another account for the people file.'
const notThere =
  'I was removed there, or the channel or chat is gone. Add me again, or have it sent elsewhere.'
const failed =
  'Teams failed. The message is tried again for a day, unless it may have been posted. Nothing to do, unless this goes on.'
const notReached =
  'Teams does not let me write there. An administrator of Teams, or the owner of the team, can let me in again.'

const table = errorTable([
  [
    'slow down',
    'Teams asks me to slow down. The message is sent as soon as Teams lets me. Nothing to do, unless this goes on.',
    ['Throttled', 'TooManyRequests', 'http_429'],
  ],
  ['person gone', blocked, ['ConversationBlockedByUser', 'MessageWritesBlocked', 'UserBlocked']],
  [
    'person gone',
    'I am not installed for that person in Teams. An administrator of Teams can install me for them.',
    ['ForbiddenOperationException', 'BotNotInstalledInPersonalScope'],
  ],
  [
    'channel gone',
    notThere,
    [
      ...['BotNotInConversationRoster', 'ConversationNotFound', 'NotFound', 'ThreadNotFound'],
      ...['http_404', 'http_410', 'no_service_url'],
    ],
  ],
  [
    'workspace broken',
    'Milepost serves that tenant no more. Whoever runs Milepost can allow it again (organisations allow); what is still true is sent then.',
    ['tenant_not_allowed'],
  ],
  [
    'workspace broken',
    registration,
    ['BotNotRegistered', 'Unauthorized', 'AuthorizationFailed', 'token_refused', 'http_401'],
  ],
  [
    'workspace broken',
    'The tenant is in another cloud of Microsoft. Whoever runs Milepost has to change the service address of Teams; what is still true is sent then.',
    ['InvalidBotApiHost'],
  ],
  [
    'workspace or recipient',
    'An administrator of Teams has switched me off, for all or for some people. They have to allow the app again.',
    ['BotDisabledByAdmin', 'AppDisabledByAdmin'],
  ],
  [
    'workspace or recipient',
    'The address kept for that conversation is not one that Milepost may call. Whoever runs Milepost has to correct the service address of Teams.',
    ['host_not_allowed'],
  ],
  [
    'workspace or recipient',
    notReached,
    ['NotEnoughPermissions', 'Forbidden', 'http_403', 'http_402'],
  ],
  [
    'message rejected',
    refused,
    [
      ...['BadArgument', 'Bad Argument', 'Bad argument', 'BadSyntax', 'BadRequest', 'Bad request'],
      ...['InvalidActivity', 'http_400', 'http_405', 'http_406', 'http_409', 'http_411'],
      ...['http_415', 'http_422'],
    ],
  ],
  [
    'message rejected',
    'The message is larger than Teams allows, so sending it again will not help. Please tell whoever runs Milepost.',
    ['MessageSizeTooBig', 'http_413'],
  ],
  [
    'message rejected',
    'The message that was to be changed is gone. Nothing to do.',
    ['ActivityNotFoundInConversation'],
  ],
  [
    'not posted',
    // "A precondition failed … due to multiple concurrent operations": nothing was posted.
    'Teams was busy with that conversation. The message is tried again. Nothing to do, unless this goes on.',
    ['PreconditionFailed', 'http_412'],
  ],
  [
    'not posted',
    'The login of Microsoft does not answer. The message is tried again for a day. Nothing to do, unless this goes on.',
    ['no_token'],
  ],
  [
    'perhaps posted',
    failed,
    [
      ...['ServiceError', 'InternalServerError', 'ServiceUnavailable', 'BadGateway'],
      ...['GatewayTimeout', 'RequestTimeout', 'http_408', 'http_500', 'http_502', 'http_503'],
      'http_504',
    ],
  ],
])

/** Undefined for a code that Teams did not have when this was written. */
export function explainTeamsError(code: string): ErrorExplanation | undefined {
  return table.get(code)
}

/** What a code means, or else the status with which it came. */
export function meaningOf(code: string, status: number): ErrorMeaning {
  const known = table.get(code) ?? table.get(`http_${status}`)
  if (known) return known.meaning
  return status >= 400 && status < 500 ? 'message rejected' : 'perhaps posted'
}
