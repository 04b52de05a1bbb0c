import type { HelpTopicPart } from '../../chat/help.ts'
import { createAbsentCommand } from './chat/absent-form.ts'
import { createImportCommands } from './chat/commands.ts'
import { createHeadingsCommand } from './chat/headings-form.ts'
import { planSheets } from './chat/plan-sheets.ts'
import { sheetCommands } from './chat/sheet-commands.ts'
import type { SheetKind } from './chat/sheet-kind.ts'

/** `others`: the kinds of sheets of other features. Whatever is none of them is read as a plan. */
export function createImportTopic(others: readonly SheetKind[]): HelpTopicPart {
  const kinds = [...others, planSheets]
  return {
    name: 'import',
    summary: 'Send your plan as a sheet, look at it, and import it. For the programme office.',
    commands: [
      createHeadingsCommand(kinds),
      createAbsentCommand(kinds),
      ...createImportCommands(kinds),
      ...sheetCommands,
    ],
  }
}
