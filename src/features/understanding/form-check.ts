import { isAsShown } from '../../chat/edit-conflicts.ts'
import type { FormCheck } from '../../chat/form-question.ts'
import { loadPlanWords } from '../../domain/plan/vocabulary-store.ts'
import { unasked } from './confirmation.ts'
import { daysInWords, daysOf, daysOutside, duesIn, farDayText } from './far-days.ts'

/** What a typed line is shown with before it is saved, a form asks: a picker's year is mistyped as easily. */
export const askFarDays: FormCheck = async ({ tx, today, actor }, { command, raw }) => {
  if (command.isReadOnly || unasked.includes(command.name)) return undefined
  const texts = Object.fromEntries(
    Object.entries(raw).flatMap(([name, value]) =>
      typeof value === 'string' && !isAsShown(raw, name) ? [[name, value.trim()]] : [],
    ),
  )
  const days = [...daysOf(Object.values(texts), today), ...daysInWords(command.name, texts, today)]
  const far = daysOutside(days, today, [])
  if (far.length === 0) return undefined
  const words = actor.personId === null ? { projects: [] } : await loadPlanWords(tx, actor.personId)
  const asked = daysOutside(far, today, duesIn(words))
  if (asked.length === 0) return undefined
  const sentences = [...new Set(asked.map(farDayText)), 'If it is right, save again as it is.']
  return sentences.join(' ')
}
