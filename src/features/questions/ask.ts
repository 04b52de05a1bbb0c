import { z } from 'zod'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { listOf } from '../../base/text.ts'
import {
  type CommandContext,
  defineCommand,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { parseWith } from '../../chat/fields.ts'
import { slot } from '../../chat/grammar.ts'
import { projectForm } from '../../chat/project-form.ts'
import {
  requireSafeguardingAnswer,
  safeguardingQuestion,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import { loadContactability } from '../../domain/people/contactability.ts'
import { directPlaceOf } from '../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../domain/people/language-of.ts'
import { namesOf } from '../../domain/people/names.ts'
import type { Person } from '../../domain/people/person.ts'
import { formatProject } from '../../domain/plan/format.ts'
import type { FoundProject } from '../../domain/plan/lookup.ts'
import { recipientsOf } from '../../domain/plan/recipients.ts'
import { loadRecentPlan } from '../../domain/plan/store.ts'
import type { Question } from '../../domain/questions/question.ts'
import { storeQuestion } from '../../domain/questions/store.ts'
import { loadProjectChoices, resolveProject } from '../../domain/status/project-choices.ts'
import { enqueue } from '../../outbox/outbox.ts'
import { questionView, savedNotice } from './format.ts'
import { questionKind } from './message-kinds.ts'
import { nextWorkingHour } from './next-working-hour.ts'
import { isShared } from './thread-reply.ts'

const missingQuestionText = 'Say what you want to know.'

/** Asks the leads of a project a question. Every member of the programme may ask. */
export const ask = defineCommand({
  name: 'ask',
  usages: ['ask <project> <text>'],
  slots: { project: slot.project, text: slot.text },
  examples: ['ask 2.1 Is the tender out?'],
  authority: ['ask leads'],
  notifies: 'member',
  summary: 'Ask those who lead a project. From a digest, the answer stands in its thread.',
  args: z.object({
    project: optionalText,
    text: optionalText,
    fine: optionalText,
    programme: optionalText,
  }),
  run: async (context, { project, text, fine, programme }) => {
    const found = await resolveProject(context, { project, programme })
    if (!text) throw fieldRefusal({ text: missingQuestionText })
    await requireSafeguardingAnswer(
      context,
      { ...safeguardingSubjectOf(context, found), onBehalfOfId: null },
      [text],
      fine,
    )
    const respondents = await findRespondents(context, found)
    const { message } = context
    const isInThread =
      message !== undefined && (await isShared(context.tx, message, found.programme.id))
    const asked = { ...context, message: isInThread ? message : undefined }
    const question = await storeQuestion(asked, found, text)
    for (const person of respondents) await enqueueQuestion(context, question, found, person)
    const names = listOf(respondents.map(({ name }) => name))
    const whereAnswered = isInThread
      ? 'The answer will stand in the thread of the digest, and you get a copy.'
      : 'The answer will come to you.'
    const saved = savedNotice(
      context,
      [
        `Question ${question.number}: ${formatProject(found)}`,
        text,
        `Asked of ${names}. ${whereAnswered}`,
      ],
      `${formatProject(found)}: question ${question.number} was asked.`,
    )
    return { ...saved, heardIn: { programmeId: found.programme.id } }
  },
  form: async (context, filled) => {
    const values = parseWith(formValues, filled.values)
    return projectForm(filled, (chosen) => loadProjectChoices(context, chosen), {
      heading: 'Ask a question',
      button: 'Ask',
      verb: 'ask',
      textLabel: 'What do you want to know?',
      question: await safeguardingQuestionFor(context, values),
    })
  },
})

const text = z.string().catch('')
const formValues = z.object({ project: text, programme: text, text })

async function safeguardingQuestionFor(
  context: QueryContext,
  values: z.infer<typeof formValues>,
): Promise<string> {
  if (!values.project || !values.text) return ''
  const found = await resolveProject(context, values)
  return safeguardingQuestion(context, safeguardingSubjectOf(context, found), [values.text])
}

/**
 * The people who would get a reminder about the project: its leads, the deputies of leads who are away, or those above
 * where there is no lead. @throws Refusal where nobody but the person who asks can be reached
 */
async function findRespondents(
  { tx, actor, now, today }: QueryContext,
  found: FoundProject,
): Promise<Person[]> {
  const plan = await loadRecentPlan(tx, found.programme.id, today)
  const project = plan.projects.find(({ id }) => id === found.id)
  const contactabilityOf = await loadContactability(tx, now)
  const recipients = project ? recipientsOf(plan, project, { day: today, contactabilityOf }) : []
  const people = recipients.flatMap(({ person }) => person ?? [])
  const others = people.filter(
    ({ id }) => id !== actor.personId && contactabilityOf(id) === 'reached',
  )
  if (others.length > 0) return others
  const why = people.length > 0 ? 'You lead it yourself' : 'Nobody who leads it can be reached'
  throw new Refusal(
    `${why}, so there is nobody to ask of ${formatProject(found)}. Nothing was saved.`,
  )
}

async function enqueueQuestion(
  { tx, now }: CommandContext,
  question: Question,
  { programme }: FoundProject,
  person: Person,
): Promise<void> {
  const place = await directPlaceOf(tx, person.id)
  if (!place) return
  const { askedById } = question
  const names = await namesOf(tx, askedById ? [askedById] : [])
  await enqueue(
    tx,
    {
      key: `${questionKeyPrefix(question)}${person.id}`,
      kind: questionKind,
      place,
      card: await inLanguageOf(tx, person.id, () => questionView(question, names)),
      why: [`It was asked of ${formatProject(question.project)}, for which you answer.`],
      programmeIds: [programme.id],
      personId: person.id,
      notBefore: nextWorkingHour(person, programme, now),
    },
    now,
  )
}

/** The prefix of the outbox keys of all messages that ask this question: one message for each respondent. */
export function questionKeyPrefix({ id }: Pick<Question, 'id'>): string {
  return `question:${id}:`
}
