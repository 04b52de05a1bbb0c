import type { Command } from '../chat/commands.ts'
import { accountTopic, collectTopics, createHelpCommand, type HelpTopicPart } from '../chat/help.ts'
import { adminTopic } from '../features/admin/topic.ts'
import { awayTopic, calendarTopic } from '../features/calendar/topic.ts'
import { checkTopic } from '../features/checks/topic.ts'
import { createLedgerTopic } from '../features/delivery-log/topic.ts'
import { editDigestMessage } from '../features/digests/archive/edit-digest-message.ts'
import { previewCommand } from '../features/digests/commands.ts'
import { digestHere } from '../features/digests/posting/channel-commands.ts'
import { commentaryTopic, digestTopic } from '../features/digests/topic.ts'
import {
  createHomeCommand,
  createOpenHomeCommand,
  homeTopicOf,
} from '../features/home/home-command.ts'
import { personalHelp } from '../features/home/personal-help.ts'
import { shortcutCommands } from '../features/home/shortcut-commands.ts'
import { importNames } from '../features/imports/chat/buttons.ts'
import { createImportTopic } from '../features/imports/topic.ts'
import { measureTopic } from '../features/measures/topic.ts'
import { done, move } from '../features/milestones/commands.ts'
import { milestoneTopic } from '../features/milestones/topic.ts'
import { moneyTopic } from '../features/money/topic.ts'
import { createPeopleSheets } from '../features/people/people-sheets.ts'
import { createPeopleTopic } from '../features/people/topic.ts'
import { createPlanTopic, tagTopic } from '../features/plan-editing/topic.ts'
import { questionKind } from '../features/questions/message-kinds.ts'
import { questionTopic } from '../features/questions/topic.ts'
import { registerTopic } from '../features/register/topic.ts'
import { reminderKind } from '../features/reminders/message-kind.ts'
import { loadOwedRows } from '../features/reminders/owed-rows.ts'
import { reminderTopic } from '../features/reminders/topic.ts'
import { paperTopic } from '../features/reports/topic.ts'
import { createRoundTopic } from '../features/rounds/topic.ts'
import { setupTopic } from '../features/setup/topic.ts'
import { status } from '../features/status/commands.ts'
import { mismatches } from '../features/status/mismatches.ts'
import { rollUpTopic, statusTopic } from '../features/status/topic.ts'
import { show, update } from '../features/updates/commands.ts'
import { due } from '../features/updates/queries.ts'
import { assuranceTopic, dueTopic, updateTopic } from '../features/updates/topic.ts'
import { messageKinds } from './message-kinds.ts'
import { platforms } from './platforms.ts'

/** Each person's own page: `/rag` alone, and the one that is kept up to date. */
const home = createHomeCommand(loadOwedRows)
const openHome = createOpenHomeCommand(loadOwedRows)

interface CommandRegistry {
  /** Every command, in the order in which they are tried on a typed line. */
  readonly commands: readonly Command[]
  /** The same, the most used first: what the manifests offer. */
  readonly manifestCommands: readonly Command[]
}

/** In the order of the help, and in the order in which commands are tried on a typed line. */
export const topicParts: readonly HelpTopicPart[] = [
  ...[
    homeTopicOf([home, openHome, ...shortcutCommands]),
    updateTopic,
    dueTopic,
    milestoneTopic,
    createPlanTopic(editDigestMessage),
    createRoundTopic(reminderKind),
  ],
  ...[digestTopic, paperTopic, reminderTopic],
  ...[
    questionTopic,
    registerTopic,
    measureTopic,
    moneyTopic,
    statusTopic,
    checkTopic,
    assuranceTopic,
  ],
  ...[adminTopic, commentaryTopic, tagTopic, calendarTopic, rollUpTopic],
  ...[
    createLedgerTopic({ kinds: messageKinds, explain: platforms.explain }),
    awayTopic,
    accountTopic,
    createPeopleTopic(questionKind),
    createImportTopic([
      createPeopleSheets(
        platforms.definitions.map(({ name }) => name),
        importNames.unlisted,
      ),
    ]),
    setupTopic,
  ],
]

/** What the manifests offer first, and help after it. */
const everyday = [home, update, done, move, show, due, status]
const everydayOfOffice = [previewCommand, digestHere, mismatches]

/** Collects the commands of all features. Help and the platforms' manifests are made from this. */
export function buildCommandRegistry(
  parts: readonly HelpTopicPart[] = topicParts,
): CommandRegistry {
  const topics = collectTopics(parts)
  const help = createHelpCommand(topics, personalHelp)
  const commands = [...topics.flatMap((topic) => topic.commands), help]
  const first = [...everyday, help, ...everydayOfOffice]
  return { commands, manifestCommands: [...new Set([...first, ...commands])] }
}
