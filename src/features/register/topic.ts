import type { HelpTopicPart } from '../../chat/help.ts'
import {
  addAction,
  addDecision,
  addDependency,
  addHeadline,
  addIssue,
  addRisk,
} from './add-commands.ts'
import { closeCommand } from './close-command.ts'
import { decideCommand } from './decide.ts'
import {
  listActions,
  listDecisions,
  listDependencies,
  listHeadlines,
  listIssues,
  listRisks,
  showEntry,
  showRegister,
} from './queries.ts'
import { reopenEntryCommand } from './reopen-command.ts'
import { reviewCommand } from './review-command.ts'

// “headline 3” asks for the third, so the command that shows an entry comes before those that add one.
export const registerTopic: HelpTopicPart = {
  name: 'register',
  summary: 'Risks, issues, actions, decisions needed, dependencies and headlines.',
  commands: [
    ...[showRegister, showEntry],
    ...[addRisk, addIssue, addAction, addDecision, addDependency, addHeadline],
    ...[reviewCommand, decideCommand, closeCommand, reopenEntryCommand],
    ...[listRisks, listIssues, listActions, listDecisions, listDependencies, listHeadlines],
  ],
}
