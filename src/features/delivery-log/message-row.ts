import type { LedgerButton, LedgerRow } from './cards.ts'
import { formatMessageLines, formatMessageTitle } from './format.ts'
import type { LoggedMessage } from './logged-messages.ts'

/** A message in a list, with what can be done about it. `platform`: its title; moments in `zone`. */
export function renderMessageRow(
  message: LoggedMessage,
  platform: string,
  zone: string,
): LedgerRow {
  return {
    title: formatMessageTitle(message),
    lines: formatMessageLines(message, platform, zone),
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
