import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import { messageKinds } from '../../../src/app/message-kinds.ts'
import { newId } from '../../../src/base/ids.ts'
import { type Command, parseCommand } from '../../../src/chat/commands.ts'
import { unmanagedInstallation } from '../../../src/chat/installation.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import type { ChatInput } from '../../../src/chat/request.ts'
import type { HandledRequest, RequestOutcome } from '../../../src/chat/router-options.ts'
import type { Database } from '../../../src/infra/db.ts'
import { chatOn } from '../../support/programme.ts'
import { type Asking, type Way, ways } from './requests.ts'
import type { Asker } from './roles.ts'
import { today } from './things.ts'

export const { commands } = buildCommandRegistry()

/** What somebody asks, in one of the ways in which it can be asked. */
export interface Question {
  readonly command: Command
  readonly way: Way
  readonly input: ChatInput
  readonly at: Asking['at']
}

/** A form is tried where the command has one; a button always, since anybody can make one up. */
export function questionsOf({ line, ids, at, ways: only = ways }: Asking): Question[] {
  const parsed = parseCommand(commands, line)
  if (!parsed) throw new Error(`No command reads “${line}”`)
  const { command, raw } = parsed
  const { name: verb, form } = command
  const args = { ...raw, ...ids }
  const inputs: Readonly<Record<Way, ChatInput>> = {
    typed: { by: 'text', text: line },
    button: { by: 'button', verb, args },
    form: { by: 'form', verb, args },
    opened: { by: 'button', verb: `${verb}:form`, args },
  }
  return only
    .filter((way) => form !== undefined || way === 'typed' || way === 'button')
    .map((way) => ({ command, way, input: inputs[way], at }))
}

/** What came of it. */
export interface Outcome {
  readonly ended: RequestOutcome
  readonly reply: Reply
}

/** The real router over the real tables, at noon of the day. Faults throw. */
export async function askOnce(
  db: Database,
  { identity, place }: Asker,
  { input, at }: Pick<Question, 'input' | 'at'>,
  day: string = today,
): Promise<Outcome> {
  let ended: RequestOutcome = 'fault'
  const onHandled = ({ outcome }: HandledRequest) => {
    ended = outcome
  }
  const lookupProfile = async () => ({ displayName: 'Somebody', standing: 'employee' as const })
  const chat = chatOn(db, day, {
    installation: { ...unmanagedInstallation, publicUrl: 'https://milepost.example.org' },
    onHandled,
    redraw: messageKinds.redraw,
    lookupProfile,
  })
  const reply = await chat.handle({ key: newId(), actor: identity, place, ...at, input })
  return { ended, reply }
}
