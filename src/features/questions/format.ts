import { fullDate } from '../../base/dates.ts'
import type { Card } from '../../chat/cards.ts'
import type { Answer as Answered, Context } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { named } from '../../domain/plan/format.ts'
import type { Answer, Question } from '../../domain/questions/question.ts'
import { questionCard } from './cards.ts'

export type Names = ReadonlyMap<string, string>

export function nameOf(id: string | null, names: Names): string {
  return (id && names.get(id)) || 'a former member'
}

/** 'Asked by Owen Castell on Mon 2 Mar 2026'. */
export function askedInWords({ askedById, onDay }: Question, names: Names): string {
  return `Asked by ${nameOf(askedById, names)} on ${fullDate(onDay)}`
}

/** 'Answered by Tom Quill for Asha Verity on Mon 2 Mar 2026'. */
function answeredInWords({ byId, forId, onDay }: Answer, names: Names): string {
  const whom = forId ? ` for ${nameOf(forId, names)}` : ''
  return `Answered by ${nameOf(byId, names)}${whom} on ${fullDate(onDay)}`
}

/** Everyone whose name a question tells. */
export function peopleOf({ askedById, answer }: Question): string[] {
  return [askedById, answer?.byId, answer?.forId].flatMap((id) => id ?? [])
}

/** What stands in the chat of each lead: with a button while nobody has answered. */
export function questionView(question: Question, names: Names): Card {
  const { id, number, project, text, answer } = question
  return questionCard({
    heading: `Question ${number}`,
    project: named(project),
    text,
    asked: askedInWords(question, names),
    answer: answer?.text ?? '',
    answered: answer ? answeredInWords(answer, names) : '',
    buttons: answer
      ? []
      : [
          { title: 'Answer', verb: 'reply:form', data: { question: id } },
          { title: 'Show', verb: 'show', data: { project: project.id } },
        ],
  })
}

/** The question with its answer, for those who saw it asked and for who asked. */
export function answerView(question: Question, answer: Answer, names: Names): Card {
  const { number, project, text } = question
  return noticeCard({
    heading: `Question ${number} is answered`,
    lines: [
      named(project),
      `${askedInWords(question, names)}: ${text}`,
      `${answeredInWords(answer, names)}: ${answer.text}`,
    ],
    buttons: [],
  })
}

/**
 * What was stored, with a way back to the message it was done from: Teams shows the answer in its place, to the person
 * who pressed alone.
 */
export function storedFrom(
  { message }: Pick<Context, 'message'>,
  lines: string[],
  note?: string,
): Answered {
  const buttons = message ? [{ title: 'Back', verb: 'back', data: {} }] : []
  return { card: noticeCard({ heading: 'Stored', lines, buttons }), ...(note && { note }) }
}
