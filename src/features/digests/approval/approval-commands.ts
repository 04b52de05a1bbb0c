import { z } from 'zod'
import { type CivilDate, fullDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import { stripQuotes } from '../../../base/text.ts'
import { onOff } from '../../../chat/args.ts'
import {
  type Command,
  type CommandContext,
  type CommandResult,
  defineCommand,
  optionalText,
  type QueryContext,
} from '../../../chat/commands.ts'
import { oneOf, slot } from '../../../chat/grammar.ts'
import { savedResult, unchangedResult } from '../../../chat/notice.ts'
import { requireSafeguardingAnswer } from '../../../domain/checks/safeguarding-guard.ts'
import {
  type ApprovalEvent,
  type ApprovalState,
  addApprovalEvent,
  isHeld,
  loadApprovalState,
  pendingDecision,
} from '../../../domain/digests/approval.ts'
import { nextUnpostedDigest } from '../../../domain/digests/next-digest.ts'
import { type DigestSettings, digestSetting } from '../../../domain/digests/settings.ts'
import { findProgrammeTo, requirePersonId } from '../../../domain/plan/lookup.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { changeSetting } from '../../../domain/programme/settings-store.ts'
import { formatPendingDecision } from './office-notices.ts'

/** `round`: the day of the digest that a button belongs to. */
const programmeArgs = z.object({ programme: optionalText, round: optionalText })
type ProgrammeArgs = z.infer<typeof programmeArgs>

const digestHold = defineCommand({
  name: 'digest-hold',
  usages: ['digest hold [for <programme>] [because <reason>]'],
  slots: { programme: slot.text, reason: slot.text },
  examples: ['digest hold because the figures for 2.1 are not final'],
  authority: ['publish digest'],
  summary: 'Hold the next digest until you release it. For the programme office.',
  args: programmeArgs.extend({ reason: optionalText }),
  run: (context, { reason, ...about }) =>
    recordApprovalEvent(context, about, { kind: 'held', text: reason ?? null }, ({ held }, day) =>
      held
        ? null
        : [
            `The digest of ${day} is held.`,
            `To let it go: ${context.prefix} digest release. It can be posted up to one working day after its hour; after that I tell you that it was not.`,
          ],
    ),
})

const digestRelease = defineCommand({
  name: 'digest-release',
  usages: ['digest release [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['digest release'],
  authority: ['publish digest'],
  summary: 'Let a held digest go. For the programme office.',
  args: programmeArgs,
  run: (context, about) =>
    recordApprovalEvent(context, about, { kind: 'released', text: null }, (state, day) =>
      isHeld(state) ? [`The digest of ${day} is released.`] : null,
    ),
})

const digestApprove = defineCommand({
  name: 'digest-approve',
  usages: ['digest approve [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['digest approve for W17'],
  authority: ['publish digest'],
  summary: 'Approve the next digest; a held one goes with that. For the programme office.',
  args: programmeArgs,
  run: (context, about) =>
    recordApprovalEvent(context, about, { kind: 'approved', text: null }, (state, day) =>
      state.approvedBy && !isHeld(state) ? null : [`The digest of ${day} is approved.`],
    ),
})

const maxHeadlineLength = 500

const digestHeadline = defineCommand({
  name: 'digest-headline',
  usages: [
    'digest headline off [for <programme>]',
    'digest headline [for <programme>] <text> [words are fine because <fine>]',
  ],
  slots: { programme: slot.text, text: slot.text, fine: slot.text },
  examples: ['digest headline off', 'digest headline A good week for fostering'],
  authority: ['publish digest'],
  summary:
    'Write the headline of the next digest yourself, above the one that is worked out. For the programme office.',
  args: programmeArgs.extend({
    text: z
      .string()
      .max(
        maxHeadlineLength,
        `Say it in at most ${maxHeadlineLength} characters. Nothing was saved.`,
      )
      .optional(),
    fine: optionalText,
  }),
  run: async (context, { text = '', fine, ...about }) => {
    const { id: programmeId } = await findProgrammeTo(context, 'publish digest', about.programme)
    await requireSafeguardingAnswer(context, { programmeId, project: null }, [text], fine)
    return recordApprovalEvent(
      context,
      about,
      { kind: 'headline', text: stripQuotes(text) },
      ({ headline }, day) => {
        if (!text) return headline ? [`The digest of ${day} has no headline of yours now.`] : null
        return [
          `The headline of the digest of ${day}: ${stripQuotes(text)}`,
          'It is for the board, as the register is: a digest for the public does not show it, unless your commentary is for the public.',
        ]
      },
    )
  },
})

/** Records a decision about the next digest to be posted. `answerFor` gives the answer; null where nothing changes. */
async function recordApprovalEvent(
  context: CommandContext,
  about: ProgrammeArgs,
  event: Pick<ApprovalEvent, 'kind' | 'text'>,
  answerFor: (before: ApprovalState, day: string) => string[] | null,
): Promise<CommandResult> {
  const { tx, actor, place, now } = context
  const programme = await findProgrammeTo(context, 'publish digest', about.programme)
  const round = await nextUnpostedDay(context, programme)
  if (about.round && about.round !== round) {
    throw new Refusal(
      `That button is about another digest. The next one of ${programme.title} is that of ${fullDate(round)}. Nothing was saved.`,
    )
  }
  const before = await loadApprovalState(tx, programme.id, round)
  const day = `${programme.title} for ${fullDate(round)}`
  const lines = answerFor(before, day)
  if (!lines) {
    return unchangedResult([
      event.kind === 'headline'
        ? `The digest of ${day} has no headline of yours.`
        : formatApprovalState(before, day, programme),
    ])
  }
  const byId = requirePersonId(actor)
  const record = { programmeId: programme.id, round, byId, source: place.platform, now }
  await addApprovalEvent(tx, { ...record, ...event })
  const after = await loadApprovalState(tx, programme.id, round)
  return savedResult([...lines, ...formatStillPending(event.kind, after, programme)])
}

/** A released digest may still wait for approval. */
function formatStillPending(
  kind: ApprovalEvent['kind'],
  after: ApprovalState,
  programme: Programme,
): string[] {
  const waiting = pendingDecision(after, digestSetting.of(programme.settings))
  return kind === 'released' && waiting ? [`It ${formatPendingDecision(waiting)}.`] : []
}

function formatApprovalState(before: ApprovalState, day: string, { settings }: Programme): string {
  const waiting = pendingDecision(before, digestSetting.of(settings))
  if (waiting) return `The digest of ${day} ${formatPendingDecision(waiting)}.`
  return before.approvedBy
    ? `The digest of ${day} was approved by ${before.approvedBy} already.`
    : `The digest of ${day} goes out by itself; nothing holds it.`
}

/** The day of the next digest to be posted, in whichever channel. @throws Refusal where no channel gets one. */
async function nextUnpostedDay(
  { tx, now, prefix }: QueryContext,
  programme: Programme,
): Promise<CivilDate> {
  const next = await nextUnpostedDigest(tx, programme, now)
  if (next) return next.day
  throw new Refusal(
    `No channel gets the digest of ${programme.title} yet. In the channel that should, type: ${prefix} digest here weekly monday 09:00. Nothing was saved.`,
  )
}

const digestApproval = defineCommand({
  name: 'digest-approval',
  usages: ['digest approval <onoff> [for <programme>]'],
  slots: { onoff: oneOf('on', 'off'), programme: slot.text },
  examples: ['digest approval on'],
  authority: ['publish digest'],
  summary:
    'Whether each digest waits for the programme office to approve it, or goes by itself (off). For the programme office.',
  args: programmeArgs.extend({ onoff: onOff }),
  run: async (context, { onoff, programme: key }) => {
    const programme = await findProgrammeTo(context, 'publish digest', key)
    await changeDigestSettings(context, programme, { approval: onoff === 'on' })
    return savedResult([
      onoff === 'on'
        ? `From now on a digest of ${programme.title} is posted when you have approved it: ${context.prefix} digest approve`
        : `From now on a digest of ${programme.title} is posted by itself.`,
    ])
  },
})

const digestPreview = defineCommand({
  name: 'digest-preview',
  usages: ['digest preview <onoff> [for <programme>]'],
  slots: { onoff: oneOf('on', 'off'), programme: slot.text },
  examples: ['digest preview off'],
  authority: ['publish digest'],
  summary:
    'Whether you are shown each digest on the working day before, with what is open. For the programme office.',
  args: programmeArgs.extend({ onoff: onOff }),
  run: async (context, { onoff, programme: key }) => {
    const programme = await findProgrammeTo(context, 'publish digest', key)
    await changeDigestSettings(context, programme, { preview: onoff === 'on' })
    return savedResult([
      onoff === 'on'
        ? `The programme office of ${programme.title} is shown each digest on the working day before.`
        : `The programme office of ${programme.title} is not shown digests beforehand.`,
    ])
  },
})

const digestOwners = defineCommand({
  name: 'digest-owners',
  usages: ['digest owners <onoff> [for <programme>]'],
  slots: { onoff: oneOf('on', 'off'), programme: slot.text },
  examples: ['digest owners off'],
  authority: ['publish digest'],
  summary:
    'Whether digests for insiders and the board say whose a project is (on, if you say nothing); a public one never does. For the programme office.',
  args: programmeArgs.extend({ onoff: onOff }),
  run: async (context, { onoff, programme: key }) => {
    const programme = await findProgrammeTo(context, 'publish digest', key)
    await changeDigestSettings(context, programme, { owners: onoff === 'on' })
    return savedResult([
      onoff === 'on'
        ? `Digests of ${programme.title} for insiders and the board name who leads what they tell.`
        : `Digests of ${programme.title} name no leads.`,
    ])
  },
})

async function changeDigestSettings(
  context: CommandContext,
  { id }: Programme,
  chosen: Partial<DigestSettings>,
): Promise<void> {
  await changeSetting(context, id, digestSetting, (now) => ({ ...now, ...chosen }))
}

export const approvalCommands: readonly Command[] = [
  digestHold,
  digestRelease,
  digestApprove,
  digestHeadline,
  digestApproval,
  digestPreview,
  digestOwners,
]
