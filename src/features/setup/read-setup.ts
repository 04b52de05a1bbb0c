import { z } from 'zod'
import { nations } from '../../base/bank-holidays.ts'
import { type Weekday, weekdays } from '../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { quoted } from '../../base/text.ts'
import { type CommandContext, optionalText } from '../../chat/commands.ts'
import type { ProgrammeSample } from '../../chat/installation.ts'
import { nationSetting } from '../../domain/calendars/settings.ts'
import { parseTimeArg } from '../../domain/deadlines/date-args.ts'
import { isKeyTaken } from '../../domain/programme/programme-store.ts'
import { noSettings, type ProgrammeSettings } from '../../domain/programme/setting.ts'
import { parseCustomStates } from '../../domain/scheme/custom-scheme.ts'
import { schemeKeys, withSchemeChoice } from '../../domain/scheme/settings.ts'
import { emptyBeginning } from './setup-form.ts'

/** People type it in front of numbers ("W17/2.1"), so it begins with a letter and has no slash or space. */
const keyPattern = /^[a-z][a-z0-9-]{0,11}$/i
const maxTitleLength = 200

export const setupArgs = z.object({
  key: optionalText,
  title: optionalText,
  scheme: optionalText,
  states: optionalText,
  nation: optionalText,
  begin: optionalText,
  weekday: optionalText,
  time: optionalText,
})
type SetupArgs = z.infer<typeof setupArgs>

/** When the first digest is wanted. */
export interface DigestWish {
  readonly weekday: Weekday
  /** 'HH:MM'. */
  readonly time: string
}

interface ReadSetup {
  readonly key: string
  readonly title: string
  readonly settings: ProgrammeSettings
  readonly digest: DigestWish | undefined
}

/** @throws Refusal with the problem of each field that has one */
export async function readSetup(
  { tx }: CommandContext,
  args: SetupArgs,
  sample: ProgrammeSample | undefined,
): Promise<ReadSetup> {
  const { key = '', title = '', begin = emptyBeginning } = args
  const problems: Record<string, string> = {}
  const noteProblem = (field: keyof SetupArgs, text: string | undefined) => {
    if (text) problems[field] = text
  }
  /** A part that is read by a rule, whose refusal belongs to one field. */
  const read = <Value>(field: keyof SetupArgs, parse: () => Value): Value | undefined => {
    try {
      return parse()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      noteProblem(field, error.message)
      return undefined
    }
  }
  noteProblem('key', keyProblem(key) ?? ((await isKeyTaken(tx, key)) ? takenText(key) : undefined))
  noteProblem('title', titleProblem(title))
  const settings = sample ? noSettings : read('states', () => settingsOf(args))
  const digest = read('time', () => digestOf(args))
  if (!sample && begin !== emptyBeginning) noteProblem('begin', 'Choose what it begins with.')
  if (!settings || Object.keys(problems).length > 0) throw fieldRefusal(problems)
  return { key, title, settings, digest }
}

function keyProblem(key: string): string | undefined {
  if (key === '') return 'Say its key, which people will type: W17.'
  if (keyPattern.test(key)) return undefined
  return `${quoted(key)} cannot be a key: use a letter first, then letters, figures or hyphens, 12 at most.`
}

const takenText = (key: string) =>
  `There is a programme ${quoted(key)} already. Choose another key.`

function titleProblem(title: string): string | undefined {
  if (title === '') return 'Say its title: Better Together.'
  return title.length > maxTitleLength
    ? `Its title has at most ${maxTitleLength} characters.`
    : undefined
}

const optionalScheme = z.enum(schemeKeys).default('rag')
const optionalNation = z.enum(nations).default('england-and-wales')

/** @throws Refusal of states of its own that cannot be */
function settingsOf({ scheme, states, nation }: SetupArgs): ProgrammeSettings {
  const chosen = optionalScheme.parse(scheme)
  const customStates = chosen === 'own' ? parseCustomStates(states ?? '') : undefined
  const settings = withSchemeChoice(noSettings, { scheme: chosen, customStates })
  return nationSetting.with(settings, optionalNation.parse(nation))
}

/** @throws Refusal of a time that is none */
function digestOf({ weekday, time }: SetupArgs): DigestWish | undefined {
  if (!weekday && !time) return undefined
  if (!weekday) throw new Refusal('Choose the day of the first digest, too.')
  return { weekday: z.enum(weekdays).parse(weekday), time: parseTimeArg(time ?? '09:00') }
}
