import type { HelpTopicPart } from '../../chat/help.ts'
import type { MessageKind } from '../../outbox/message-kinds.ts'
import { createHandOver } from './leavers/hand-over.ts'
import { linkOwnAccount } from './linking/link-account.ts'
import { peopleAccounts } from './matching/accounts-query.ts'
import { peopleLink, peopleLinkAll } from './matching/link-command.ts'
import { peopleMatch } from './matching/match-command.ts'
import { peopleUnlink } from './matching/unlink-command.ts'
import { peopleNewcomer } from './newcomers/newcomer-command.ts'
import { people } from './people-command.ts'
import { giveRole } from './roles/give-role.ts'
import { takeRole } from './roles/take-role.ts'

/** `questionKind`: how questions to leads are sent. */
export function createPeopleTopic(questionKind: MessageKind): HelpTopicPart {
  return {
    name: 'people',
    summary: 'Who is in the programme, and who cannot be asked. For the programme office.',
    commands: [
      ...[people, peopleMatch, peopleLinkAll, peopleLink, peopleUnlink],
      peopleAccounts,
      linkOwnAccount,
      ...[peopleNewcomer, createHandOver(questionKind), giveRole, takeRole],
    ],
  }
}
