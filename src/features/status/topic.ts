import type { HelpTopicPart } from '../../chat/help.ts'
import { overrideCommands, policy, status } from './commands.ts'
import { mismatches } from './mismatches.ts'
import { projects } from './projects.ts'

export const statusTopic: HelpTopicPart = {
  name: 'status',
  summary: 'The colours of programmes and workstreams, and what does not add up.',
  commands: [status, projects, ...overrideCommands, mismatches],
}

export const rollUpTopic: HelpTopicPart = { name: 'admin', commands: [policy] }
