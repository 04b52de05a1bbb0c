import { fullDate } from '../../base/dates.ts'
import type { Card } from '../../chat/cards.ts'
import type { CommandContext, CommandResult } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { authorName } from '../../domain/people/names.ts'
import { formatProject } from '../../domain/plan/format.ts'
import type { Question, QuestionAnswer } from '../../domain/questions/question.ts'
import { questionCard } from './cards.ts'

type PersonNames = ReadonlyMap<string, string>

/** 'Asked by Owen Castell on Mon 2 Mar 2026'. */
export function formatAsked({ askedById, onDay }: Question, names: PersonNames): string {
  return `Asked by ${authorName(names, askedById)} on ${fullDate(onDay)}`
}

/** 'Answered by Tom Quill for Asha Verity on Mon 2 Mar 2026'. */
function formatAnswered({ byId, onBehalfOfId, onDay }: QuestionAnswer, names: PersonNames): string {
  const whom = onBehalfOfId ? ` for ${authorName(names, onBehalfOfId)}` : ''
  return `Answered by ${authorName(names, byId)}${whom} on ${fullDate(onDay)}`
}

/** The ids of everybody whose name the card of a question shows. */
export function peopleOf({ askedById, answer }: Question): string[] {
  return [askedById, answer?.byId, answer?.onBehalfOfId].flatMap((id) => id ?? [])
}

/** The question in the private chat of each lead, with buttons while nobody has answered. */
export function questionView(question: Question, names: PersonNames): Card {
  const { id, number, project, text, answer } = question
  return questionCard({
    heading: `Question ${number}`,
    project: formatProject(project),
    text,
    asked: formatAsked(question, names),
    answer: answer?.text ?? '',
    answered: answer ? formatAnswered(answer, names) : '',
    buttons: answer
      ? []
      : [
          { title: 'Answer', verb: 'reply:form', data: { question: id } },
          { title: 'Show', verb: 'show', data: { project: project.id } },
        ],
  })
}

/** The question with its answer, for the thread and for the person who asked. */
export function answerView(question: Question, answer: QuestionAnswer, names: PersonNames): Card {
  const { number, project, text } = question
  return noticeCard({
    heading: `Question ${number} is answered`,
    lines: [
      formatProject(project),
      `${formatAsked(question, names)}: ${text}`,
      `${formatAnswered(answer, names)}: ${answer.text}`,
    ],
    buttons: [],
  })
}

/**
 * Confirms what was saved. Teams shows it in place of the message whose button was pressed, to that person alone, so
 * the notice has a button that leads back to the message.
 */
export function savedNotice(
  { message }: Pick<CommandContext, 'message'>,
  lines: string[],
  note?: string,
): CommandResult {
  const buttons = message ? [{ title: 'Back', verb: 'back', data: {} }] : []
  return { card: noticeCard({ heading: 'Saved', lines, buttons }), ...(note && { note }) }
}
