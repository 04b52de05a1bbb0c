import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { shorten } from '../../base/text.ts'
import type { Context, Filled } from '../../chat/commands.ts'
import { projectToChange } from '../plan/access.ts'
import { readDate } from '../plan/deadlines.ts'
import { stateOf } from '../plan/plan.ts'
import { loadProject } from '../plan/store.ts'
import { named, shortTextOf, whenInWords } from '../plan/words.ts'
import { updateFormCard } from './cards.ts'
import { derivedRag, fiveCriteria } from './criteria.ts'
import { rag, shown, stateByKey, stateNamed } from './schemes.ts'

const text = z.string().catch('')
const formValues = z.object({
  project: z.string(),
  state: text,
  reason: text,
  path: text,
  date: text,
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
export async function updateForm({ tx, actor, today }: Context, filled: Filled) {
  const values = formValues.parse(filled.values)
  const found = await projectToChange(tx, actor, values.project)
  const project = await loadProject(tx, found.id, today)
  const last = project.updates[0]
  // A Green says nothing; what was said before it still tells the story.
  const said = project.updates.find(({ reason }) => reason)
  const next = project.milestones.filter(({ doneOn }) => doneOn === null).slice(0, milestonesShown)
  const { state, reason, path, date } = values
  const criteria = values.criteria ?? last?.criteria.join(',') ?? ''
  return updateFormCard({
    project: found.id,
    title: named(project),
    now: `${shown(stateByKey(rag, stateOf(project)))}${last ? `, as at ${fullDate(last.onDay)}` : ', no update yet'}`,
    last: said?.reason
      ? { on: fullDate(said.onDay), text: shorten(said.reason, reasonShown) }
      : null,
    milestones: next.map((one) => `${shortTextOf(one)}: ${whenInWords(one, today)}`),
    states: rag.states.map((one) => ({ title: shown(one), value: one.key })),
    criteria: fiveCriteria.map(({ key, label }) => ({ title: label, value: key })),
    criteriaRule: 'All five: Green. One missing: Amber. Two missing, or no clear scope: Red.',
    criteriaResult: criteria === '' ? '' : criteriaResult(criteria),
    values: {
      state: stateNamed(rag, state)?.key ?? '',
      reason,
      path,
      // A date picker takes a full date only; what was typed in words stands again if it can be read.
      date: readDate(date, today) ?? '',
      criteria,
    },
    problems: {
      state: filled.problems.state ?? '',
      reason: filled.problems.reason ?? '',
      date: filled.problems.date ?? '',
    },
  })
}

function criteriaResult(ticked: string): string {
  const keys = ticked.split(',').filter(Boolean)
  const derived = stateByKey(rag, derivedRag(keys))
  return `${keys.length} of ${fiveCriteria.length} ticked: the criteria come to ${shown(derived)}.`
}
