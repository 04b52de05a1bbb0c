import type { Calendar } from './base/working-days.ts'
import type { Command } from './chat/commands.ts'
import { helpFor, whoami } from './chat/help.ts'
import { digestCommands } from './features/digests/commands.ts'
import { measureCommands } from './features/measures/commands.ts'
import { done, move } from './features/plan/commands.ts'
import { registerCommands } from './features/register/commands.ts'
import { show, update } from './features/status/commands.ts'
import { due, mine } from './features/status/questions.ts'

/** Everything people can ask, in the order the help lists it. Help and both manifests are made from this. */
export function commandsOf(parts: { readonly calendar: Calendar }): Command[] {
  const commands = [
    ...[mine, show, update, done, move, due],
    ...digestCommands(parts),
    ...registerCommands(),
    ...measureCommands,
    whoami,
  ]
  return [...commands, helpFor(commands)]
}
