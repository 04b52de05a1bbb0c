import { z } from 'zod'
import { fold, listOf, nearest, quoted } from '../base/text.ts'
import { defineCard } from './cards.ts'
import { type Command, defineQuery, optionalText } from './commands.ts'
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

/** A part of the short help: the commands that one kind of reader needs most. */
export interface HelpGroup {
  readonly heading: string
  readonly commands: readonly Command[]
}

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
  }),
  { ownText: ['heading', 'groups.heading'] },
)

/** The help command: a short page with the everyday commands and the topics, and one page for each topic. */
export function createHelpCommand(
  topics: readonly HelpTopic[],
  everyday: readonly HelpGroup[],
): Command {
  const short = (prefix: string, intro: string) =>
    helpCard({
      heading: 'What you can ask',
      intro,
      groups: [
        ...everyday.map(({ heading, commands }) => ({
          heading,
          rows: commands.map((command) => shortRow(command, prefix)),
        })),
        { heading: 'More of each', rows: topics.map((topic) => topicRow(topic, prefix)) },
      ],
    })
  return defineQuery({
    name: 'help',
    usages: ['help [<topic>]'],
    slots: { topic: slot.text },
    examples: ['help', 'help digest'],
    authority: ['ask for help'],
    summary: 'What you can ask: in short, or all there is to a topic.',
    args: z.object({ topic: optionalText }),
    run: async ({ prefix }, { topic: asked }) => {
      if (asked === undefined) return { card: short(prefix, '') }
      const topic = findTopic(topics, asked)
      const names = listOf(topics.map(({ name }) => name))
      const card = topic
        ? topicHelp(topic, prefix)
        : short(prefix, `I have no help on ${quoted(asked)}. There is help on ${names}.`)
      return { card }
    },
  })
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

function topicHelp({ name, summary, commands }: HelpTopic, prefix: string) {
  return helpCard({
    heading: `Help: ${name}`,
    intro: summary,
    groups: [{ heading: '', rows: commands.map((command) => fullRow(command, prefix)) }],
  })
}

/** The first usage of a command. */
function shortRow({ patterns, summary }: Command, prefix: string): Usage {
  const [first] = patterns
  return { usage: formatUsage(prefix, first?.text), summary }
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
