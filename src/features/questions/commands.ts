import type { Command } from '../../chat/commands.ts'
import { ask } from './ask.ts'
import { decideCommand } from './decide.ts'
import { follow, follows, unfollow } from './follow.ts'
import { reply } from './reply.ts'

/** What people do from a digest. */
export const questionCommands: readonly Command[] = [
  ...[ask, reply, decideCommand],
  ...[follow, unfollow, follows],
]
