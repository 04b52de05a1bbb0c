import { plural } from '../../../base/text.ts'
import type { Project } from '../../../domain/plan/plan.ts'
import type { EntryKind } from '../../../domain/register/entry.ts'
import { dimensionState } from '../../../domain/status/dimensions.ts'
import { ownersOf } from '../papers/parts.ts'
import type { PaperSnapshot } from '../papers/snapshot.ts'
import { defineTable } from './table.ts'

/**
 * What central government asks of projects, by its own names: the seven entities are those of the Programme and project
 * data standard (version 1, 2025, on trial), the attributes in them those of the data of the Government Major Projects
 * Portfolio as departments publish it. https://projectdelivery.gov.uk/library-product/programme-and-project-data-standard/
 */
interface StandardAttribute {
  readonly entity:
    | 'Project features'
    | 'Risk'
    | 'Issue'
    | 'Benefit'
    | 'Milestone'
    | 'Cost'
    | 'People'
  readonly name: string
  /** Null: not there for this project. */
  of(project: Project, snapshot: PaperSnapshot): string | null
}

/** Whoever keeps these keeps them elsewhere: named, so that nobody takes the table for all that is asked. */
const notKept = () => null

const millions = (pence: number | undefined) =>
  pence === undefined ? null : String(pence / 100 / 1_000_000)

const moneyIn = ({ beside }: PaperSnapshot, { id }: Project) => beside.money.now.projects.get(id)

function entriesOf(kind: EntryKind) {
  return ({ id }: Project, { register }: PaperSnapshot) => {
    const own = register.filter((one) => one.kind === kind && one.project?.id === id)
    return own.length === 0 ? null : String(own.length)
  }
}

export const standardAttributes: readonly StandardAttribute[] = [
  { entity: 'Project features', name: 'GMPP ID Number', of: notKept },
  { entity: 'Project features', name: 'Project Name', of: ({ title }) => title },
  { entity: 'Project features', name: 'Department', of: notKept },
  { entity: 'Project features', name: 'Annual Report Category', of: notKept },
  {
    ...{ entity: 'Project features', name: 'Description / Aims' },
    of: ({ id }, { links }) => {
      const numbers = links.projects.get(id)?.outcomes ?? []
      const texts = links.outcomes.filter(({ number }) => numbers.includes(number))
      return texts.map(({ text }) => text).join(' ') || null
    },
  },
  {
    ...{ entity: 'Project features', name: 'SRO Delivery Confidence Assessment' },
    of: ({ id }, { beside, plan }) => {
      const rating = beside.dimensions.now.get(id)?.find((one) => one.dimension === 'confidence')
      return rating
        ? dimensionState('confidence', rating.state, plan.programme.settings).label
        : null
    },
  },
  { entity: 'Project features', name: 'NISTA Delivery Confidence Assessment', of: notKept },
  {
    ...{ entity: 'Project features', name: 'Project - Start Date (Latest Approved Start Date)' },
    of: ({ attributes }) => attributes.start ?? null,
  },
  {
    ...{ entity: 'Project features', name: 'Project - End Date (Latest Approved End Date)' },
    of: ({ milestones }) =>
      milestones
        .flatMap(({ due }) => due ?? [])
        .toSorted()
        .at(-1) ?? null,
  },
  { entity: 'Risk', name: 'Risks', of: entriesOf('risk') },
  { entity: 'Issue', name: 'Issues', of: entriesOf('issue') },
  {
    ...{ entity: 'Benefit', name: 'TOTAL Baseline Benefits (£m)' },
    of: (project, snapshot) => millions(moneyIn(snapshot, project)?.savingsTarget),
  },
  {
    ...{ entity: 'Milestone', name: 'Milestones with a date' },
    of: ({ milestones }) => {
      const { length } = milestones.filter(({ due }) => due !== null)
      return length === 0 ? null : String(length)
    },
  },
  {
    ...{ entity: 'Cost', name: 'TOTAL Baseline Whole Life Costs (£m)' },
    of: (project, snapshot) => millions(moneyIn(snapshot, project)?.budget),
  },
  { entity: 'Cost', name: 'Financial Year Baseline (£m)', of: notKept },
  { entity: 'Cost', name: 'Financial Year Forecast (£m)', of: notKept },
  {
    ...{ entity: 'People', name: 'Senior Responsible Owner' },
    of: ({ workstreamId }, { plan }) => {
      const { sponsors = [] } = plan.workstreams.find(({ id }) => id === workstreamId) ?? {}
      return sponsors.flatMap((id) => plan.people.get(id)?.name ?? []).join(', ') || null
    },
  },
  {
    ...{ entity: 'People', name: 'Project lead' },
    of: (project, snapshot) => ownersOf(snapshot, project) || null,
  },
]

export const governmentStandardTable = defineTable({
  name: 'government_standard',
  about:
    'Each project by the names of central government: entities of its Programme and project data standard, attributes of its data of major projects. No row: it is missing.',
  key: ['project_id', 'attribute'],
  rowsOf: (snapshot) =>
    snapshot.plan.projects.flatMap((project) =>
      standardAttributes.flatMap(({ entity, name, of }) => {
        const value = of(project, snapshot)
        return value === null ? [] : [{ project, entity, name, value }]
      }),
    ),
  columns: [
    {
      ...{ name: 'project_id', type: 'string', about: 'The project.', refersTo: 'project' },
      of: ({ project }) => project.id,
    },
    { name: 'entity', type: 'string', about: 'Of the standard.', of: ({ entity }) => entity },
    { name: 'attribute', type: 'string', about: 'Its name there.', of: ({ name }) => name },
    { name: 'value', type: 'string', about: 'As text; amounts in £m.', of: ({ value }) => value },
  ],
})

/** Each attribute that is missing, in sentences; none where all are there. Pure. */
export function missingAttributes(snapshot: PaperSnapshot): string[] {
  const { projects } = snapshot.plan
  return standardAttributes.flatMap(({ entity, name, of }) => {
    const without = projects.filter((project) => of(project, snapshot) === null)
    if (without.length === 0) return []
    if (of === notKept) return [`${entity}: ${name} is not kept in Milepost.`]
    const refs = without.slice(0, refsShown).map(({ ref }) => ref)
    const more = without.length > refs.length ? ' …' : ''
    return [
      `${entity}: ${name} is missing for ${without.length} of ${plural(projects.length, 'project')}: ${refs.join(', ')}${more}.`,
    ]
  })
}

const refsShown = 10
