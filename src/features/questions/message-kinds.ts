import type { Card } from '../../chat/cards.ts'
import { namesOf } from '../../domain/people/names.ts'
import { findQuestions } from '../../domain/questions/store.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { SentMessage } from '../../outbox/find-message.ts'
import { defineMessageKind } from '../../outbox/message-kinds.ts'
import { peopleOf, questionView } from './format.ts'

/** A question to those who lead a project. */
export const questionKind = defineMessageKind({
  kind: 'question',
  title: 'Question',
  authority: 'read plan',
  redraw: redrawQuestion,
})

/** An answer, in the thread where the question was asked and to the person who asked. */
export const answerKind = defineMessageKind({
  kind: 'answer',
  title: 'Answer',
  authority: 'read plan',
})

async function redrawQuestion(
  tx: ReadTx,
  { key }: Pick<SentMessage, 'key'>,
): Promise<Card | undefined> {
  const [, id = ''] = key.split(':')
  const [question] = await findQuestions(tx, { id })
  return question && questionView(question, await namesOf(tx, peopleOf(question)))
}
