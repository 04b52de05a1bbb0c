import type { HelpTopicPart } from '../../chat/help.ts'
import { addDecision, addDependency, addHeadline, addRisk, closeCommand } from './commands.ts'
import {
  listDecisions,
  listDependencies,
  listHeadlines,
  listRisks,
  showEntry,
  showRegister,
} from './queries.ts'

// “headline 3” asks for the third, so the command that shows an entry comes before those that add one.
export const registerTopic: HelpTopicPart = {
  name: 'register',
  summary: 'Risks, decisions needed, dependencies and headlines.',
  commands: [
    ...[showRegister, showEntry],
    ...[addRisk, addDecision, addDependency, addHeadline, closeCommand],
    ...[listRisks, listDecisions, listDependencies, listHeadlines],
  ],
}
