import { z } from 'zod'
import { authorise } from '../../../authority/rights.ts'
import { fullDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import { quoted } from '../../../base/text.ts'
import { defineCommand, optionalText, type QueryContext } from '../../../chat/commands.ts'
import { oneOf, slot } from '../../../chat/grammar.ts'
import { noticeCard, savedResult } from '../../../chat/notice.ts'
import { formatDivergence } from '../../../domain/assurance/format.ts'
import {
  divergenceOf,
  relationOfRater,
  secondRatingLabel,
} from '../../../domain/assurance/rules.ts'
import {
  type SecondRatingSettings,
  secondRatingSetting,
} from '../../../domain/assurance/settings.ts'
import { loadRatings, recordRating } from '../../../domain/assurance/store.ts'
import {
  requireSafeguardingAnswer,
  safeguardingSubjectOf,
} from '../../../domain/checks/safeguarding-guard.ts'
import { loadPerson } from '../../../domain/people/person-store.ts'
import { formatProject } from '../../../domain/plan/format.ts'
import {
  type FoundProject,
  findProgrammeTo,
  findProject,
  requirePersonId,
} from '../../../domain/plan/lookup.ts'
import { loadProject } from '../../../domain/plan/store.ts'
import { changeSetting } from '../../../domain/programme/settings-store.ts'
import { labelPattern } from '../../../domain/scheme/custom-scheme.ts'
import {
  formatState,
  needsReason,
  parseState,
  type Scheme,
  type State,
  schemeOf,
} from '../../../domain/scheme/schemes.ts'
import { stateListText, unknownStateText } from '../../../domain/scheme/unknown-state.ts'

/** A second person's rating of a project, kept beside its lead's and never instead of it. */
export const assure = defineCommand({
  name: 'assure',
  usages: ['assure <project> <rating> [because <reason>] [words are fine because <fine>]'],
  slots: { project: slot.project, rating: slot.words, reason: slot.text, fine: slot.text },
  examples: ['assure 2.1 amber because the supplier is late'],
  authority: ['rate beside the lead'],
  summary:
    'How you rate a project beside its lead, as its sponsor or for assurance. Red and Amber need a reason.',
  args: z.object({
    project: z.string(),
    rating: z.string(),
    reason: optionalText,
    fine: optionalText,
  }),
  run: async (context, { project, rating, reason, fine }) => {
    const found = await findProjectToRate(context, project)
    const { settings } = found.programme
    const scheme = schemeOf(settings)
    const state = requireState(scheme, rating)
    if (needsReason(state) && !reason) {
      throw new Refusal(
        `Say in a few words why it is ${state.label}: ${context.prefix} assure ${found.ref} ${state.label} because … Nothing was saved.`,
      )
    }
    await requireSafeguardingAnswer(context, safeguardingSubjectOf(context, found), [reason], fine)
    await recordRating(context, found.id, { state, reason: reason ?? null })
    const { tx, today } = context
    const ratings = await loadRatings(tx, found.id, today)
    const divergence = divergenceOf(await loadProject(tx, found.id, today), ratings, scheme)
    const line = `${secondRatingLabel(secondRatingSetting.of(settings))}: ${formatProject(found)} is ${formatState(state)}, as at ${fullDate(today)}.`
    return savedResult(
      [
        line,
        ...(reason ? [`Reason: ${reason}`] : []),
        divergence
          ? `${formatDivergence({ ...divergence, reason: null }, secondRatingSetting.of(settings))}. The digest shows both.`
          : 'Its lead does not say otherwise.',
      ],
      line,
    )
  },
})

/** @throws Refusal, kindly, for anyone who may not */
async function findProjectToRate(context: QueryContext, ref: string): Promise<FoundProject> {
  const found = await findProject(context, ref)
  const { settings, title } = found.programme
  const who = secondRatingSetting.of(settings)
  if (who.by === 'off') {
    throw new Refusal(
      `${title} has one rating for each project, its lead’s. Its programme office can ask for a second: ${context.prefix} admin second sponsor. Nothing was saved.`,
    )
  }
  const person = await loadPerson(context.tx, requirePersonId(context.actor))
  authorise(
    'rate beside the lead',
    relationOfRater(person, found, who),
    formatWhoMayRate(who, found),
  )
  return found
}

function formatWhoMayRate(who: SecondRatingSettings, found: FoundProject): string {
  const whom =
    who.by === 'sponsor'
      ? 'the sponsor of its workstream'
      : `people whose post is ${quoted(secondRatingLabel(who))}`
  return `${formatProject(found)} gets its second rating from ${whom} or the programme office, and never from who leads it.`
}

function requireState(scheme: Scheme, text: string): State {
  const state = parseState(scheme, text)
  if (state) return state
  throw new Refusal(`${unknownStateText(text, scheme)} ${stateListText(scheme)} Nothing was saved.`)
}

/** Nothing that a platform would take for markup, and short enough for a line. */
const labelArg = z
  .string()
  .trim()
  .max(40, 'Say it in at most 40 characters. Nothing was changed.')
  .regex(labelPattern, 'Use letters and figures only. Nothing was changed.')

/** Whether projects are rated twice, by whom, and what that is called. What was rated stays in the history. */
export const adminSecond = defineCommand({
  name: 'admin-second',
  usages: [
    'admin second <whose> [called <label>] [for <programme>]',
    'admin second [for <programme>]',
  ],
  slots: { whose: oneOf('off', 'sponsor', 'assurance'), label: slot.text, programme: slot.text },
  examples: ['admin second assurance called Quality team', 'admin second'],
  authority: ['run programme'],
  summary:
    'A second rating beside the lead’s: off, of the sponsor, or of assurance, and what it is called. For the programme office.',
  args: z.object({
    whose: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['off', 'sponsor', 'assurance']))
      .optional(),
    label: labelArg.optional(),
    programme: optionalText,
  }),
  run: async (context, args) => {
    const programme = await findProgrammeTo(context, 'run programme', args.programme)
    const { whose: by } = args
    if (!by) {
      const lines = [
        formatSecondRatingSettings(programme.title, secondRatingSetting.of(programme.settings)),
      ]
      return { card: noticeCard({ heading: 'Second rating', lines, buttons: [] }) }
    }
    const settings = await changeSetting(context, programme.id, secondRatingSetting, () => ({
      by,
      label: args.label,
    }))
    return savedResult([
      formatSecondRatingSettings(programme.title, secondRatingSetting.of(settings)),
    ])
  },
})

function formatSecondRatingSettings(title: string, who: SecondRatingSettings): string {
  if (who.by === 'off') return `${title} has one rating for each project, its lead’s.`
  const whom =
    who.by === 'sponsor'
      ? 'the sponsor of its workstream'
      : `people whose post is ${quoted(secondRatingLabel(who))}`
  return `${title} has a second rating for each project, called ${quoted(secondRatingLabel(who))}: of ${whom}, or of the programme office.`
}
