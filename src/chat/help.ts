import { z } from 'zod'
import { addDays, type CivilDate, plainDay } from '../base/dates.ts'
import { capitalised, fold, listOf, nearest, quoted } from '../base/text.ts'
import { buttonTo, type CardButton, cardButton } from './card-button.ts'
import { defineCard } from './cards.ts'
import { requiredWords } from './command-pattern.ts'
import {
  type Command,
  defineQuery,
  optionalText,
  parseCommand,
  type QueryContext,
} from './commands.ts'
import { slot } from './grammar.ts'
import { noticeCard } from './notice.ts'

/** What a feature adds to a page of the help. The feature that owns the page gives its summary. */
export interface HelpTopicPart {
  /** What people type after "help". */
  readonly name: string
  readonly summary?: string
  readonly commands: readonly Command[]
}

/** One page of the help: commands that belong together. */
export interface HelpTopic {
  /** What people type after "help". */
  readonly name: string
  readonly summary: string
  readonly commands: readonly Command[]
}

/** A line that somebody may type as it stands, and what it does. */
export interface HelpLine {
  readonly line: string
  readonly summary: string
}

/** The few lines that fit whoever asks. */
export type PersonalHelp = (context: QueryContext) => Promise<readonly HelpLine[]>

/**
 * Joins the parts of each topic, in their order; a topic comes where its first part does.
 * @throws Error for a topic without a summary, or with two
 */
export function collectTopics(parts: readonly HelpTopicPart[]): HelpTopic[] {
  return [...Map.groupBy(parts, ({ name }) => name)].map(([name, own]) => {
    const [summary, another] = own.flatMap((part) => part.summary ?? [])
    if (summary === undefined || another !== undefined) {
      throw new Error(`The help topic "${name}" needs one summary`)
    }
    return { name, summary, commands: own.flatMap(({ commands }) => commands) }
  })
}

const usageRow = z.object({ usage: z.string(), summary: z.string() })
type Usage = z.infer<typeof usageRow>

export const helpCard = defineCard(
  'help',
  z.object({
    heading: z.string(),
    intro: z.string(),
    groups: z.array(z.object({ heading: z.string(), rows: z.array(usageRow) })),
    foot: z.string(),
    buttons: z.array(cardButton),
  }),
  { ownText: ['heading', 'groups.heading', 'foot', 'buttons.title', 'buttons.style'] },
)

/** The help command: a few lines for whoever asks, a page of topics, and one page for each topic. */
export function createHelpCommand(
  topics: readonly HelpTopic[],
  personalHelp: PersonalHelp,
): Command {
  const topicsCard = ({ prefix, today }: QueryContext, intro: string) =>
    helpCard({
      heading: 'What you can ask',
      intro,
      groups: [{ heading: '', rows: topics.map((topic) => topicRow(topic, prefix)) }],
      foot: footOf(today),
      buttons: [],
    })
  const help: Command = defineQuery({
    name: 'help',
    usages: ['help [<topic>]'],
    slots: { topic: slot.text },
    examples: ['help', 'help all', 'help digest'],
    authority: ['ask for help'],
    summary: 'What you can ask: in short, or all there is to a topic.',
    args: z.object({ topic: optionalText }),
    run: async (context, { topic: asked }) => {
      if (asked === undefined) {
        return { card: personalCard(context, await personalHelp(context), allCommands) }
      }
      if (fold(asked) === allTopics) return { card: topicsCard(context, '') }
      const topic = findTopic(topics, asked)
      const names = listOf(topics.map(({ name }) => name))
      const card = topic
        ? topicHelp(context, topic)
        : topicsCard(context, `I have no help on ${quoted(asked)}. There is help on ${names}.`)
      return { card }
    },
  })
  const allCommands = [...topics.flatMap(({ commands }) => commands), help]
  return help
}

/** What people type after "help" for the page of topics. */
const allTopics = 'all'
const more = buttonTo('More', 'help', { topic: allTopics })

/** With days near to today. */
function footOf(today: CivilDate): string {
  const near = plainDay(addDays(today, 21))
  return `A project is named by its number, like 2.1. A date can be ${near.slice(0, -5)}, ${near}, next Friday or end of March.`
}

function personalCard(
  { prefix, today }: QueryContext,
  lines: readonly HelpLine[],
  commands: readonly Command[],
) {
  const buttons = lines.flatMap(({ line }) => queryButton(line, commands)).slice(0, mostButtons)
  return helpCard({
    heading: 'What you can ask',
    intro: '',
    groups: [
      {
        heading: '',
        rows: lines.map(({ line, summary }) => ({ usage: formatUsage(prefix, line), summary })),
      },
    ],
    foot: footOf(today),
    buttons: [...buttons, more],
  })
}

/** A button that asks what a line asks. None for a line that saves something: the example is not what they mean. */
function queryButton(line: string, commands: readonly Command[]): CardButton[] {
  const parsed = parseCommand(commands, line)
  if (!parsed) return []
  const { command, raw } = parsed
  const data = z.record(z.string(), z.string()).safeParse(raw).data
  return command.isReadOnly && data ? [buttonTo(capitalised(line), command.name, data)] : []
}

/** The topic with this name, or with a command that begins with this word, or with the nearest of these. */
function findTopic(topics: readonly HelpTopic[], asked: string): HelpTopic | undefined {
  const words = new Map<string, HelpTopic>()
  for (const topic of topics) words.set(topic.name, topic)
  for (const topic of topics) {
    for (const { firstWord } of topic.commands.flatMap(({ patterns }) => patterns)) {
      if (firstWord && !words.has(firstWord)) words.set(firstWord, topic)
    }
  }
  return words.get(nearest(fold(asked), [...words.keys()]) ?? '')
}

function topicHelp({ prefix, today }: QueryContext, { name, summary, commands }: HelpTopic) {
  return helpCard({
    heading: `Help: ${name}`,
    intro: summary,
    groups: [{ heading: '', rows: commands.map((command) => fullRow(command, prefix)) }],
    foot: footOf(today),
    buttons: [...commands.flatMap(plainQueryButton).slice(0, mostButtons), more],
  })
}

/** Teams shows five buttons of a set; the last is "More". */
const mostButtons = 4

/** A question that needs nothing filled in. */
function plainQueryButton({ name, patterns, isReadOnly }: Command): CardButton[] {
  const plain = patterns.map(({ text }) => requiredWords(text))
  const line = plain.find((text) => text !== '' && !text.includes('<'))
  return isReadOnly && line ? [buttonTo(capitalised(line), name, {})] : []
}

/** All usages of a command, one a line. */
function fullRow({ patterns, summary }: Command, prefix: string): Usage {
  return { usage: patterns.map(({ text }) => formatUsage(prefix, text)).join('\n'), summary }
}

function topicRow({ name, summary }: HelpTopic, prefix: string): Usage {
  return { usage: formatUsage(prefix, `help ${name}`), summary }
}

const formatUsage = (prefix: string, text = ''): string => `${prefix} ${text}`.trim()

/** Every usage of these commands except the empty one, in this order: what the manifests offer. */
export function listUsages(commands: readonly Command[]): Usage[] {
  return commands.flatMap(({ patterns, summary }) =>
    patterns.flatMap(({ text }) => (text === '' ? [] : [{ usage: text, summary }])),
  )
}

/** Shows people the name of their account as the people file writes it. */
export const whoami = defineQuery({
  name: 'whoami',
  usages: ['whoami'],
  examples: ['whoami'],
  authority: ['ask for help'],
  summary: 'The name of your account here, for your programme office.',
  args: z.object({}),
  run: async ({ actor }) => {
    const { platform, tenant, user } = actor.identity
    const known = actor.personId
      ? `I know you as ${actor.name}. Your times are shown in ${actor.zone}.`
      : 'I do not know this account yet. Ask your programme office to add it to the people file.'
    return {
      card: noticeCard({
        heading: 'Your account',
        lines: [known, `${platform}: ${tenant}/${user}`],
        buttons: [],
      }),
    }
  },
})

export const accountTopic: HelpTopicPart = {
  name: 'account',
  summary: 'How I know you.',
  commands: [whoami],
}
