import type { Calendar } from './base/working-days.ts'
import type { Command } from './chat/commands.ts'
import { helpFor, whoami } from './chat/help.ts'
import { digestCommands } from './features/digests/commands.ts'
import { measureCommands } from './features/measures/commands.ts'
import { done, flag, move, unflag } from './features/plan/commands.ts'
import { registerCommands } from './features/register/commands.ts'
import { rollUpCommands } from './features/rollup/commands.ts'
import { adminCommands } from './features/status/admin.ts'
import { show, update } from './features/status/commands.ts'
import { confirm } from './features/status/confirm.ts'
import { mismatches } from './features/status/mismatches.ts'
import { due, mine } from './features/status/questions.ts'

/** Everything people can ask, in the order the help lists it. Help and both manifests are made from this. */
export function commandsOf(parts: { readonly calendar: Calendar }): Command[] {
  const commands = [
    ...[mine, show, update, done, move, flag, unflag, confirm, due, mismatches],
    ...digestCommands(parts),
    ...registerCommands(),
    ...measureCommands,
    ...rollUpCommands,
    ...adminCommands,
    whoami,
  ]
  return [...commands, helpFor(commands)]
}
