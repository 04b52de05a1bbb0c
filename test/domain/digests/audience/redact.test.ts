import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { expandCard } from '../../../../src/chat/cards.ts'
import { renderPlainText } from '../../../../src/chat/plain-text.ts'
import {
  boardTarget,
  composeDigestFor,
  type DigestTarget,
} from '../../../../src/domain/digests/audience/compose-for.ts'
import type { DigestContent } from '../../../../src/domain/digests/content/content.ts'
import type { DigestInput } from '../../../../src/domain/digests/content/digest-input.ts'
import { withheldText } from '../../../../src/domain/digests/withheld.ts'
import type { Audience } from '../../../../src/domain/programme/audience.ts'
import { wholeProgramme } from '../../../../src/domain/schedule/scope.ts'
import { paginateDigest } from '../../../../src/features/digests/rendering/paginate.ts'
import { aPlan } from '../../../support/plans.ts'
import { askedOf, name, register, type Story, since, story, words } from './marked-stories.ts'

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
