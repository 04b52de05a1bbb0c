import { z } from 'zod'
import { may, relationToProject } from '../../authority/rights.ts'
import { fullDate } from '../../base/dates.ts'
import { fieldRefusal } from '../../base/errors.ts'
import { dayPhrase, say } from '../../base/language.ts'
import {
  type CommandResult,
  defineCommand,
  defineInsertCommand,
  defineQuery,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { noticeCard, undoButton } from '../../chat/notice.ts'
import { projectForm } from '../../chat/project-form.ts'
import { answerButton, formatRaisedChecks } from '../../domain/checks/format.ts'
import type { CheckedTexts } from '../../domain/checks/safeguarding-check.ts'
import {
  assertNoChildNamed,
  requireSafeguardingAnswer,
  type SafeguardingSubject,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import { checksAfterUpdate } from '../../domain/checks/update-checks.ts'
import { namesOf } from '../../domain/people/names.ts'
import { formatProject } from '../../domain/plan/format.ts'
import {
  type FoundProject,
  findEditableProject,
  requirePersonId,
} from '../../domain/plan/lookup.ts'
import { loadWaitingMoves } from '../../domain/plan/move-requests.ts'
import { loadOutcomeLinks } from '../../domain/plan/outcome-links.ts'
import { peopleMentionedIn } from '../../domain/plan/plan.ts'
import { loadRatedItems } from '../../domain/plan/rated-items.ts'
import { confirmationSetting } from '../../domain/plan/settings.ts'
import { loadRecentProject } from '../../domain/plan/store.ts'
import { audiences, commentaryAudienceSetting } from '../../domain/programme/audience.ts'
import {
  formatState,
  goalOf,
  isOnScale,
  type State,
  statePhrase,
} from '../../domain/scheme/schemes.ts'
import { loadDimensionStates, loadProjectDimensions } from '../../domain/status/dimension-store.ts'
import { loadProjectChoices, resolveProject } from '../../domain/status/project-choices.ts'
import type { Rating } from '../../domain/status/rating.ts'
import {
  formatCriteriaComparison,
  needsConfirmation,
  type RatingConfig,
  ratingConfigOf,
  takesRatingAway,
  type ValidUpdate,
  validateUpdate,
} from '../../domain/status/rules.ts'
import { buildUpdate, loadRatingBefore, updateToAppend } from '../../domain/status/store.ts'
import { loadSecondRating } from './assurance/view.ts'
import { audienceArg, formatAudience } from './audience-arg.ts'
import { dimensionFields, formatDimensions } from './dimension-fields.ts'
import { withoutLastWords } from './prefill.ts'
import { historyRead, projectView } from './project-view.ts'
import { updateForm } from './update-form.ts'

const projectArg = z.string({ error: 'Say which project, by its number.' })

/**
 * A multiple choice arrives as a list, and from some clients as one text with commas.
 * Nothing ticked means that the criteria were passed over, not that none is met.
 */
const criteriaArg = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(',').filter(Boolean))])
  .optional()
  .transform((keys) => (keys && keys.length > 0 ? keys : undefined))

const updateArgs = z.object({
  project: projectArg,
  state: optionalText,
  reason: optionalText,
  path: optionalText,
  date: optionalText,
  criteria: criteriaArg,
  differs: optionalText,
  audience: audienceArg,
  /** Which words the form began with. */
  was: optionalText,
  ...dimensionFields(optionalText),
})
type UpdateArgs = z.infer<typeof updateArgs>

const updateSlots = {
  project: slot.project,
  state: slot.word,
  reason: slot.text,
  path: slot.text,
  date: slot.date,
  audience: oneOf(...audiences),
}

export const update = defineInsertCommand({
  name: 'update',
  usages: [
    '<project> <state> [<reason>] [path to green <path>] [green by <date>] [for <audience> only]',
  ],
  slots: updateSlots,
  examples: [
    '2.1 green',
    '2.1 amber waiting for legal green by 30 Jun for internal only',
    '2.1 amber no supplier path to green a second tender green by 30 Jun',
    '2.1 amber cost red time green because the supplier is late green by 30 Jun',
  ],
  authority: ['change project'],
  summary:
    'Say how a project stands: red, amber or green, or what your programme says instead. Red and Amber need a reason and the day it will be Green again. Where your programme rates by dimension, say so first: “cost red time green because …”. “For internal only” keeps your words out of the board’s digest.',
  args: updateArgs,
  run: async (context, args) => {
    const toSave = await updateToSave(context, args)
    await assertNoChildNamed(context, toSave.subject, toSave.texts)
    return updateReply(context, args, toSave)
  },
  form: updateForm,
})

/** The same, where I asked whether the words tell of a child: what was answered is stored with it. */
export const updateFine = defineCommand({
  name: 'update-fine',
  usages: [
    '<project> <state> <reason> [path to green <path>] [green by <date>] [for <audience> only] words are fine because <fine>',
  ],
  slots: { ...updateSlots, fine: slot.text },
  examples: [
    '2.1 amber three children wait for a place green by 30 Jun words are fine because it is a count',
  ],
  authority: ['change project'],
  summary: 'The same, where I asked about your words and they tell of no child.',
  args: updateArgs.extend({ fine: optionalText }),
  run: async (context, { fine, ...args }) => {
    const toSave = await updateToSave(context, args)
    await requireSafeguardingAnswer(context, toSave.subject, toSave.texts, fine)
    return updateReply(context, args, toSave)
  },
  form: updateForm,
})

/** An update that may be saved, once its words are checked. */
interface UpdateToSave {
  readonly found: FoundProject
  readonly ways: RatingConfig
  readonly update: ValidUpdate
  /** How it stood before, where that matters. */
  readonly before: Pick<Rating, 'state' | 'lastRated'> | undefined
  readonly subject: SafeguardingSubject
  readonly texts: CheckedTexts
}

/** @throws Refusal with the problem of each field, or where the project is not theirs to update */
async function updateToSave(context: QueryContext, args: UpdateArgs): Promise<UpdateToSave> {
  const found = await findEditableProject(context, args.project)
  const ways = ratingConfigOf(found.programme.settings)
  const standing = await loadDimensionStates(context.tx, found, context.today)
  const asked = { ...withoutLastWords(args, args.was), dimensions: args, standing }
  const checked = validateUpdate(asked, ways, context.today)
  if (!checked.ok) throw fieldRefusal(checked.problems)
  const { update } = checked
  const before = await ratingBefore(context, found, update)
  const { reason, path, divergenceReason } = update
  if (before && !reason && takesRatingAway(before, update.state)) {
    throw fieldRefusal({ reason: unratedReasonText(before.state, update.state) })
  }
  const subject = safeguardingSubjectOf(context, found)
  return { found, ways, update, before, subject, texts: [reason, path, divergenceReason] }
}

/** Undefined where it does not matter, which saves a statement: a rating to which nobody has to agree. */
async function ratingBefore(
  { tx, today }: QueryContext,
  found: FoundProject,
  { state }: ValidUpdate,
): Promise<Pick<Rating, 'state' | 'lastRated'> | undefined> {
  const asksSecondPerson = confirmationSetting.of(found.programme.settings).improvement
  if (!asksSecondPerson && isOnScale(state)) return undefined
  return loadRatingBefore(tx, found, today)
}

function unratedReasonText(before: State, now: State): string {
  return `Say in a few words why it is ${now.label}: it was ${formatState(before)}, and would not be rated any more.`
}

async function updateReply(
  context: QueryContext,
  args: UpdateArgs,
  { found, ways, update, before }: UpdateToSave,
): Promise<CommandResult> {
  const { settings } = found.programme
  const toConfirm = before !== undefined && needsConfirmation(before, update.state, settings)
  const audience = args.audience ?? commentaryAudienceSetting.of(settings)
  const recorded = { toConfirm, audience }
  const line = say(
    toConfirm
      ? '{project} is {state}, awaiting confirmation, as at {day}.'
      : '{project} is {state}, as at {day}.',
    {
      ...{ project: formatProject(found), state: statePhrase(update.state) },
      day: dayPhrase(context.today),
    },
  )
  const until = toConfirm
    ? [
        `It counts as ${formatState(before.state)} until ${await confirmersOf(context, found)} confirms it: ${context.prefix} confirm ${found.ref}`,
      ]
    : []
  const said = buildUpdate(context, found, update, recorded)
  const raised = await checksAfterUpdate(context, found, said)
  const lines = [
    ...[line, ...until, ...formatSavedUpdate(update, ways)],
    ...formatAudience(update, audience),
    ...formatRaisedChecks(raised),
  ]
  const buttons = [...raised.map((one) => answerButton(one)), undoButton({ update: said.id })]
  return {
    card: noticeCard({ heading: say('Saved'), lines, buttons }),
    note: line,
    insert: updateToAppend(found.id, said, update.dimensions),
  }
}

/** 'Priya Marlowe or the programme office': who may confirm, but for the person who said it. */
async function confirmersOf(
  { tx, actor }: QueryContext,
  { sponsors }: FoundProject,
): Promise<string> {
  const ids = sponsors.filter((id) => id !== actor.personId)
  const names = [...(await namesOf(tx, ids)).values()].toSorted()
  return [...names, 'your programme office'].join(' or ')
}

function formatSavedUpdate(update: ValidUpdate, ways: RatingConfig): string[] {
  const { reason, path, greenBy, dimensions = {} } = update
  return [
    ...formatDimensions(dimensions, ways.settings),
    ...(reason ? [`Reason: ${reason}`] : []),
    ...(path ? [`Way back to ${goalOf(ways.scheme).label}: ${path}`] : []),
    ...(greenBy ? [`Back to ${goalOf(ways.scheme).label} by ${fullDate(greenBy)}.`] : []),
    ...formatCriteriaComparison(update, ways),
  ]
}

export const show = defineQuery({
  name: 'show',
  isRedrawn: true,
  usages: ['<project>'],
  slots: { project: slot.project },
  examples: ['2.1', 'W17/2.1'],
  authority: ['read plan'],
  summary: 'One project: how it stands, its milestones and its history.',
  args: z.object({ project: projectArg, programme: optionalText }),
  run: async (context, args) => {
    const found = await resolveProject(context, args)
    const project = await loadRecentProject(context.tx, found.id, context.today, historyRead)
    const personId = requirePersonId(context.actor)
    const relation = relationToProject(personId, found)
    const waitingMoves = await loadWaitingMoves(context.tx, { id: found.id }, context.today)
    const askers = waitingMoves.flatMap(({ byId, onBehalfOfId }) =>
      [byId, onBehalfOfId ?? []].flat(),
    )
    return {
      card: projectView({
        project,
        outcomeLinks: await loadOutcomeLinks(context.tx, found.id),
        ratingConfig: ratingConfigOf(found.programme.settings),
        today: context.today,
        names: await namesOf(context.tx, [...peopleMentionedIn(project), ...askers]),
        waitingMoves,
        secondRating: await loadSecondRating(context, found, project),
        dimensions: await loadProjectDimensions(context.tx, found, context.today, 2),
        personId,
        mayChange: may('change project', relation),
        mayChangePlan: may('change plan', relation),
        mayConfirm: may('confirm update', relation),
        ratesMilestones: (await loadRatedItems(context.tx, found.programme)).items === 'milestones',
      }),
    }
  },
  form: (context, filled) =>
    projectForm(filled, (chosen) => loadProjectChoices(context, chosen), {
      heading: 'Open a project',
      button: 'Open',
      verb: 'show',
    }),
})
