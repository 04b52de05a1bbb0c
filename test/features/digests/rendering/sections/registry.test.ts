import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../../src/base/dates.ts'
import { expandCard } from '../../../../../src/chat/cards.ts'
import { renderPlainText } from '../../../../../src/chat/plain-text.ts'
import { composeDigest } from '../../../../../src/domain/digests/content/compose.ts'
import { paginateDigest } from '../../../../../src/features/digests/rendering/paginate.ts'
import { digestSections } from '../../../../../src/features/digests/rendering/sections/registry.ts'
import type { SectionDescriptor } from '../../../../../src/features/digests/rendering/sections/section-descriptor.ts'
import { toMessage } from '../../../../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../../../../src/playground/slack/limits.ts'
import { cardProblems } from '../../../../../src/playground/teams/limits.ts'
import { aPlan } from '../../../../support/plans.ts'

test('every section has a key of its own', () => {
  const keys = digestSections.map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
})

/** CONTRIBUTING.md, "A digest section": nothing but the descriptor and its row in the registry. */
describe('a toy section added to the registry', () => {
  const birthdays: SectionDescriptor = {
    key: 'birthdays',
    firstMessageLimit: 2,
    build: ({ snapshot }, lines) => [
      {
        heading: 'Birthdays',
        entries: snapshot.projects.map(({ id }) => ({
          ...lines.head({ id, ref: id, title: `Project ${id}` }),
          lines: [`One year since ${id} began`],
          brief: { title: `Project ${id}`, text: `one year since ${id} began` },
        })),
        noun: ['birthday', 'birthdays'],
      },
    ],
  }
  const projects = ['1.1', '1.2', '1.3', '1.4'].map((ref) => ({
    ref,
    updates: [{ state: 'green', onDay: '2017-02-22' }],
  }))
  const content = composeDigest({
    ...{ plan: aPlan({ asAt: '2017-02-27', projects }), register: [], previous: null },
    since: civilDate('2017-02-20'),
  })
  const cards = paginateDigest(content, '/rag', [birthdays, ...digestSections]).map(expandCard)
  const [root = '', ...thread] = cards.map(renderPlainText)

  test('is shown in the first message, which counts what follows', () => {
    expect(root).toContain(
      [
        'Birthdays (2 of 4 shown)',
        'Project 1.1  one year since 1.1 began',
        'Project 1.2  one year since 1.2 began',
      ].join('\n'),
    )
    expect(root).not.toContain('one year since 1.3 began')
    expect(root).toContain('In the thread: all of this in full.')
  })

  test('is whole in the thread', () => {
    expect(thread).toHaveLength(1)
    expect(thread[0]).toContain('Birthdays\n1.1 Project 1.1  ● Green (G)\nOne year since 1.1 began')
    expect(thread[0]).toContain('One year since 1.4 began')
  })

  test('is within the limits of Slack and Teams, and is in both', () => {
    for (const card of cards) {
      const { blocks } = toMessage(card)
      expect(blockProblems(blocks, 'message')).toEqual([])
      expect(cardProblems(JSON.parse(JSON.stringify(card)))).toEqual([])
      expect(JSON.stringify(blocks)).toContain('Birthdays')
      expect(JSON.stringify(card)).toContain('Birthdays')
    }
  })
})
