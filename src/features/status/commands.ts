import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { capitalised, listOf, quoted } from '../../base/text.ts'
import { type Command, type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { nothingToChange, noticeCard, stored } from '../../chat/notice.ts'
import { askAboutChild } from '../../domain/checks/safeguarding-guard.ts'
import { dayAsked, dayNamed } from '../../domain/deadlines/date-args.ts'
import { findProgramme, knownPerson, officeProgramme } from '../../domain/plan/lookup.ts'
import { nameOf, policyInWords, standingInWords } from '../../domain/rollup/format.ts'
import type { Standing } from '../../domain/rollup/rules.ts'
import {
  changePolicy,
  confirmOverride,
  dayFor,
  loadRollUp,
  recordOverride,
} from '../../domain/rollup/store.ts'
import {
  isColour,
  type Scheme,
  type State,
  schemeOf,
  shown,
  stateNamed,
} from '../../domain/scheme/schemes.ts'
import { findPart, officeOrSponsorOnly, type Part } from './lookup.ts'
import { describeStatus } from './status-report.ts'
import { programmeView } from './views.ts'

const ofProgramme = z.object({ programme: optionalText })

export const status = defineCommand({
  name: 'status',
  tells: true,
  usages: ['status [on <date>] [since <from>] [for <programme>]'],
  summary:
    'The colour of a programme and its workstreams, what needs a look and what does not add up: today, on an earlier day, or what changed since.',
  args: ofProgramme.extend({ date: optionalText, from: optionalText }),
  run: async ({ tx, actor, today, prefix }, args) => {
    const { id } = await findProgramme(tx, actor, args.programme)
    const asAt = dayAsked(args.date, today)
    const since = args.from === undefined ? undefined : dayNamed(args.from, today)
    return {
      card: programmeView(await describeStatus(tx, { programmeId: id, asAt, since }), prefix),
    }
  },
})

const partNamed = z.object({ part: z.string().default('programme') })

const override = defineCommand({
  name: 'override',
  usages: [
    'override programme <rating> [because <reason>] [words are fine because <fine>]',
    'override <part> <rating> [because <reason>] [words are fine because <fine>]',
  ],
  summary:
    'Set the colour of a workstream or of the whole programme by hand, with the reason. A second person confirms it. For the programme office and sponsors.',
  args: partNamed.extend({ rating: z.string(), reason: optionalText, fine: optionalText }),
  run: async (context, args) => {
    const part = await partToSet(context, args.part)
    const scheme = schemeOf(part.programme.settings)
    const state = colourNamed(scheme, args.rating)
    const { reason } = args
    if (!reason) {
      throw new Refusal(
        `Say why it should be ${state.label}: “because …”. It will stand beside the colour. Nothing was stored.`,
        { reason: 'Say why, in a few words.' },
      )
    }
    const subject = { programmeId: part.programme.id, project: null }
    await askAboutChild(context, subject, [reason], args.fine)
    await recordOverride(context, { ...part, state: state.key, reason })
    const line = `${capitalised(part.called)} is to be ${shown(state)}, as at ${fullDate(context.today)}.`
    return {
      card: noticeCard({
        heading: 'Stored, and waiting for a second person',
        lines: [
          line,
          `Reason: ${reason}`,
          `It counts once somebody else of the programme office or a sponsor types: ${context.prefix} confirm override ${part.typed}`,
        ],
        buttons: [],
      }),
      note: line,
    }
  },
})

const overrideOff = defineCommand({
  name: 'override-off',
  usages: ['override programme off [because <reason>]', 'override <part> off [because <reason>]'],
  summary: 'End a colour that was set by hand: the rolled-up one counts again.',
  args: partNamed.extend({ reason: optionalText }),
  run: async (context, args) => {
    const part = await partToSet(context, args.part)
    const { standing } = await standingOf(context, part)
    if (!standing.override && !standing.awaiting) {
      return nothingToChange([`No colour was set by hand for ${part.called}.`])
    }
    await recordOverride(context, { ...part, state: null, reason: args.reason ?? '' })
    const after = await standingOf(context, part)
    const line = `${capitalised(part.called)} is rolled up again: ${standingInWords(after.standing, after.people)}.`
    return stored([line], line)
  },
})

const confirm = defineCommand({
  name: 'confirm-override',
  usages: ['confirm override programme', 'confirm override <part>'],
  summary: 'Confirm, as the second person, a colour that was set by hand.',
  args: partNamed,
  run: async (context, args) => {
    const part = await partToSet(context, args.part)
    const { standing, people } = await standingOf(context, part)
    const { awaiting } = standing
    if (!awaiting) return nothingToChange([`Nothing waits to be confirmed for ${part.called}.`])
    if (awaiting.byId === knownPerson(context.actor)) {
      throw new Refusal(
        'You set it yourself, so a second person has to confirm it: somebody else of the programme office, or a sponsor. Nothing was stored.',
      )
    }
    await confirmOverride(context, part, awaiting.id)
    const after = await standingOf(context, part)
    const line = `${capitalised(part.called)} is ${standingInWords(after.standing, people)}.`
    const lines = [line, `Set by ${nameOf(awaiting.byId, people)}, confirmed by you.`]
    return stored(lines, line)
  },
})

const policies = ['worst', 'plurality', 'proportion'] as const
const sayPolicy =
  'Say worst, plurality, or proportion with the share of Reds from which it is Red, such as “proportion 25%”.'

export const policy = defineCommand({
  name: 'admin-rollup',
  usages: ['admin rollup <policy> [<share>] [for <programme>]'],
  summary:
    'How many colours become one: worst, plurality, or proportion with the share of Reds from which it is Red (25%). For the programme office.',
  args: ofProgramme.extend({
    policy: z
      .string()
      .toLowerCase()
      .pipe(z.enum(policies, { error: sayPolicy })),
    share: optionalText,
  }),
  run: async (context, args) => {
    const { tx } = context
    const programme = await officeProgramme(context, args.programme)
    const chosen = { policy: args.policy, redShare: shareOf(args.share) }
    await changePolicy(context, programme.id, chosen)
    const { rollUp, plan } = await loadRollUp(tx, programme.id, context.today)
    const lines = [
      `From ${fullDate(context.today)} on, the colours of ${programme.key} are rolled up like this: ${policyInWords(chosen, schemeOf(programme.settings))}. Earlier days keep theirs.`,
      `The programme is ${standingInWords(rollUp.programme, plan.people)}.`,
    ]
    return stored(lines)
  },
})

/** "25%" and "25" are 0.25. @throws Refusal */
function shareOf(text: string | undefined): number {
  if (text === undefined) return 0.25
  const share = Number(/^(\d+(?:\.\d+)?) ?%?$/.exec(text)?.[1])
  if (share > 0 && share <= 100) return share / 100
  throw new Refusal(
    `I could not read ${quoted(text)} as a share. ${sayPolicy} Nothing was changed.`,
  )
}

/** @throws Refusal for anyone who may not set its colour. */
async function partToSet({ tx, actor }: Context, named: string): Promise<Part> {
  const part = await findPart(tx, actor, named)
  await officeOrSponsorOnly(tx, actor, part.programme)
  return part
}

async function standingOf(context: Context, part: Part) {
  const { programmeId, workstreamId } = part
  const asAt = await dayFor(context, part)
  const { rollUp, plan } = await loadRollUp(context.tx, programmeId, asAt)
  const own = rollUp.workstreams.find(({ workstream }) => workstream.id === workstreamId)
  const standing: Standing = own?.standing ?? rollUp.programme
  return { standing, people: plan.people }
}

/** A place on the scale: "not applicable" is no colour that could stand for others. @throws Refusal */
function colourNamed(scheme: Scheme, word: string): State {
  const state = stateNamed(scheme, word)
  if (state && isColour(state)) return state
  const all = listOf(scheme.states.map(({ label }) => label))
  throw new Refusal(
    `I do not know the state ${quoted(word)}. The states are ${all}. Nothing was stored.`,
  )
}

/** A colour that is set by hand. The end of one comes first: "off" is no state. */
export const overrideCommands: readonly Command[] = [overrideOff, override, confirm]
