import { Refusal } from '../../../../base/errors.ts'
import { listOf } from '../../../../base/text.ts'
import type { PaperLayout } from '../layout.ts'
import { summarySheet } from './summary-sheet.ts'

export const paperLayouts: readonly PaperLayout[] = [summarySheet]

/** @throws Refusal where there is none of that name */
export function layoutByKey(key: string): PaperLayout {
  const found = paperLayouts.find((layout) => layout.key === key.toLowerCase())
  if (found) return found
  throw new Refusal(
    `There is no paper “${key}”. There are ${listOf(paperLayouts.map((layout) => layout.key))}. Nothing was written.`,
  )
}
