import { z } from 'zod'
import type { HandledRequest } from '../chat/router-options.ts'

/**
 * One line for each request: who saw or changed what, from where, and how it ended. It holds ids, refs and names of
 * commands, and nothing that people wrote.
 */
export interface AuditEntry {
  readonly audit: true
  /** The same for a repeat; the answer of the database has it for a week. */
  readonly key: string
  readonly platform: string
  readonly tenant: string
  readonly user: string
  readonly conversation: string
  /** Whether others read the conversation, too. */
  readonly isChannel: boolean
  readonly by: 'text' | 'button' | 'form' | 'files'
  /** Absent where none was understood. */
  readonly command?: string | undefined
  /** What it was about, by ref or id: a project, a milestone. */
  readonly about?: Readonly<Record<string, string>>
  readonly outcome: HandledRequest['outcome']
  /** False for what only reads, is refused, or was done already. */
  readonly changed: boolean
}

export function auditEntryOf(handled: HandledRequest): AuditEntry {
  const { request, command, args, outcome, isSaved } = handled
  const { key, actor, place, input } = request
  const about = subjectsIn(args)
  return {
    ...{ audit: true, key, platform: actor.platform, tenant: actor.tenant, user: actor.user },
    ...{ conversation: place.conversation, isChannel: place.kind !== 'direct' },
    ...{ by: input.by, command, outcome, changed: isSaved && outcome === 'answered' },
    ...(Object.keys(about).length > 0 && { about }),
  }
}

/** Arguments that name a thing. Others hold what people wrote. */
const subjects = ['programme', 'workstream', 'project', 'milestone', 'measure', 'entry', 'question']

/** "2.1", "W17/2.1" or an id: no word that somebody might have written in its place. */
const reference = z.string().regex(/^(?=.*\d)[\w./-]{1,40}$/)

function subjectsIn(args: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    subjects.flatMap((name) => {
      const { data } = reference.safeParse(args[name])
      return data === undefined ? [] : [[name, data]]
    }),
  )
}
