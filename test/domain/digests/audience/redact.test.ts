import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { civilDate } from '../../../../src/base/dates.ts'
import { expandCard } from '../../../../src/chat/cards.ts'
import { renderPlainText } from '../../../../src/chat/plain-text.ts'
import {
  boardTarget,
  composeDigestFor,
  type DigestTarget,
} from '../../../../src/domain/digests/audience/compose-for.ts'
import type { DigestContent, DigestInput } from '../../../../src/domain/digests/content/content.ts'
import { withheldText } from '../../../../src/domain/digests/withheld.ts'
import { type Audience, audiences } from '../../../../src/domain/programme/audience.ts'
import type { Entry } from '../../../../src/domain/register/entry.ts'
import type { OverrideRow } from '../../../../src/domain/rollup/overrides.ts'
import { wholeProgramme } from '../../../../src/domain/schedule/scope.ts'
import { paginateDigest } from '../../../../src/features/digests/rendering/paginate.ts'
import { aPlan, type PlanSketch } from '../../../support/plans.ts'
import { aDecision, aDependency, aHeadline, aRisk } from '../../../support/register.ts'
import { aMeasure } from '../../measures/measure-builder.ts'

const since = civilDate('2017-02-20')
const states = ['red', 'amber', 'green', 'blank'] as const

/** Words that say for whom they are: "«board» 7". */
const words = (audience: Audience, at: number) => `«${audience}» ${at}`
const name = '«name» Mei'
const register = '«board» of the register'

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
const story = fc.record({
  commentaryFor: fc.constantFrom(...audiences),
  /** Newest first, for each project. */
  projects: fc.array(fc.array(told, { maxLength: 3 }), { minLength: 1, maxLength: 8 }),
})
type Story = typeof story extends fc.Arbitrary<infer S> ? S : never

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

function askedOf(one: Story, previous: DigestContent | null, asAt = '2017-02-24'): DigestInput {
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

/** All that leaves: what is kept, what is drawn, what is read aloud. */
function leaving(content: DigestContent): string {
  const cards = paginateDigest(content, '/rag').map(expandCard)
  return JSON.stringify([content, cards, cards.map(renderPlainText)])
}

describe('text for an audience', () => {
  test('never reaches a wider audience, over any updates in any order', () => {
    const reader = fc.constantFrom<Audience>('board', 'public')
    fc.assert(
      fc.property(reader, story, story, (audience, before, now) => {
        const scope = wholeProgramme
        const to: DigestTarget = { audience, scope, officeHeadline: null }
        // The channel had another audience last time: what insiders were told then does not come back.
        const previous = composeDigestFor(askedOf(before, null, '2017-02-17'), {
          ...to,
          audience: 'internal',
        })
        const text = leaving(composeDigestFor(askedOf(now, previous), to))
        const forbidden =
          audience === 'board' ? ['«internal»'] : ['«internal»', '«board»', '«name»', '"mei"']
        // A board reads all of the register, and the headline of the office.
        expect(forbidden.filter((mark) => text.includes(mark))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('is all shown to insiders', () => {
    const one: Story = {
      commentaryFor: 'internal',
      projects: [[{ state: 'red', audience: 'internal', daysAgo: 1, atRisk: true, moved: true }]],
    }
    const text = leaving(
      composeDigestFor(askedOf(one, null), { ...boardTarget, audience: 'internal' }),
    )
    for (const part of [words('internal', 0), register, name]) expect(text).toContain(part)
  })
})

describe('in place of withheld text', () => {
  const plan = aPlan({
    projects: [
      {
        ref: '2.1',
        updates: [
          { state: 'red', audience: 'internal', reason: 'A secret', path: 'A secret path' },
        ],
      },
      { ref: '2.2', updates: [{ state: 'red', reason: 'The post is vacant' }] },
    ],
  })
  const asked: DigestInput = { plan, register: [], previous: null, since }

  test('the colour is shown, and that there is commentary', () => {
    const { attention, notes, snapshot } = composeDigestFor(asked, boardTarget)
    expect(attention[0]?.entries).toMatchObject([
      { ref: '2.1', reason: { withheld: true }, path: { withheld: true } },
      { ref: '2.2', reason: 'The post is vacant', path: null },
    ])
    expect(notes).toContain('The commentary of 1 project is not for this audience.')
    expect(snapshot.projects.map(({ state }) => state)).toEqual(['red', 'red'])
  })

  test('a withheld way back to Green is not reported as missing', () => {
    const [root] = paginateDigest(composeDigestFor(asked, boardTarget), '/rag')
    const text = renderPlainText(expandCard(root))
    expect(text).toContain('2.2')
    expect(text).not.toMatch(/no way back to Green is given: Red 2\.1/)
  })

  test('the public reads once that there is commentary, and is asked for no decision', () => {
    const hidden = { state: 'red', audience: 'internal', reason: 'A secret' } as const
    const path = { ...hidden, path: 'A secret path', greenBy: '2017-03-31' }
    const move = { from: '2017-03-31', to: '2017-05-31', onDay: '2017-02-22', reason: 'A secret' }
    const three = (site: object) =>
      aPlan({
        projects: [
          { ref: '2.1', updates: [hidden] },
          { ref: '2.2', updates: [path] },
          {
            ref: '2.3',
            updates: [{ ...hidden, path: 'Another' }],
            milestones: [{ about: 'Site', due: '2017-03-31', ...site }],
          },
        ],
      })
    const before = { ...asked, plan: { ...three({}), asAt: since } }
    const now = { ...asked, plan: three({ due: '2017-05-31', moves: [move] }) }
    const content = composeDigestFor(
      { ...now, previous: composeDigestFor(before, boardTarget) },
      { ...boardTarget, audience: 'public' },
    )
    const text = paginateDigest(content, '/rag')
      .map((card) => renderPlainText(expandCard(card)))
      .join('\n')
    expect(text).toContain('The commentary of 3 projects is not for this audience.')
    expect(text).not.toContain(withheldText)
    expect(text).toContain('No way back to Green given')
    expect(text).toContain('Back to Green by Fri 31 Mar 2017')
    expect(text).toContain('A way back to Green is given, without a date')
    expect(text).toMatch(/moved once, now Wed 31 May 2017$/m)
    expect(text).not.toContain('To decide')
  })

  test('the public reads which parts are withheld', () => {
    const { notes, notUpdated } = composeDigestFor(asked, { ...boardTarget, audience: 'public' })
    expect(notes).toContain(
      'A public digest tells ratings and milestones; no names, risks, decisions or dependencies.',
    )
    expect(notUpdated.names).toBeNull()
  })

  test('the headline of the office is for the board, unless the programme writes everything for the public', () => {
    const headline = { scope: wholeProgramme, officeHeadline: 'Read 2.1' }
    const shown = (audience: Audience, commentaryFor: Audience) => {
      const programme = {
        ...plan.programme,
        settings: { ...plan.programme.settings, commentaryFor },
      }
      return composeDigestFor({ ...asked, plan: { ...plan, programme } }, { ...headline, audience })
        .officeHeadline
    }
    expect(shown('board', 'internal')).toBe('Read 2.1')
    expect(shown('public', 'board')).toBeNull()
    expect(shown('public', 'public')).toBe('Read 2.1')
  })
})
