import { shorten } from '../../base/text.ts'
import { buttonTo, type CardButton } from '../../chat/card-button.ts'
import { formatProject } from '../../domain/plan/format.ts'
import type { Question } from '../../domain/questions/question.ts'
import type { SectionDraft } from './fit-sections.ts'

/** What a person is to answer. */

/** A row of the day's message, as reminders work it out. */
export interface OwedRow {
  readonly heading: string
  readonly title: string
  readonly about: string
  readonly when: string
  /** Why it comes to somebody who leads no such project, such as a deputy; '' where they lead it. */
  readonly why: string
  /** False: they are only told of it. */
  readonly asks?: boolean | undefined
  readonly buttons: readonly CardButton[]
}

/** The rows that ask for an answer, as the day's message has them. Undefined where there are none. */
export function owedSection(owed: readonly OwedRow[], prefix: string): SectionDraft | undefined {
  const rows = owed.filter(({ asks }) => asks !== false)
  if (rows.length === 0) return undefined
  return {
    heading: 'To answer',
    ...{ lines: [], buttons: [], rows: rows.map(owedRow) },
    ...{ noun: 'to answer', rest: `${prefix} due`, share: 6 },
  }
}

/** What others answer for, and they are told of: as sponsors, of what stays overdue. */
export function informationSection(owed: readonly OwedRow[]): SectionDraft | undefined {
  const rows = owed.filter(({ asks }) => asks === false)
  if (rows.length === 0) return undefined
  return {
    heading: 'For your information',
    ...{ lines: [], buttons: [], rows: rows.map(owedRow) },
    ...{ noun: 'overdue', rest: '', share: 3 },
  }
}

function owedRow({ title, about, when, why, buttons }: OwedRow) {
  return { title, text: [about, when, why].filter(Boolean).join('\n'), buttons: [...buttons] }
}

/** Questions of others about their projects. */
export function questionsSection(questions: readonly Question[]): SectionDraft | undefined {
  if (questions.length === 0) return undefined
  return {
    heading: 'Questions to you',
    ...{ lines: [], buttons: [] },
    rows: questions.map(({ id, number, project, text }) => ({
      title: `Question ${number}: ${formatProject(project)}`,
      text: shorten(text, 300),
      buttons: [buttonTo('Answer', 'reply:form', { question: id })],
    })),
    ...{ noun: 'question', rest: '', share: 3 },
  }
}
