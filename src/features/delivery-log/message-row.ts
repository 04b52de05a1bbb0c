import type { PlatformName } from '../../base/addresses.ts'
import type { LedgerButton, LedgerRow } from './cards.ts'
import { formatMessageLines, formatMessageTitle, type LogTexts } from './format.ts'
import type { LoggedMessage } from './logged-messages.ts'

export interface RowOptions extends LogTexts {
  /** A platform as people know it: "Slack". */
  readonly platformTitle: (platform: PlatformName) => string
  /** IANA zone of the moments. */
  readonly zone: string
}

/** A message in a list, with what can be done about it. */
export function renderMessageRow(
  message: LoggedMessage,
  { kinds, explain, platformTitle, zone }: RowOptions,
): LedgerRow {
  return {
    title: formatMessageTitle(message, kinds),
    lines: formatMessageLines(message, {
      ...{ explain, zone },
      platform: platformTitle(message.platform),
    }),
    buttons: buttonsFor(message),
  }
}

function buttonsFor({
  state,
  sequence,
  programmeIds: [programme = ''],
}: Pick<LoggedMessage, 'state' | 'sequence' | 'programmeIds'>): LedgerButton[] {
  const data = { number: String(sequence) }
  // Nothing is sent for a programme that was archived, so its office is not offered it.
  const retry = { title: 'Send again', verb: 'ledger-retry', data: { ...data, programme } }
  const drop = { title: 'Drop', verb: 'ledger-drop', data }
  if (state === 'dead' || state === 'uncertain') return [retry, drop]
  return state === 'waiting' ? [drop] : []
}
