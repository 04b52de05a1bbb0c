import type { HelpTopicPart } from '../../chat/help.ts'
import { people } from './people-command.ts'

export const peopleTopic: HelpTopicPart = {
  name: 'people',
  summary: 'Who is in the programme, and who cannot be asked. For the programme office.',
  commands: [people],
}
