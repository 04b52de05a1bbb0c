import { z } from 'zod'
import { defineCard } from './cards.ts'
import { type Command, defineCommand } from './commands.ts'
import { noticeCard } from './notice.ts'

export const helpCard = defineCard(
  'help',
  z.object({ commands: z.array(z.object({ usage: z.string(), summary: z.string() })) }),
)

/** The help, made from what the commands say of themselves. */
export function helpFor(commands: readonly Command[]): Command {
  return defineCommand({
    name: 'help',
    usages: ['help'],
    summary: 'This list.',
    args: z.object({}),
    run: async ({ prefix }) => ({ card: helpCard({ commands: usagesOf(commands, prefix) }) }),
  })
}

export interface Usage {
  readonly usage: string
  readonly summary: string
}

/** Every way to write every command, in the order they are offered. */
export function usagesOf(commands: readonly Command[], prefix: string): Usage[] {
  return commands.flatMap(({ patterns, summary }) =>
    patterns.map(({ text }) => ({ usage: `${prefix} ${text}`.trim(), summary })),
  )
}

/** Tells people the name by which the people file knows their account. */
export const whoami = defineCommand({
  name: 'whoami',
  usages: ['whoami'],
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
