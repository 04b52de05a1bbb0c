import { z } from 'zod'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { isId } from '../../base/ids.ts'
import { inLanguageOfChannel } from '../../base/language.ts'
import { fold, quoted } from '../../base/text.ts'
import {
  type CommandContext,
  defineCommand,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { parseWith } from '../../chat/fields.ts'
import { slot } from '../../chat/grammar.ts'
import { savedResult, unchangedResult } from '../../chat/notice.ts'
import {
  requireSafeguardingAnswer,
  safeguardingQuestion,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import { directPlaceOf } from '../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../domain/people/language-of.ts'
import { namesOf } from '../../domain/people/names.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { findEditableProject, requirePersonId } from '../../domain/plan/lookup.ts'
import { programmesOf } from '../../domain/plan/store.ts'
import type { Question, QuestionAnswer } from '../../domain/questions/question.ts'
import { findQuestions, storeAnswer } from '../../domain/questions/store.ts'
import type { Tx } from '../../infra/db.ts'
import { messageIdsByKeyPrefix } from '../../outbox/find-message.ts'
import { editMessage, enqueue } from '../../outbox/outbox.ts'
import { questionKeyPrefix } from './ask.ts'
import { replyFormCard } from './cards.ts'
import { answerView, formatAsked, peopleOf, questionView } from './format.ts'
import { answerKind } from './message-kinds.ts'
import { enqueueThreadReply, isShared } from './thread-reply.ts'

const missingAnswerText = 'Write your answer.'

/** Answers a question in the thread where it was asked, and in private to the person who asked. */
export const reply = defineCommand({
  name: 'reply',
  usages: ['reply <number> <text>'],
  slots: { number: slot.number, text: slot.text },
  examples: ['reply 3 It was approved on Friday'],
  authority: ['change project'],
  notifies: 'member',
  summary: 'Answer a question about a project of yours, such as “reply 3 …”.',
  args: z.object({
    question: optionalText,
    number: optionalText,
    text: optionalText,
    fine: optionalText,
  }),
  run: async (context, args) => {
    const { tx } = context
    const question = await findQuestion(context, args.question ?? args.number ?? '')
    const found = await findEditableProject(context, question.project.id)
    if (question.answer) return alreadyAnsweredReply(context, question)
    const { text } = args
    if (!text) throw fieldRefusal({ text: missingAnswerText })
    await requireSafeguardingAnswer(
      context,
      safeguardingSubjectOf(context, found),
      [text],
      args.fine,
    )
    if (!(await storeAnswer(context, question, found, text))) {
      return alreadyAnsweredReply(context, await findQuestion(context, question.id))
    }
    const answered = await findQuestion(context, question.id)
    const inThread = answered.answer && (await enqueueAnswer(context, answered, answered.answer))
    await updateAskedMessages(tx, answered, context.now)
    const whereSent = inThread ? 'It stands in the thread of the digest.' : 'Who asked is told.'
    const line = `Question ${question.number} is answered.`
    const saved = savedResult(
      [line, formatProject(found), question.text, `Your answer: ${text}`, whereSent],
      line,
    )
    return { ...saved, heardIn: { programmeId: question.programmeId } }
  },
  form: async (context, filled) => {
    const values = parseWith(formValues, filled.values)
    const question = await findQuestion(context, values.question || values.number)
    const found = await findEditableProject(context, question.project.id)
    if (question.answer) throw new Refusal('It is answered already. Nothing was saved.')
    const checkQuestion = await safeguardingQuestion(
      context,
      safeguardingSubjectOf(context, found),
      [values.text],
    )
    const address = addressOf(question)
    const goes =
      address && (await isShared(context.tx, address, question.programmeId))
        ? 'Your answer will stand in the thread of the digest, for everybody in that channel.'
        : 'Your answer goes to who asked.'
    return replyFormCard({
      question: question.id,
      project: formatProject(question.project),
      text: question.text,
      asked: formatAsked(question, await namesOf(context.tx, peopleOf(question))),
      reply: values.text,
      goes,
      problem: filled.problems.text ?? '',
      child: { question: checkQuestion, fine: values.fine },
    })
  },
})

const text = z.string().catch('')
const formValues = z.object({ question: text, number: text, text, fine: text })

/** `ref`: an id, "3", "#3" or "W17/3". Searches the programmes the person belongs to. @throws Refusal */
async function findQuestion({ tx, actor }: QueryContext, ref: string): Promise<Question> {
  const ownProgrammes = await programmesOf(tx, requirePersonId(actor))
  const [, key, digits = ''] = /^(?:([^/]+)\/)?#?(\d{1,9})$/.exec(ref) ?? []
  const programmes = key
    ? ownProgrammes.filter((own) => fold(own.key) === fold(key))
    : ownProgrammes
  const found = await findQuestions(tx, {
    programmeId: { in: programmes.map(({ id }) => id) },
    ...(isId(ref) ? { id: ref } : { number: Number(digits || 0) }),
  })
  const [only, second] = found
  if (!only) throw new Refusal(`There is no question ${quoted(ref)} in your programmes.`)
  if (!second) return only
  const keys = new Map(programmes.map((programme) => [programme.id, programme.key]))
  const options = found.map(({ programmeId, number }) => `${keys.get(programmeId)}/${number}`)
  throw new Refusal(
    `Several of your programmes have a question ${digits}. Say which: ${options.join(' or ')}.`,
  )
}

async function alreadyAnsweredReply({ tx }: QueryContext, question: Question) {
  const names = await namesOf(tx, peopleOf(question))
  const by = question.answer?.byId
  const who = (by && names.get(by)) || 'Somebody'
  return unchangedResult([
    `${who} has answered question ${question.number} already.`,
    question.answer?.text ?? '',
  ])
}

function addressOf({ place, message }: Question) {
  return message === null ? undefined : { place, messageId: message }
}

/** Enqueues the answer for the thread, and for the person who asked. True where the thread gets it. */
async function enqueueAnswer(
  { tx, now }: CommandContext,
  question: Question,
  answer: QuestionAnswer,
): Promise<boolean> {
  const { id, number, programmeId, askedById } = question
  const names = await namesOf(tx, peopleOf(question))
  const answerCard = () => answerView(question, answer, names)
  const address = addressOf(question)
  const why = [`Question ${number} was asked from the message above.`]
  const inThread =
    address !== undefined &&
    (await enqueueThreadReply(
      tx,
      address,
      {
        ...{ kind: answerKind, programmeId, key: `answer:${id}`, why },
        card: inLanguageOfChannel(answerCard),
      },
      now,
    ))
  const place = askedById && (await directPlaceOf(tx, askedById))
  if (place) {
    const to = { place, personId: askedById, programmeIds: [programmeId] }
    const card = await inLanguageOf(tx, askedById, answerCard)
    const privateCopy = { ...to, kind: answerKind, card, key: `answer:${id}:asker` }
    await enqueue(tx, { ...privateCopy, why: [`You asked question ${number}.`] }, now)
  }
  return inThread
}

/** Shows the answer in place of the button in the message of every respondent. */
async function updateAskedMessages(tx: Tx, question: Question, now: Date): Promise<void> {
  const names = await namesOf(tx, peopleOf(question))
  const messageIds = await messageIdsByKeyPrefix(tx, questionKeyPrefix(question))
  for (const id of messageIds) await editMessage(tx, id, () => questionView(question, names), now)
}
