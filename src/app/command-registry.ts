import type { Command } from '../chat/commands.ts'
import { createHelpCommand, type HelpGroup, type HelpTopic, whoami } from '../chat/help.ts'
import { adminCommands } from '../features/admin/admin.ts'
import { calendarCommands } from '../features/calendar/calendar-commands.ts'
import { hoursCommands } from '../features/calendar/hours-commands.ts'
import { leaveCommands } from '../features/calendar/leave-commands.ts'
import { checkCommands } from '../features/checks/commands.ts'
import { ledgerCommands } from '../features/delivery-log/commands.ts'
import { digestCommands, previewCommand } from '../features/digests/commands.ts'
import { adminCommentary } from '../features/digests/posting/audience-command.ts'
import { digestHere } from '../features/digests/posting/channel-commands.ts'
import { measureCommands } from '../features/measures/commands.ts'
import { done, flag, move, unflag } from '../features/milestones/commands.ts'
import { tagCommands } from '../features/milestones/tags.ts'
import { questionCommands } from '../features/questions/commands.ts'
import { registerCommands } from '../features/register/commands.ts'
import { reminderCommands } from '../features/reminders/commands.ts'
import { boardCommands } from '../features/rounds/board-commands.ts'
import { roundCommands } from '../features/rounds/commands.ts'
import { roundPlanCommands } from '../features/rounds/plan-commands.ts'
import { hygieneCommands } from '../features/rounds/response-stats-commands.ts'
import { overrideCommands, policy, status } from '../features/status/commands.ts'
import { assuranceCommands } from '../features/updates/assurance/commands.ts'
import { show, update, updateFine } from '../features/updates/commands.ts'
import { confirm } from '../features/updates/confirm.ts'
import { mismatches } from '../features/updates/mismatches.ts'
import { noChange } from '../features/updates/no-change.ts'
import { projects } from '../features/updates/projects.ts'
import { due, mine } from '../features/updates/queries.ts'

interface CommandRegistry {
  /** Everything people can ask. */
  readonly commands: readonly Command[]
  /** The same, what is used most first: what the manifests offer. */
  readonly manifestCommands: readonly Command[]
}

/** What people can ask, and how the help tells them. Help and both manifests are made from this. */
export function buildCommandRegistry(): CommandRegistry {
  const topics: readonly HelpTopic[] = [
    {
      name: 'update',
      summary: 'Say how projects stand, and see what yours need.',
      commands: [mine, show, noChange, updateFine, update, confirm],
    },
    {
      name: 'milestones',
      summary: 'What is due; a milestone is done, at risk or moved.',
      commands: [due, done, move, flag, unflag],
    },
    {
      name: 'rounds',
      summary: 'The update round: who answered; when rounds open and close; board meetings.',
      commands: [...roundPlanCommands, ...roundCommands, ...boardCommands, ...hygieneCommands],
    },
    {
      name: 'digest',
      summary: 'The digest, to you alone or to a channel each week.',
      commands: digestCommands,
    },
    {
      name: 'reminders',
      summary: 'What I tell you and why, and how to be told less, or later.',
      commands: reminderCommands,
    },
    {
      name: 'questions',
      summary: 'Ask, answer, record a decision, follow a project: from the digest or by a line.',
      commands: questionCommands,
    },
    {
      name: 'register',
      summary: 'Risks, decisions needed, dependencies and headlines.',
      commands: registerCommands,
    },
    {
      name: 'measures',
      summary: 'The measures of a programme and their readings.',
      commands: measureCommands,
    },
    {
      name: 'status',
      summary: 'The colours of programmes and workstreams, and what does not add up.',
      commands: [status, projects, ...overrideCommands, mismatches],
    },
    {
      name: 'checks',
      summary: 'What to answer before the board asks, and second ratings.',
      commands: [...checkCommands, ...assuranceCommands],
    },
    {
      name: 'admin',
      summary: 'How a programme works, for its office to choose.',
      commands: [...adminCommands, adminCommentary, ...tagCommands, ...calendarCommands, policy],
    },
    {
      name: 'ledger',
      summary: 'What became of the messages I sent by myself, for the programme office.',
      commands: ledgerCommands,
    },
    {
      name: 'away',
      summary: 'Your working days, leave, quiet hours and zone, and who stands in for you.',
      commands: [...leaveCommands, ...hoursCommands],
    },
    {
      name: 'account',
      summary: 'How I know you.',
      commands: [whoami],
    },
  ]
  /** Ten in all: more would not be read. */
  const everyday: readonly HelpGroup[] = [
    { heading: 'If you lead a project', commands: [mine, update, done, move] },
    { heading: 'For everybody', commands: [show, due, status] },
    { heading: 'For the programme office', commands: [previewCommand, digestHere, mismatches] },
  ]
  const help = createHelpCommand(topics, everyday)
  const commands = [...topics.flatMap((topic) => topic.commands), help]
  const first = [...everyday.flatMap((part) => part.commands), help]
  return { commands, manifestCommands: [...new Set([...first, ...commands])] }
}
