import type { HelpTopicPart } from '../../chat/help.ts'
import { programmeCommands } from './programmes.ts'
import { setup, setupStart } from './setup.ts'

export const setupTopic: HelpTopicPart = {
  name: 'setup',
  summary: 'Set up programmes, list them and put them away.',
  commands: [setupStart, setup, ...programmeCommands],
}
