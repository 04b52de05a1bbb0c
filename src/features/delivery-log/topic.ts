import type { HelpTopicPart } from '../../chat/help.ts'
import { createLedgerCommands } from './commands.ts'
import type { LogTexts } from './format.ts'

export function createLedgerTopic(texts: LogTexts): HelpTopicPart {
  return {
    name: 'ledger',
    summary: 'What became of the messages I sent by myself, for the programme office.',
    commands: createLedgerCommands(texts),
  }
}
