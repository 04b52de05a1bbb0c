import { shorten } from '../../base/text.ts'
import { deliveryStatusText, formatMoment } from '../../outbox/explain.ts'
import type { MessageKindRegistry } from '../../outbox/message-kinds.ts'
import { type ExplainErrorCode, explainFailure } from './failure-explanations.ts'
import type { LoggedMessage } from './logged-messages.ts'

/** What fits into one message of either platform, with lines no longer than these. */
export const maxListed = 5
const maxLineLength = 300

/** What each kind of message is called in a list. */
export type KindTitles = Pick<MessageKindRegistry, 'title'>

/** What the delivery log asks others for in order to name and explain messages. */
export interface LogTexts {
  readonly kinds: KindTitles
  readonly explain: ExplainErrorCode
}

export interface LineOptions {
  readonly explain: ExplainErrorCode
  /** As people know it: "Slack". */
  readonly platform: string
  /** IANA zone of the moments. */
  readonly zone: string
}

/** "No. 123: Reminder to Asha Verity". */
export function formatMessageTitle(
  { sequence, kind, person, placeKind, conversation }: LoggedMessage,
  kinds: KindTitles,
): string {
  const to = person ?? (placeKind === 'channel' ? `channel ${conversation}` : 'a person')
  return `No. ${sequence}: ${kinds.title(kind)} to ${to}`
}

/** What became of a message, when, and why it was enqueued. */
export function formatMessageLines(
  row: LoggedMessage,
  { explain, platform, zone }: LineOptions,
): string[] {
  const enqueued = `Written on ${formatMoment(zone, row.createdAt)}.`
  const explanation = explainFailure(row, explain)
  return [
    enqueued,
    deliveryStatusText(row, platform, zone),
    ...(explanation ? [explanation] : []),
    ...(row.why.length > 0 ? [`Why: ${row.why.join(' ')}`] : []),
  ].map((line) => shorten(line, maxLineLength))
}
