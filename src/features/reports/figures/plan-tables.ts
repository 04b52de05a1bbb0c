import { deliveryState, milestoneText, timesMoved } from '../../../domain/plan/plan.ts'
import { ratingContextOf, ratingOf } from '../../../domain/status/rating.ts'
import { ownersOf } from '../papers/parts.ts'
import { defineTable } from './table.ts'

/** The plan as tables. A state is a key of the programme's scheme, whose labels are in the table `state`. */

export const programmeTable = defineTable({
  name: 'programme',
  about: 'The programme, the day all tables speak for, and for whom they were made.',
  key: ['programme_id'],
  rowsOf: (snapshot) => [snapshot],
  columns: [
    {
      name: 'programme_id',
      type: 'string',
      about: 'Never changes.',
      of: ({ plan }) => plan.programme.id,
    },
    { name: 'key', type: 'string', about: 'Its short name.', of: ({ plan }) => plan.programme.key },
    { name: 'title', type: 'string', about: 'Its title.', of: ({ plan }) => plan.programme.title },
    { name: 'as_at', type: 'date', about: 'The day.', of: ({ plan }) => plan.asAt },
    {
      name: 'audience',
      type: 'string',
      about: 'internal, board or public: words for fewer readers are left out.',
      of: ({ reader }) => reader,
    },
  ],
})

export const stateTable = defineTable({
  name: 'state',
  about: 'The states of the scheme, worst first, and those that are no place on the scale.',
  key: ['state'],
  rowsOf: ({ digest: { scheme } }) =>
    [...scheme.states, scheme.blank].map((state, at) => ({ state, at })),
  columns: [
    { name: 'state', type: 'string', about: 'Its key.', of: ({ state }) => state.key },
    { name: 'label', type: 'string', about: 'As people read it.', of: ({ state }) => state.label },
    {
      name: 'colour',
      type: 'string',
      about: 'red, amber, green, blue or grey.',
      of: ({ state }) => state.colour,
    },
    { name: 'order', type: 'integer', about: 'From 1, the worst.', of: ({ at }) => at + 1 },
  ],
})

export const workstreamTable = defineTable({
  name: 'workstream',
  about: 'The workstreams in the order of the plan.',
  key: ['workstream_id'],
  rowsOf: ({ plan }) => plan.workstreams,
  columns: [
    { name: 'workstream_id', type: 'string', about: 'Never changes.', of: ({ id }) => id },
    { name: 'ref', type: 'string', about: 'Its number in the plan.', of: ({ ref }) => ref },
    { name: 'title', type: 'string', about: 'Its title.', of: ({ title }) => title },
    {
      name: 'state',
      type: 'string',
      about: 'What its projects roll up to, or what was set by hand.',
      refersTo: 'state',
      of: ({ id }, { digest }) =>
        digest.snapshot.workstreams.find((one) => one.id === id)?.state ?? digest.scheme.blank.key,
    },
  ],
})

export const projectTable = defineTable({
  name: 'project',
  about: 'The live projects in the order of the plan.',
  key: ['project_id'],
  rowsOf: ({ plan }) => {
    const context = ratingContextOf(plan)
    return plan.projects.map((project) => ({ project, rating: ratingOf(project, context) }))
  },
  columns: [
    {
      name: 'project_id',
      type: 'string',
      about: 'Never changes.',
      of: ({ project }) => project.id,
    },
    {
      ...{ name: 'workstream_id', type: 'string', about: 'The workstream it is in.' },
      refersTo: 'workstream',
      of: ({ project }) => project.workstreamId,
    },
    {
      name: 'ref',
      type: 'string',
      about: 'Its number in the plan.',
      of: ({ project }) => project.ref,
    },
    { name: 'title', type: 'string', about: 'Its title.', of: ({ project }) => project.title },
    {
      ...{ name: 'section', type: 'string', about: 'The heading above it in its workstream.' },
      of: ({ project }, { links }) => links.projects.get(project.id)?.section ?? null,
    },
    {
      ...{ name: 'state', type: 'string', about: 'How it stands on the day.', refersTo: 'state' },
      of: ({ rating }) => rating.state.key,
    },
    {
      ...{ name: 'state_since', type: 'date', about: 'The first day of that state.' },
      of: ({ rating }) => rating.since,
    },
    {
      ...{ name: 'commentary', type: 'string', about: 'Why it stands so, as its lead said.' },
      of: ({ rating }) => rating.update?.reason ?? null,
    },
    {
      ...{ name: 'back_to_green_by', type: 'date', about: 'As its lead said.' },
      of: ({ rating }) => rating.update?.greenBy ?? null,
    },
    {
      ...{
        name: 'leads',
        type: 'string',
        about: 'Names, divided by commas, where they may be named.',
      },
      of: ({ project }, snapshot) => ownersOf(snapshot, project) || null,
    },
    {
      ...{ name: 'tags', type: 'string', about: 'Divided by commas.' },
      of: ({ project }) => project.tags.join(', ') || null,
    },
  ],
})

export const milestoneTable = defineTable({
  name: 'milestone',
  about: 'The milestones of those projects. A milestone that is moved keeps its id.',
  key: ['milestone_id'],
  rowsOf: ({ plan }) =>
    plan.projects.flatMap((project) =>
      project.milestones.map((milestone) => ({ project, milestone })),
    ),
  columns: [
    {
      name: 'milestone_id',
      type: 'string',
      about: 'Never changes.',
      of: ({ milestone }) => milestone.id,
    },
    {
      ...{ name: 'project_id', type: 'string', about: 'Its project.', refersTo: 'project' },
      of: ({ project }) => project.id,
    },
    {
      name: 'number',
      type: 'integer',
      about: 'Counts in its project.',
      of: ({ milestone }) => milestone.number,
    },
    {
      name: 'text',
      type: 'string',
      about: 'What it is about.',
      of: ({ milestone }) => milestoneText(milestone),
    },
    {
      name: 'due',
      type: 'date',
      about: 'The latest day it means.',
      of: ({ milestone }) => milestone.due,
    },
    {
      ...{ name: 'baseline_due', type: 'date', about: 'The day when it entered the plan.' },
      of: ({ milestone }) => milestone.baselineDue,
    },
    {
      ...{ name: 'times_moved', type: 'integer', about: 'How often its date was changed.' },
      of: ({ milestone }) => timesMoved(milestone),
    },
    {
      ...{
        name: 'delivery',
        type: 'string',
        about: 'completed, missed (overdue), at risk or on track.',
      },
      of: ({ milestone }, { plan }) => deliveryState(milestone, plan.asAt),
    },
    {
      ...{
        name: 'done_on',
        type: 'date',
        about: 'Empty where only a sheet said it, without a day.',
      },
      of: ({ milestone: { doneOn, completion } }) => (completion?.isDayUnknown ? null : doneOn),
    },
    {
      ...{ name: 'evidence', type: 'string', about: 'A link to what shows it.' },
      of: ({ milestone }) => milestone.completion?.evidence ?? null,
    },
  ],
})

export const updateTable = defineTable({
  name: 'update',
  about: 'Every status update of those projects up to the day, newest first in each project.',
  key: ['update_id'],
  rowsOf: ({ plan }) =>
    plan.projects.flatMap((project) => project.updates.map((update) => ({ project, update }))),
  columns: [
    { name: 'update_id', type: 'string', about: 'Never changes.', of: ({ update }) => update.id },
    {
      ...{ name: 'project_id', type: 'string', about: 'Its project.', refersTo: 'project' },
      of: ({ project }) => project.id,
    },
    {
      name: 'on_day',
      type: 'date',
      about: 'The day it speaks for.',
      of: ({ update }) => update.onDay,
    },
    {
      name: 'at',
      type: 'datetime',
      about: 'When it was said, UTC.',
      of: ({ update }) => update.at.toISOString(),
    },
    {
      name: 'state',
      type: 'string',
      about: 'What was said.',
      refersTo: 'state',
      of: ({ update }) => update.state,
    },
    { name: 'commentary', type: 'string', about: 'Why.', of: ({ update }) => update.reason },
    {
      name: 'back_to_green_by',
      type: 'date',
      about: 'As it was said.',
      of: ({ update }) => update.greenBy,
    },
    {
      ...{
        name: 'awaits_confirmation',
        type: 'boolean',
        about: 'It does not count until somebody confirms it.',
      },
      of: ({ update }) => update.awaitsConfirmation,
    },
  ],
})
