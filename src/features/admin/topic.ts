import type { HelpTopicPart } from '../../chat/help.ts'
import { adminConfirm } from './admin-confirm.ts'
import { criteriaCommands } from './admin-criteria.ts'
import { adminDimensions } from './admin-dimensions.ts'
import { adminMoves } from './admin-moves.ts'
import { adminRates } from './admin-rates.ts'
import { adminScheme } from './admin-scheme.ts'

export const adminTopic: HelpTopicPart = {
  name: 'admin',
  summary: 'How a programme works, for its office to choose.',
  commands: [
    adminScheme,
    ...criteriaCommands,
    adminConfirm,
    adminMoves,
    adminRates,
    adminDimensions,
  ],
}
