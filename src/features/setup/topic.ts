import type { HelpTopicPart } from '../../chat/help.ts'
import { setup, setupStart } from './setup.ts'

export const setupTopic: HelpTopicPart = {
  name: 'setup',
  summary: 'Set up programmes. For the administrators of Milepost here.',
  commands: [setupStart, setup],
}
