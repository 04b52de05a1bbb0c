import { type ProgrammeSettings, parseSettings } from '../../domain/programme/setting.ts'
import { fateOf, rememberedBlanks } from './blank-ratings.ts'
import type { ImportResult } from './result.ts'
import { type SheetAnswers, sheetAnswersSetting } from './settings.ts'

/** What was answered to what sheets leave open: now, and for the sheets before. */

export const earlierAnswers = (stored: unknown): Partial<SheetAnswers> =>
  sheetAnswersSetting.of(parseSettings(stored)) ?? {}

/** What was answered now goes before what was answered for earlier sheets. */
export function withEarlierAnswers(
  answers: Partial<SheetAnswers> = {},
  stored: unknown,
): SheetAnswers {
  const earlier = earlierAnswers(stored)
  return { ...earlier, ...answers, states: { ...earlier.states, ...answers.states } }
}

/** Of which somebody says now, and of earlier sheets did not, that they stay as they are while their cells are empty. */
export function newlyKept(
  answers: Partial<SheetAnswers> = {},
  stored: unknown,
  items: readonly string[],
): string[] {
  const before = earlierAnswers(stored).blanks ?? {}
  return items.filter((item) => fateOf(item, answers) === 'keep' && before[item] !== 'keep')
}

/** What is remembered for the next sheet. */
export function answersToKeep(
  answers: Partial<SheetAnswers>,
  stored: ProgrammeSettings,
  { blankRatings }: ImportResult,
): SheetAnswers {
  const { blankReason: _, ...all } = withEarlierAnswers(answers, stored)
  const said = { now: answers, earlier: earlierAnswers(stored) }
  const blanks = rememberedBlanks(
    said,
    blankRatings.map(({ item }) => item),
  )
  return { ...all, blanks }
}
