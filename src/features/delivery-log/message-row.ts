import type { PlatformName } from '../../base/addresses.ts'
import type { LedgerButton, LedgerRow } from './cards.ts'
import { formatMessageLines, formatMessageTitle, type KindTitles } from './format.ts'
import type { LoggedMessage } from './logged-messages.ts'

export interface RowOptions {
  readonly kinds: KindTitles
  /** A platform as people know it: "Slack". */
  readonly platformTitle: (platform: PlatformName) => string
  /** IANA zone of the moments. */
  readonly zone: string
}

/** A message in a list, with what can be done about it. */
export function renderMessageRow(
  message: LoggedMessage,
  { kinds, platformTitle, zone }: RowOptions,
): LedgerRow {
  return {
    title: formatMessageTitle(message, kinds),
    lines: formatMessageLines(message, platformTitle(message.platform), zone),
    buttons: buttonsFor(message),
  }
}

function buttonsFor({
  state,
  sequence,
}: Pick<LoggedMessage, 'state' | 'sequence'>): LedgerButton[] {
  const data = { number: String(sequence) }
  const retry = { title: 'Send again', verb: 'ledger-retry', data }
  const drop = { title: 'Drop', verb: 'ledger-drop', data }
  if (state === 'dead' || state === 'uncertain') return [retry, drop]
  return state === 'waiting' ? [drop] : []
}
