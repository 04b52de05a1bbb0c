import type { HelpTopicPart } from '../../chat/help.ts'
import { ask } from './ask.ts'
import { follow, follows, unfollow } from './follow.ts'
import { reply } from './reply.ts'

export const questionTopic: HelpTopicPart = {
  name: 'questions',
  summary: 'Ask, answer, follow a project: from the digest or by a line.',
  commands: [ask, reply, follow, unfollow, follows],
}
