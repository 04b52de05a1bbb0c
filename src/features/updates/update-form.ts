import { z } from 'zod'
import { type CivilDate, fullDate } from '../../base/dates.ts'
import { shorten } from '../../base/text.ts'
import type { FormState, QueryContext } from '../../chat/commands.ts'
import { parseWith } from '../../chat/fields.ts'
import {
  safeguardingQuestion,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import { loadProjectChecks } from '../../domain/checks/store.ts'
import { readDate } from '../../domain/deadlines/deadlines.ts'
import {
  formatMilestoneTiming,
  formatProject,
  shortMilestoneText,
} from '../../domain/plan/format.ts'
import { findEditableProject } from '../../domain/plan/lookup.ts'
import { loadRecentProject } from '../../domain/plan/store.ts'
import { commentaryAudienceSetting } from '../../domain/programme/audience.ts'
import {
  derivedState,
  formatCriteriaRule,
  formatCriterion,
  statesAgree,
} from '../../domain/scheme/criteria.ts'
import { allStates, formatState, goalOf } from '../../domain/scheme/schemes.ts'
import { loadDimensionStates } from '../../domain/status/dimension-store.ts'
import { type DimensionStates, worseThanOverall } from '../../domain/status/dimensions.ts'
import { formatRating } from '../../domain/status/format.ts'
import { ratingContextOf, ratingOf } from '../../domain/status/rating.ts'
import {
  formatDerivedState,
  type RatingConfig,
  ratingConfigOf,
  splitUpdate,
} from '../../domain/status/rules.ts'
import { audienceArg, audienceChoices } from './audience-arg.ts'
import { updateFormCard } from './cards.ts'
import { dimensionFields, dimensionInputs } from './dimension-fields.ts'
import { prefillFrom } from './prefill.ts'
import { fieldNeeds, fieldValues, type TypedFields } from './update-fields.ts'

const textField = z.string().catch('')
const formValues = z.object({
  project: z.string(),
  state: textField,
  reason: textField,
  path: textField,
  date: textField,
  differs: textField,
  fine: textField,
  /** Which words it began with, for which status it was drawn, and whether it was asked for in full. */
  was: textField,
  drawnFor: textField,
  more: textField,
  audience: audienceArg.catch(undefined),
  criteria: z
    .union([z.array(z.string()).transform((keys) => keys.join(',')), z.string()])
    .optional(),
  ...dimensionFields(z.string().optional().catch(undefined)),
})

const milestonesShown = 3
/** How many of the last updates are looked through for one with words. */
const updatesLookedAt = 12
/** Of the last words, for reference: all of them only under *More*, so that on a phone *Save* is in view. */
const reasonShown = { long: 1000, short: 120 }

/**
 * The update form. It begins with the last status and its words, to be edited, or with what the person typed already;
 * then the last words stand above, for reference. It has the fields that the chosen status needs, and is drawn anew
 * where another one is chosen. What few updates need is under *More*.
 */
export async function updateForm(context: QueryContext, filled: FormState) {
  const { tx, today } = context
  const values = parseWith(formValues, filled.values)
  const found = await findEditableProject(context, values.project)
  const project = await loadRecentProject(tx, found.id, today, updatesLookedAt)
  const last = project.updates[0]
  // A Green has no commentary: then the one before it is shown.
  const said = project.updates.find(({ reason }) => reason)
  const next = project.milestones.filter(({ doneOn }) => doneOn === null).slice(0, milestonesShown)
  const { path, differs } = values
  const ways = ratingConfigOf(found.programme.settings)
  const { scheme } = ways
  const rating = ratingOf(project, ratingContextOf({ programme: found.programme, asAt: today }))
  const begun = prefillFrom(last, scheme, today)
  const isUntouched = !values.state && !values.reason && !values.date
  const typed = typedFields(values, ways, today)
  const { state, reason, date } = isUntouched ? begun : fieldValues(typed, begun, values)
  const standing = await loadDimensionStates(tx, found, today)
  const dimensions = { ...standing, ...typed.dimensions }
  const question = await safeguardingQuestion(context, safeguardingSubjectOf(context, found), [
    reason,
    path,
    differs,
  ])
  const raised = await loadProjectChecks(context, found.programme, project)
  const criteria = values.criteria ?? last?.criteria.join(',') ?? ''
  const rates = Object.keys(typed.dimensions).length > 0
  const isLong = values.more !== '' || rates || Boolean(path || differs || filled.problems.differs)
  const chosen = allStates(scheme).find(({ key }) => key === state)
  const isBetterThanWorst =
    chosen !== undefined && worseThanOverall(chosen, scheme, dimensions, ways.settings).length > 0
  const needs = fieldNeeds({ state: chosen, before: rating, isBetterThanWorst, isLong, reason })
  const { derived, text: criteriaResult } = criteriaResultOf(criteria, ways)
  const isMismatch = chosen !== undefined && derived !== null && !statesAgree(chosen, derived)
  return updateFormCard({
    project: found.id,
    was: isUntouched ? begun.was : values.was,
    isLong,
    needs: {
      hasReason: needs.reason !== 'absent',
      isReasonRequired: needs.reason === 'required',
      hasDate: needs.hasDate,
      hasPath: needs.hasPath,
      hasDiffers: isMismatch || differs !== '',
    },
    title: formatProject(project),
    now: `${formatRating(rating)}${last ? `, as at ${fullDate(last.onDay)}` : ', no update yet'}`,
    last:
      said?.reason && reason !== said.reason
        ? {
            on: fullDate(said.onDay),
            text: shorten(said.reason, isLong ? reasonShown.long : reasonShown.short),
          }
        : null,
    milestones: next.map(
      (one) => `${shortMilestoneText(one)}: ${formatMilestoneTiming(one, today)}`,
    ),
    checks: raised.map((one) => one.question),
    states: allStates(scheme).map((one) => ({ title: formatState(one), value: one.key })),
    goal: goalOf(scheme).label,
    criteria: ways.criteria.map((one) => ({ title: formatCriterion(one), value: one.key })),
    criteriaRule: formatCriteriaRule(scheme, ways.criteria),
    criteriaResult,
    audiences: [...audienceChoices],
    dimensions: dimensionInputs(dimensions, ways.settings),
    child: { question, fine: values.fine },
    // Words that were asked about are stored with what was answered.
    verb: question ? 'update-fine' : 'update',
    values: {
      ...{ state, reason, path, date, criteria, differs },
      audience: values.audience ?? commentaryAudienceSetting.of(found.programme.settings),
    },
    problems: {
      state: filled.problems.state ?? '',
      reason: filled.problems.reason ?? '',
      date: filled.problems.date ?? '',
      differs: filled.problems.differs ?? '',
    },
  })
}

function typedFields(
  values: z.infer<typeof formValues>,
  ways: RatingConfig,
  today: CivilDate,
): TypedFields & { readonly dimensions: DimensionStates } {
  const { state, reason, dimensions } = splitUpdate(
    { state: values.state, reason: values.reason, dimensions: values },
    ways,
  )
  // A date picker takes a full date only; what was typed in words stands again if it can be read.
  return { state: state?.key ?? '', reason, dimensions, date: readDate(values.date, today) ?? '' }
}

function criteriaResultOf(ticked: string, ways: RatingConfig) {
  const { scheme, criteria } = ways
  const keys = ticked.split(',')
  const met = criteria.map(({ key }) => key).filter((key) => keys.includes(key))
  if (met.length === 0) return { derived: null, text: '' }
  const derived = derivedState(scheme, met, criteria)
  const text = `${met.length} of ${criteria.length} ticked. ${formatDerivedState(derived, ways)}.`
  return { derived, text }
}
