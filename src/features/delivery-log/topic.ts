import type { HelpTopicPart } from '../../chat/help.ts'
import { ledger, ledgerDrop, ledgerRepeat, ledgerRetry } from './commands.ts'

export const ledgerTopic: HelpTopicPart = {
  name: 'ledger',
  summary: 'What became of the messages I sent by myself, for the programme office.',
  commands: [ledgerRetry, ledgerDrop, ledgerRepeat, ledger],
}
