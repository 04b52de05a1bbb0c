import type { HelpTopicPart } from '../../chat/help.ts'
import { createSetAttributeCommand } from './set-attribute.ts'
import { tag, untag } from './tags.ts'

export const planTopic: HelpTopicPart = {
  name: 'plan',
  summary: 'What the plan says of a project, such as the day it starts.',
  commands: [createSetAttributeCommand()],
}

export const tagTopic: HelpTopicPart = { name: 'admin', commands: [tag, untag] }
