import { z } from 'zod'
import { type CivilDate, fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { capitalised, quoted } from '../../base/text.ts'
import { programmeArgs } from '../../chat/args.ts'
import {
  type Command,
  defineCommand,
  defineQuery,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { phrase, slot } from '../../chat/grammar.ts'
import { noticeCard, savedResult, unchangedResult } from '../../chat/notice.ts'
import { requireSafeguardingAnswer } from '../../domain/checks/safeguarding-guard.ts'
import { parseAsAtDate, parseDateArg } from '../../domain/deadlines/date-args.ts'
import { latestDigestBefore } from '../../domain/digests/archive/digest-store.ts'
import { findProgramme, findProgrammeTo, requirePersonId } from '../../domain/plan/lookup.ts'
import { formatPolicy, formatRollUpResult, personName } from '../../domain/rollup/format.ts'
import type { RollUpResult } from '../../domain/rollup/rules.ts'
import {
  changePolicy,
  confirmOverride,
  loadRollUp,
  overrideDay,
  recordOverride,
} from '../../domain/rollup/store.ts'
import { wholeProgramme } from '../../domain/schedule/scope.ts'
import { policyOn } from '../../domain/scheme/roll-up.ts'
import {
  formatState,
  isOnScale,
  parseState,
  type Scheme,
  type State,
  schemeOf,
} from '../../domain/scheme/schemes.ts'
import { stateListText } from '../../domain/scheme/unknown-state.ts'
import type { ReadTx } from '../../infra/db.ts'
import { assertMayOverride, findRollUpTarget, type RollUpTarget } from './lookup.ts'
import { loadStatusReport } from './status-report.ts'
import { programmeView } from './views.ts'

export const status = defineQuery({
  name: 'status',
  usages: ['status [on <date>] [since <from>] [for <programme>]'],
  slots: { date: slot.date, from: slot.text, programme: slot.text },
  examples: ['status', 'status on 3 Mar since 1 Feb for W17', 'status since the last digest'],
  authority: ['read plan'],
  summary:
    'The colour of a programme and its workstreams, what needs a look and what does not add up: today, on an earlier day, or what changed since.',
  args: programmeArgs.extend({ date: optionalText, from: optionalText }),
  run: async ({ tx, actor, today, prefix }, args) => {
    const { id } = await findProgramme(tx, actor, args.programme)
    const asAt = parseAsAtDate(args.date, today)
    const since = args.from === undefined ? undefined : await sinceDay(tx, id, args.from, today)
    return {
      card: programmeView(await loadStatusReport(tx, { programmeId: id, asAt, since }), prefix),
    }
  },
})

/** @throws Refusal where it is no day, or no digest was posted yet */
async function sinceDay(
  tx: ReadTx,
  programmeId: string,
  text: string,
  today: CivilDate,
): Promise<CivilDate> {
  if (!/^the last digest$/i.test(text.trim())) return parseDateArg(text, today)
  const digest = await latestDigestBefore(tx, { programmeId, scope: wholeProgramme }, today)
  if (digest) return digest.asAt
  throw new Refusal('No digest was posted before today. Say since which day, such as 1 Feb.')
}

const targetArgs = z.object({ part: z.string().default('programme') })

const override = defineCommand({
  name: 'override',
  usages: [
    'override programme <rating> [because <reason>] [words are fine because <fine>]',
    'override <part> <rating> [because <reason>] [words are fine because <fine>]',
  ],
  slots: { part: slot.word, rating: slot.words, reason: slot.text, fine: slot.text },
  examples: [
    'override programme amber because the inspection found gaps',
    'override 2 red because two leads have left',
  ],
  authority: ['override colour'],
  summary:
    'Set the colour of a workstream or of the whole programme by hand, with the reason. A second person confirms it. For the programme office and sponsors.',
  args: targetArgs.extend({ rating: z.string(), reason: optionalText, fine: optionalText }),
  run: async (context, args) => {
    const part = await findTargetToOverride(context, args.part)
    const scheme = schemeOf(part.programme.settings)
    const state = parseColour(scheme, args.rating)
    const { reason } = args
    if (!reason) {
      throw new Refusal(
        `Say why it should be ${state.label}: “because …”. It will stand beside the colour. Nothing was saved.`,
        { reason: 'Say why, in a few words.' },
      )
    }
    const subject = { programmeId: part.programme.id, project: null }
    await requireSafeguardingAnswer(context, subject, [reason], args.fine)
    await recordOverride(context, { ...part, state: state.key, reason })
    const line = `${capitalised(part.label)} is to be ${formatState(state)}, as at ${fullDate(context.today)}.`
    return {
      card: noticeCard({
        heading: 'Saved, and waiting for a second person',
        lines: [
          line,
          `Reason: ${reason}`,
          `It counts once somebody else of the programme office or a sponsor types: ${context.prefix} confirm override ${part.arg}`,
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
  slots: { part: slot.word, reason: slot.text },
  examples: ['override programme off', 'override 2 off because the post is filled'],
  authority: ['override colour'],
  summary: 'End a colour that was set by hand: the rolled-up one counts again.',
  args: targetArgs.extend({ reason: optionalText }),
  run: async (context, args) => {
    const part = await findTargetToOverride(context, args.part)
    const { standing } = await loadTargetResult(context, part)
    if (!standing.override && !standing.awaiting) {
      return unchangedResult([`No colour was set by hand for ${part.label}.`])
    }
    await recordOverride(context, { ...part, state: null, reason: args.reason ?? '' })
    const after = await loadTargetResult(context, part)
    const line = `${capitalised(part.label)} is rolled up again: ${formatRollUpResult(after.standing, after.people)}.`
    return savedResult([line], line)
  },
})

const confirm = defineCommand({
  name: 'confirm-override',
  usages: ['confirm override programme', 'confirm override <part>'],
  slots: { part: slot.word },
  examples: ['confirm override programme', 'confirm override 2'],
  authority: ['override colour'],
  summary: 'Confirm, as the second person, a colour that was set by hand.',
  args: targetArgs,
  run: async (context, args) => {
    const part = await findTargetToOverride(context, args.part)
    const { standing, people } = await loadTargetResult(context, part)
    const { awaiting } = standing
    if (!awaiting) return unchangedResult([`Nothing waits to be confirmed for ${part.label}.`])
    if (awaiting.byId === requirePersonId(context.actor)) {
      throw new Refusal(
        'You set it yourself, so a second person has to confirm it: somebody else of the programme office, or a sponsor. Nothing was saved.',
      )
    }
    await confirmOverride(context, part, awaiting.id)
    const after = await loadTargetResult(context, part)
    const line = `${capitalised(part.label)} is ${formatRollUpResult(after.standing, people)}.`
    const lines = [line, `Set by ${personName(awaiting.byId, people)}, confirmed by you.`]
    return savedResult(lines, line)
  },
})

const policies = ['worst', 'plurality', 'proportion'] as const
const policyArgError =
  'Say worst, plurality, or proportion with the share of Reds from which it is Red, such as “proportion 25%”.'

const sharePhrase = phrase('\\d+(?:\\.\\d+)?\\s?%?', 2)

export const policy = defineCommand({
  name: 'admin-rollup',
  usages: ['admin rollup <policy> [<share>] [rated <minimum>] [for <programme>]'],
  slots: {
    policy: slot.letters,
    share: sharePhrase,
    minimum: sharePhrase,
    programme: slot.text,
  },
  examples: ['admin rollup proportion 25%', 'admin rollup worst rated 50% for W17'],
  authority: ['run programme'],
  summary:
    'How many colours become one: worst, plurality, or proportion with the share of Reds from which it is Red (25%); and how many have to be rated before there is a colour: half at first, “rated 0”: one rating is enough. For the programme office.',
  args: programmeArgs.extend({
    policy: z
      .string()
      .toLowerCase()
      .pipe(z.enum(policies, { error: policyArgError })),
    share: optionalText,
    minimum: optionalText,
  }),
  run: async (context, args) => {
    const { tx } = context
    const programme = await findProgrammeTo(context, 'run programme', args.programme)
    const chosen = {
      policy: args.policy,
      redShare: parseShare(args.share, 0.25),
      minRated: isZero(args.minimum)
        ? 0
        : parseShare(args.minimum, policyOn(programme.settings, context.today).minRated),
    }
    await changePolicy(context, programme.id, chosen)
    const { rollUp, plan } = await loadRollUp(tx, programme.id, context.today)
    const lines = [
      `From ${fullDate(context.today)} on, the colours of ${programme.key} are rolled up like this: ${formatPolicy(chosen, schemeOf(programme.settings))}. Earlier days keep theirs.`,
      `The programme is ${formatRollUpResult(rollUp.programme, plan.people)}.`,
    ]
    return savedResult(lines)
  },
})

const isZero = (text: string | undefined) => text !== undefined && /^0+ ?%?$/.test(text)

/** "25%" and "25" are 0.25. @throws Refusal */
function parseShare(text: string | undefined, usual: number): number {
  if (text === undefined) return usual
  const share = Number(/^(\d+(?:\.\d+)?) ?%?$/.exec(text)?.[1])
  if (share > 0 && share <= 100) return share / 100
  throw new Refusal(
    `I could not read ${quoted(text)} as a share. ${policyArgError} Nothing was changed.`,
  )
}

/** @throws Refusal for anyone who may not set its colour. */
async function findTargetToOverride(context: QueryContext, named: string): Promise<RollUpTarget> {
  const part = await findRollUpTarget(context.tx, context.actor, named)
  await assertMayOverride(context, part.programme)
  return part
}

async function loadTargetResult(context: QueryContext, part: RollUpTarget) {
  const { programmeId, workstreamId } = part
  const asAt = await overrideDay(context, part)
  const { rollUp, plan } = await loadRollUp(context.tx, programmeId, asAt)
  const own = rollUp.workstreams.find(({ workstream }) => workstream.id === workstreamId)
  const standing: RollUpResult = own?.standing ?? rollUp.programme
  return { standing, people: plan.people }
}

/** A place on the scale: "not applicable" is no colour that could stand for others. @throws Refusal */
function parseColour(scheme: Scheme, word: string): State {
  const state = parseState(scheme, word)
  if (state && isOnScale(state)) return state
  throw new Refusal(
    `I do not know the state ${quoted(word)}. ${stateListText(scheme)} Nothing was saved.`,
  )
}

/** A colour that is set by hand. The end of one comes first: "off" is no state. */
export const overrideCommands: readonly Command[] = [overrideOff, override, confirm]
