import { describe, expect, test } from '@jest/globals'
import { newId } from '../../../src/base/ids.ts'
import { buttonTo } from '../../../src/chat/card-button.ts'
import { expandCard } from '../../../src/chat/cards.ts'
import { homeCard } from '../../../src/features/home/cards.ts'
import {
  fitSections,
  type pageSizes,
  type SectionDraft,
} from '../../../src/features/home/fit-sections.ts'
import { toMessage } from '../../../src/platforms/slack/converter/message.ts'
import { blockProblems } from '../../../src/playground/slack/limits.ts'
import { cardProblems, jsonBytes } from '../../../src/playground/teams/limits.ts'

const button = (title: string) => buttonTo(title, 'update:form', { project: newId() })

function draft(heading: string, rows: number, share: number, text = 'Overdue'): SectionDraft {
  return {
    ...{ heading, lines: ['A line of it.'], noun: 'project', rest: '/rag due', share },
    rows: Array.from({ length: rows }, (_, at) => ({
      title: `2.${at + 1} Practice standards`,
      text,
      buttons: ['Done', 'Move date', 'Update', 'Snooze'].map(button),
    })),
    buttons: [button('No change to all')],
  }
}

const page = (sections: readonly SectionDraft[], size: keyof typeof pageSizes) =>
  homeCard({ heading: 'Your page', intro: '', note: '', sections: fitSections(sections, size) })

describe('a page that is too long', () => {
  test('keeps the first rows of each section, and counts the rest', () => {
    const [first, second] = fitSections(
      [draft('To answer', 9, 6), draft('Projects', 2, 4)],
      'message',
    )
    expect(first?.rows).toHaveLength(6)
    expect(first?.more).toBe('3 more projects not listed. Type /rag due.')
    expect(second?.rows).toHaveLength(2)
    expect(second?.more).toBe('')
  })

  test('leaves its last rows out where all of it needs the room', () => {
    const fitted = fitSections([draft('To answer', 9, 6), draft('Projects', 9, 6)], 'message')
    expect(fitted.map(({ rows }) => rows.length)).toEqual([6, 4])
  })

  test('is within the limits of both platforms, whatever people wrote', () => {
    const endless = 'Ünlimited words '.repeat(3000)
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const card = expandCard(
      page(
        names.map((name) => draft(name, 40, 6, endless)),
        'message',
      ),
    )
    expect(blockProblems(toMessage(card).blocks, 'message')).toEqual([])
    expect(cardProblems(JSON.parse(JSON.stringify(card)))).toEqual([])
    expect(jsonBytes(card)).toBeLessThan(28_000)
  })
})
