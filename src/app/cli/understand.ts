import { type Command, InvalidArgumentError, Option } from 'commander'
import { systemClock } from '../../base/clock.ts'
import {
  type CivilDate,
  civilDate,
  dateIn,
  isCivilDate,
  isTime,
  momentAt,
} from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import type { CommandContext } from '../../chat/commands.ts'
import { directoryInTime } from '../../chat/directory-lookup.ts'
import { unmanagedInstallation } from '../../chat/installation.ts'
import { unknownChannel } from '../../chat/port.ts'
import { findPersonByName } from '../../domain/people/find-person.ts'
import { defaultZone } from '../../domain/people/identity-store.ts'
import { memberIdsOf } from '../../domain/people/members.ts'
import { loadPerson } from '../../domain/people/person-store.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { explainLine, type LineExplanation } from '../../features/understanding/explain-line.ts'
import type { Tx } from '../../infra/db.ts'
import { buildCommandRegistry } from '../command-registry.ts'
import { platforms } from '../platforms.ts'
import { formatOption } from './options.ts'
import { withStore } from './store.ts'

interface UnderstandOptions {
  readonly as: string
  readonly programme?: string
  readonly at?: LocalMoment
  readonly platform: string
  readonly format: 'text' | 'json'
}

interface LocalMoment {
  readonly day: CivilDate
  readonly time: string
}

/** `understand`: what a line would do if that person typed it, storing nothing. */
export function addUnderstandCommand(program: Command): void {
  const names = platforms.definitions.map(({ name }) => name)
  program
    .command('understand')
    .description('print what a typed line would do, as which command; nothing is saved')
    .argument('<line>', 'what somebody types, such as "2.1 is green"')
    .requiredOption('--as <person>', 'who types it: their whole name, or their id')
    .option('--programme <key>', 'a programme that they must be in')
    .option(
      '--at <moment>',
      'when, as 2026-02-27T09:00 by their clock; now if left out',
      parseMoment,
    )
    .addOption(new Option('--platform <platform>', 'where').choices(names).default(names[0]))
    .addOption(formatOption)
    .action(async (line: string, options: UnderstandOptions) => {
      const explanation = await explainAndRollBack(program, line, options)
      console.log(
        options.format === 'json'
          ? JSON.stringify(explanation, null, 2)
          : formatExplanation(explanation),
      )
    })
}

function parseMoment(text: string): LocalMoment {
  const [day = '', time = ''] = text.split('T')
  if (!isCivilDate(day) || !isTime(time)) {
    throw new InvalidArgumentError('Write a moment as 2026-02-27T09:00.')
  }
  return { day: civilDate(day), time }
}

/** Carries the result out of a transaction that must not be committed. */
class RolledBack extends Error {
  readonly explanation: LineExplanation
  constructor(explanation: LineExplanation) {
    super('Nothing is saved.')
    this.explanation = explanation
  }
}

async function explainAndRollBack(
  program: Command,
  line: string,
  options: UnderstandOptions,
): Promise<LineExplanation> {
  const { commands } = buildCommandRegistry()
  try {
    return await withStore(program, async (tx) => {
      const context = await contextFor(tx, options)
      throw new RolledBack(await explainLine(commands, context, line))
    })
  } catch (error) {
    if (error instanceof RolledBack) return error.explanation
    throw error
  }
}

/** @throws Refusal where there is no such person, or not in the programme */
async function contextFor(
  tx: Tx,
  { as: named, programme, at, platform }: UnderstandOptions,
): Promise<CommandContext> {
  const { id } = await findPersonByName(tx, named)
  const { name, zone } = await loadPerson(tx, id)
  if (programme !== undefined) {
    const { id: programmeId, key } = await programmeByKey(tx, programme)
    if (!(await memberIdsOf(tx, [programmeId])).includes(id)) {
      throw new Refusal(`${name} is not in ${key}. Nothing was read.`)
    }
  }
  const clock = zone ?? defaultZone
  const now = at ? momentAt(at.day, at.time, clock) : systemClock.now()
  const identity = { platform, tenant: 'terminal', user: id }
  return {
    ...{ tx, now, today: dateIn(clock, now), message: undefined, mentions: [], files: [] },
    actor: { identity, personId: id, name, zone: clock },
    place: { platform, tenant: 'terminal', kind: 'direct', conversation: 'terminal' },
    prefix: platforms.commandPrefix(platform, '/rag'),
    platformTitle: platforms.title,
    installation: unmanagedInstallation,
    profile: async () => undefined,
    channel: async () => unknownChannel,
    directory: () => directoryInTime(undefined),
  }
}

function formatExplanation({ command, means, asks }: LineExplanation): string {
  const does = command === null ? [] : [`Command: ${command}`]
  const plain = means === '' ? [] : [`Means: ${means}`]
  const answers = asks?.answers.map(({ title, line }) => `  ${title}: ${line}`) ?? []
  return [...does, ...plain, ...(asks ? [`Asks: ${asks.text}`, ...answers] : [])].join('\n')
}
