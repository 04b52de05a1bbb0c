import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { listOf, shorten } from '../../base/text.ts'
import type { Context, Filled } from '../../chat/commands.ts'
import { childQuestion, subjectOf } from '../../domain/checks/safeguarding-guard.ts'
import { checksOfProject } from '../../domain/checks/store.ts'
import { readDate } from '../../domain/deadlines/deadlines.ts'
import { named, shortTextOf, whenInWords } from '../../domain/plan/format.ts'
import { projectToChange } from '../../domain/plan/lookup.ts'
import { stateOf } from '../../domain/plan/plan.ts'
import { loadProject } from '../../domain/plan/store.ts'
import { criterionInWords, derivedState, ruleInWords } from '../../domain/scheme/criteria.ts'
import { goalOf, needsReason, sayable, shown, stateByKey } from '../../domain/scheme/schemes.ts'
import { comesTo, stateAsked, type Ways, waysOf } from '../../domain/status/rules.ts'
import { audienceChoices, audienceNamed } from './audience-arg.ts'
import { updateFormCard } from './cards.ts'

const text = z.string().catch('')
const formValues = z.object({
  project: z.string(),
  state: text,
  reason: text,
  path: text,
  date: text,
  differs: text,
  fine: text,
  audience: audienceNamed.catch(undefined),
  criteria: z
    .union([z.array(z.string()).transform((keys) => keys.join(',')), z.string()])
    .optional(),
})

const milestonesShown = 3
const reasonShown = 1000

/**
 * The update form, empty but for what the person typed already. The last commentary stands beside the field
 * for reference and is never put into it: text that is pasted forward grows every week and says nothing.
 */
export async function updateForm(context: Context, filled: Filled) {
  const { tx, today } = context
  const values = formValues.parse(filled.values)
  const found = await projectToChange(context, values.project)
  const project = await loadProject(tx, found.id, today)
  const last = project.updates[0]
  // A Green says nothing; what was said before it still tells the story.
  const said = project.updates.find(({ reason }) => reason)
  const next = project.milestones.filter(({ doneOn }) => doneOn === null).slice(0, milestonesShown)
  const { path, date, differs } = values
  const ways = waysOf(found.programme.settings)
  const { scheme } = ways
  const { state, reason } = stateAsked(values, scheme)
  const question = await childQuestion(context, subjectOf(context, found), [reason, path, differs])
  const raised = await checksOfProject(context, found.programme, project)
  const criteria = values.criteria ?? last?.criteria.join(',') ?? ''
  return updateFormCard({
    project: found.id,
    title: named(project),
    now: `${shown(stateByKey(scheme, stateOf(project)))}${last ? `, as at ${fullDate(last.onDay)}` : ', no update yet'}`,
    last: said?.reason
      ? { on: fullDate(said.onDay), text: shorten(said.reason, reasonShown) }
      : null,
    milestones: next.map((one) => `${shortTextOf(one)}: ${whenInWords(one, today)}`),
    checks: raised.map((one) => one.question),
    states: sayable(scheme).map((one) => ({ title: shown(one), value: one.key })),
    labels: labelsOf(ways),
    criteria: ways.criteria.map((one) => ({ title: criterionInWords(one), value: one.key })),
    criteriaRule: ruleInWords(scheme, ways.criteria),
    criteriaResult: criteriaResult(criteria, ways),
    audiences: [...audienceChoices],
    child: { question, fine: values.fine },
    // Words that were asked about are stored with what was answered.
    verb: question ? 'update-fine' : 'update',
    values: {
      state: state?.key ?? '',
      reason,
      path,
      // A date picker takes a full date only; what was typed in words stands again if it can be read.
      date: readDate(date, today) ?? '',
      criteria,
      differs,
      audience: values.audience ?? found.programme.settings.commentaryFor,
    },
    problems: {
      state: filled.problems.state ?? '',
      reason: filled.problems.reason ?? '',
      date: filled.problems.date ?? '',
      differs: filled.problems.differs ?? '',
    },
  })
}

/** What the fields are called, in the words of the scheme. */
function labelsOf({ scheme }: Ways) {
  const goal = goalOf(scheme).label
  const needed = listOf(scheme.states.filter(needsReason).map(({ label }) => label))
  return {
    reason: `Why? (needed for ${needed})`,
    path: `What will bring it back to ${goal}?`,
    date: `${goal} by (needed for ${needed})`,
  }
}

function criteriaResult(ticked: string, ways: Ways): string {
  const { scheme, criteria } = ways
  const keys = ticked.split(',')
  const met = criteria.map(({ key }) => key).filter((key) => keys.includes(key))
  if (met.length === 0) return ''
  const derived = derivedState(scheme, met, criteria)
  return `${met.length} of ${criteria.length} ticked. ${comesTo(derived, ways)}.`
}
