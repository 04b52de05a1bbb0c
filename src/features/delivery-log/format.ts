import { shorten } from '../../base/text.ts'
import { deliveryStatusText, formatMoment } from '../../outbox/explain.ts'
import type { LoggedMessage } from './logged-messages.ts'

/** What fits into one message of either platform, with lines no longer than these. */
export const maxListed = 5
const maxLineLength = 300

const kindLabels: Readonly<Record<string, string>> = {
  reminder: 'Reminder',
  digest: 'Digest',
  office: 'Note for the programme office',
}

/** "No. 123: Reminder to Asha Verity". Nothing of what it says. */
export function formatMessageTitle({
  sequence,
  kind,
  person,
  placeKind,
  conversation,
}: LoggedMessage): string {
  const what = kindLabels[kind] ?? 'Message'
  const to = person ?? (placeKind === 'channel' ? `channel ${conversation}` : 'a person')
  return `No. ${sequence}: ${what} to ${to}`
}

/** What became of it, when, and why it was decided. `platform`: its title; moments in `zone`. */
export function formatMessageLines(row: LoggedMessage, platform: string, zone: string): string[] {
  const decided = `Decided on ${formatMoment(zone, row.createdAt)}.`
  const meaning = explainError(row)
  return [
    decided,
    deliveryStatusText(row, platform, zone),
    ...(meaning ? [meaning] : []),
    ...(row.why.length > 0 ? [`Why: ${row.why.join(' ')}`] : []),
  ].map((line) => shorten(line, maxLineLength))
}

/** What the platforms' own words for a refusal mean, and what to do. The first that fits counts. */
const errorExplanations: readonly [RegExp, string][] = [
  [/is_archived/, 'The channel is archived. Open it again, or have the digest sent elsewhere.'],
  [
    /not_in_channel|channel_not_found/,
    'I am not in that channel, or it is gone. Invite me to it, or have the digest sent elsewhere.',
  ],
  [
    /account_inactive|token_revoked|team_not_found|team_access/,
    'I was removed from that workspace. Whoever looks after it has to install me again.',
  ],
  [
    /user_(not_found|disabled|not_visible)|users_not_found|cannot_dm_bot/,
    'That account is gone or switched off. If the person has another, add it to the people file.',
  ],
  [
    /restricted_action|thread_locked|messages_tab|posting|write/i,
    'That channel does not let me write. Its owner can change that.',
  ],
  [
    /Teams answered 40[34]/,
    'I was removed there, or the person or channel is gone. Add me again, or have it sent elsewhere.',
  ],
  [
    /nobody can look/,
    'The line broke while it was being posted, and Teams lets no app look. Look there yourself.',
  ],
  [/never sent/, 'Have the message before it sent again first, then this one.'],
  [
    /cannot be drawn|Slack says (invalid|msg_|no_text)|Teams answered 4/,
    'The message itself was refused, so sending it again will not help. Please tell whoever runs Milepost.',
  ],
  [/^gave up/, 'The platform could not be reached for a day. Once it can be, have it sent again.'],
]

/** In plain words why it could not be delivered, where that is known. */
export function explainError({
  state,
  error,
}: Pick<LoggedMessage, 'state' | 'error'>): string | undefined {
  if ((state !== 'dead' && state !== 'uncertain') || !error) return undefined
  return errorExplanations.find(([sign]) => sign.test(error))?.[1]
}
