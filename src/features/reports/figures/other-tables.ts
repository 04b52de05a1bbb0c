import { closingAsAt, entryAsAt } from '../../../domain/register/as-at.ts'
import type { Entry } from '../../../domain/register/entry.ts'
import { type Column, defineTable } from './table.ts'

/** Measures, the register and what projects are for, as tables. None of them has rows for the public. */

export const measureTable = defineTable({
  name: 'measure',
  about: 'The measures of the programme.',
  key: ['measure_id'],
  rowsOf: ({ measures }) => measures,
  columns: [
    { name: 'measure_id', type: 'string', about: 'Never changes.', of: ({ id }) => id },
    {
      name: 'number',
      type: 'integer',
      about: 'Counts in the programme.',
      of: ({ number }) => number,
    },
    { name: 'kind', type: 'string', about: 'kpi, quality or feedback.', of: ({ kind }) => kind },
    { name: 'title', type: 'string', about: 'Its title.', of: ({ title }) => title },
    {
      name: 'polarity',
      type: 'string',
      about: 'increase, decrease or maintain.',
      of: ({ polarity }) => polarity,
    },
    { name: 'baseline', type: 'string', about: 'As written.', of: ({ baseline }) => baseline },
    { name: 'target', type: 'string', about: 'As written.', of: ({ target }) => target },
    {
      name: 'target_on',
      type: 'date',
      about: 'When it is to be reached.',
      of: ({ targetOn }) => targetOn,
    },
    { name: 'frequency', type: 'string', about: 'As written.', of: ({ frequency }) => frequency },
    {
      ...{
        name: 'rating',
        type: 'string',
        about: 'red, amber or green by the last reading; empty: not rated.',
      },
      of: ({ id }, { digest }) =>
        digest.measures.find((one) => one.measureId === id)?.state ?? null,
    },
    {
      ...{
        name: 'direction',
        type: 'string',
        about: 'better, same or worse after polarity; empty: not known.',
      },
      of: ({ id }, { digest }) =>
        digest.measures.find((one) => one.measureId === id)?.direction ?? null,
    },
  ],
})

export const readingTable = defineTable({
  name: 'reading',
  about: 'Every reading recorded up to the day; the latest of a day corrects the others of it.',
  key: ['reading_id'],
  rowsOf: ({ measures }) =>
    measures.flatMap((measure) => measure.allReadings.map((reading) => ({ measure, reading }))),
  columns: [
    {
      name: 'reading_id',
      type: 'string',
      about: 'Never changes.',
      of: ({ reading }) => reading.id,
    },
    {
      ...{ name: 'measure_id', type: 'string', about: 'Its measure.', refersTo: 'measure' },
      of: ({ measure }) => measure.id,
    },
    {
      name: 'for_day',
      type: 'date',
      about: 'The last day of its period.',
      of: ({ reading }) => reading.forDay,
    },
    { name: 'period', type: 'string', about: 'As written.', of: ({ reading }) => reading.period },
    {
      name: 'value',
      type: 'string',
      about: 'As written, never altered.',
      of: ({ reading }) => reading.raw,
    },
    {
      ...{ name: 'declared', type: 'string', about: 'The rating that was published with it.' },
      of: ({ reading }) => reading.declared,
    },
    {
      name: 'recorded_on',
      type: 'date',
      about: 'The day it was recorded.',
      of: ({ reading }) => reading.onDay,
    },
  ],
})

const fieldOf = <Field extends string>(entry: Entry, field: Field): string | null => {
  const value = (entry as Partial<Record<Field, unknown>>)[field]
  return typeof value === 'string' ? value : null
}

export const entryTable = defineTable({
  name: 'register_entry',
  about: 'Risks, issues, actions, decisions, dependencies and headlines, as they were on the day.',
  key: ['entry_id'],
  rowsOf: ({ register, plan }) =>
    register.filter(({ onDay }) => onDay <= plan.asAt).map((entry) => entryAsAt(entry, plan.asAt)),
  columns: [
    { name: 'entry_id', type: 'string', about: 'Never changes.', of: ({ id }) => id },
    {
      ...{ name: 'kind', type: 'string' },
      about: 'risk, issue, action, decision, dependency or headline.',
      of: ({ kind }) => kind,
    },
    { name: 'number', type: 'integer', about: 'Counts in its kind.', of: ({ number }) => number },
    {
      ...{ name: 'project_ref', type: 'string' },
      about: 'The number of the project it concerns; empty: the whole programme.',
      of: ({ project }) => project?.ref ?? null,
    },
    { name: 'text', type: 'string', about: 'What it says.', of: ({ text }) => text },
    {
      name: 'state',
      type: 'string',
      about: 'Of a risk or an issue.',
      of: (entry) => fieldOf(entry, 'state'),
    },
    {
      ...{ name: 'likelihood', type: 'integer', about: '1 to 5, of a risk.' },
      of: (entry) => (entry.kind === 'risk' ? (entry.score?.likelihood ?? null) : null),
    },
    {
      ...{ name: 'impact', type: 'integer', about: '1 to 5, of a risk.' },
      of: (entry) => (entry.kind === 'risk' ? (entry.score?.impact ?? null) : null),
    },
    {
      name: 'mitigation',
      type: 'string',
      about: 'Of a risk or an issue.',
      of: (entry) => fieldOf(entry, 'mitigation'),
    },
    {
      name: 'asked_of',
      type: 'string',
      about: 'Of a decision.',
      of: (entry) => fieldOf(entry, 'askedOf'),
    },
    {
      name: 'depends_on',
      type: 'string',
      about: 'Of a dependency.',
      of: (entry) => fieldOf(entry, 'dependsOn'),
    },
    {
      name: 'needed_by',
      type: 'date',
      about: 'Of an action or a decision.',
      of: (entry) => fieldOf(entry, 'neededBy'),
    },
    { name: 'opened_on', type: 'date', about: 'The day it was opened.', of: ({ onDay }) => onDay },
    {
      ...{ name: 'closed_on', type: 'date', about: 'Empty where it was open on the day.' },
      of: (entry, { plan }) => closingAsAt(entry, plan.asAt)?.onDay ?? null,
    },
    {
      ...{ name: 'outcome', type: 'string', about: 'How it ended.' },
      of: (entry, { plan }) => closingAsAt(entry, plan.asAt)?.outcome ?? null,
    },
  ],
})

export const outcomeTable = defineTable({
  name: 'outcome',
  about: 'What children and families should notice, as recorded now.',
  key: ['outcome_number'],
  rowsOf: ({ links }) => links.outcomes,
  columns: [
    {
      name: 'outcome_number',
      type: 'integer',
      about: 'Counts in the programme.',
      of: ({ number }) => number,
    },
    { name: 'text', type: 'string', about: 'In its words.', of: ({ text }) => text },
  ],
})

export const recommendationTable = defineTable({
  name: 'recommendation',
  about: 'The recommendations of inspectors, as recorded now.',
  key: ['recommendation_ref'],
  rowsOf: ({ links }) => links.recommendations,
  columns: [
    {
      name: 'recommendation_ref',
      type: 'string',
      about: 'As the inspector numbers it.',
      of: ({ ref }) => ref,
    },
    { name: 'text', type: 'string', about: 'In its words.', of: ({ text }) => text },
  ],
})

const projectColumn = <Row extends { readonly projectId: string }>(): Column<Row> => ({
  ...{ name: 'project_id', type: 'string', about: 'The project.', refersTo: 'project' },
  of: ({ projectId }) => projectId,
})

export const projectOutcomeTable = defineTable<{ projectId: string; number: number }>({
  name: 'project_outcome',
  about: 'Which project serves which outcome.',
  key: ['project_id', 'outcome_number'],
  rowsOf: ({ plan, links }) =>
    plan.projects.flatMap(({ id }) =>
      (links.projects.get(id)?.outcomes ?? []).map((number) => ({ projectId: id, number })),
    ),
  columns: [
    projectColumn(),
    {
      ...{ name: 'outcome_number', type: 'integer', about: 'The outcome.', refersTo: 'outcome' },
      of: ({ number }) => number,
    },
  ],
})

export const projectRecommendationTable = defineTable<{ projectId: string; ref: string }>({
  name: 'project_recommendation',
  about: 'Which project answers which recommendation.',
  key: ['project_id', 'recommendation_ref'],
  rowsOf: ({ plan, links }) =>
    plan.projects.flatMap(({ id }) =>
      (links.projects.get(id)?.recommendations ?? []).map((ref) => ({ projectId: id, ref })),
    ),
  columns: [
    projectColumn(),
    {
      ...{ name: 'recommendation_ref', type: 'string', about: 'The recommendation.' },
      ...{ refersTo: 'recommendation' },
      of: ({ ref }) => ref,
    },
  ],
})

export const projectMeasureTable = defineTable<{ projectId: string; measureId: string }>({
  name: 'project_measure',
  about: 'Which measure shows what which live project achieves.',
  key: ['project_id', 'measure_id'],
  rowsOf: ({ plan, measures }) => {
    const live = new Set(plan.projects.map(({ id }) => id))
    return measures.flatMap((measure) =>
      measure.projects
        .filter(({ id }) => live.has(id))
        .map(({ id }) => ({ projectId: id, measureId: measure.id })),
    )
  },
  columns: [
    projectColumn(),
    {
      ...{ name: 'measure_id', type: 'string', about: 'The measure.', refersTo: 'measure' },
      of: ({ measureId }) => measureId,
    },
  ],
})
