import fc from 'fast-check'
import { civilDate } from '../../../../src/base/dates.ts'
import type { DigestContent } from '../../../../src/domain/digests/content/content.ts'
import type { DigestInput } from '../../../../src/domain/digests/content/digest-input.ts'
import { type Audience, audiences } from '../../../../src/domain/programme/audience.ts'
import type { Entry } from '../../../../src/domain/register/entry.ts'
import type { OverrideRow } from '../../../../src/domain/rollup/overrides.ts'
import { aPlan, type PlanSketch } from '../../../support/plans.ts'
import { aDecision, aDependency, aHeadline, aRisk } from '../../../support/register.ts'
import { aMeasure } from '../../measures/measure-builder.ts'

/** Programmes of all kinds whose words say for whom they are: what leaves is looked through for the marks. */

export const since = civilDate('2017-02-20')
const states = ['red', 'amber', 'green', 'blank'] as const

/** Words that say for whom they are: "«board» 7". */
export const words = (audience: Audience, at: number) => `«${audience}» ${at}`
export const name = '«name» Mei'
export const register = '«board» of the register'

interface Told {
  readonly state: (typeof states)[number]
  readonly audience: Audience
  readonly daysAgo: number
  readonly atRisk: boolean
  readonly moved: boolean
}

const told: fc.Arbitrary<Told> = fc.record({
  state: fc.constantFrom(...states),
  audience: fc.constantFrom(...audiences),
  daysAgo: fc.integer({ min: 0, max: 60 }),
  atRisk: fc.boolean(),
  moved: fc.boolean(),
})
export const story = fc.record({
  commentaryFor: fc.constantFrom(...audiences),
  /** Newest first, for each project. */
  projects: fc.array(fc.array(told, { maxLength: 3 }), { minLength: 1, maxLength: 8 }),
})
export type Story = typeof story extends fc.Arbitrary<infer S> ? S : never

const dayAgo = (days: number) =>
  new Date(Date.UTC(2017, 1, 24) - days * 86_400_000).toISOString().slice(0, 10)

function sketchOf({ commentaryFor, projects }: Story, asAt: string): PlanSketch {
  // What was due in April then is due in March now: it moved.
  const month = asAt < '2017-02-24' ? '04' : '03'
  return {
    asAt,
    programme: { digestNames: true, settings: { commentaryFor } },
    people: [{ id: 'mei', name }],
    workstreams: [{ ref: '1', leads: ['mei'], sponsors: ['mei'] }],
    projects: projects.map((updates, project) => ({
      ref: `1.${project + 1}`,
      leads: ['mei'],
      tags: ['Ofsted'],
      updates: updates
        .toSorted((one, other) => one.daysAgo - other.daysAgo)
        .map(({ state, audience, daysAgo }, at) => ({
          ...{ state, audience, onDay: dayAgo(daysAgo), byId: 'mei' },
          reason: words(audience, at),
          path: words(audience, at),
          divergenceReason: words(audience, at),
        })),
      milestones: updates.map(({ atRisk, moved }, at) => ({
        due: `2017-${month}-0${at + 1}`,
        ...(atRisk && { atRisk: words(commentaryFor, at) }),
        ...(moved && {
          moves: [
            {
              ...{ from: '2017-02-01', to: `2017-${month}-0${at + 1}`, onDay: '2017-02-23' },
              reason: words(commentaryFor, at),
            },
          ],
        }),
      })),
    })),
  }
}

export function askedOf(
  one: Story,
  previous: DigestContent | null,
  asAt = '2017-02-24',
): DigestInput {
  const { commentaryFor } = one
  const plan = aPlan(sketchOf(one, asAt))
  const [first] = plan.projects
  const project = first ? { id: first.id, ref: first.ref, title: first.title } : null
  const headline = commentaryFor === 'public' ? '«public» headline' : register
  const entries: Entry[] = [
    aRisk(1, 'red', { text: register, mitigation: register, project }),
    aDecision(1, '2017-03-01', { text: register, project }),
    aDependency(1, '1.1', { text: register, project }),
    aHeadline(1, { text: headline, onDay: '2017-02-23', project }),
  ]
  const day = civilDate('2017-02-22')
  const at = new Date('2017-02-22T12:00:00Z')
  const overrides: OverrideRow[] = [null, '1'].map((workstreamId) => ({
    ...{ id: `${workstreamId}`, workstreamId, state: 'amber', onDay: day, at, byId: 'mei' },
    reason: words(commentaryFor, 0),
    confirmation: { byId: 'mei', onDay: day, at },
  }))
  const beside = new Map([['1.1', [words(commentaryFor, 1)]]])
  const measures = [
    aMeasure({
      ...{ title: register, target: register, projects: project ? [project] : [] },
      readings: [{ raw: register, forDay: '2017-02-01', declared: 'red' }],
    }),
  ]
  return {
    measures,
    plan,
    register: entries,
    overrides,
    projectRemarks: beside,
    previous,
    since: previous?.asAt ?? since,
  }
}
