import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { listOf } from '../../base/text.ts'
import { type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { askAboutChild, childQuestion, subjectOf } from '../../domain/checks/safeguarding-guard.ts'
import { directPlaceOf } from '../../domain/people/identity-store.ts'
import { namesOf } from '../../domain/people/names.ts'
import { named } from '../../domain/plan/format.ts'
import type { FoundProject } from '../../domain/plan/lookup.ts'
import type { Person } from '../../domain/plan/plan.ts'
import { recipientsOf } from '../../domain/plan/recipients.ts'
import { loadPlan } from '../../domain/plan/store.ts'
import type { Question } from '../../domain/questions/question.ts'
import { storeQuestion } from '../../domain/questions/store.ts'
import { decide } from '../../outbox/outbox.ts'
import { reachOf } from '../reminders/wake-queries.ts'
import { questionView, storedFrom } from './format.ts'
import { nextHour } from './next-working-hour.ts'
import { chooseProject, projectMeant } from './project-picker.ts'
import { isShared } from './thread-reply.ts'

const sayWhat = 'Say what you want to know.'

/** A question to those who lead a project. Everybody in the programme may ask. */
export const ask = defineCommand({
  name: 'ask',
  usages: ['ask <project> <text>'],
  summary: 'Ask those who lead a project. From a digest, the answer stands in its thread.',
  args: z.object({
    project: optionalText,
    text: optionalText,
    fine: optionalText,
    programme: optionalText,
  }),
  run: async (context, { project, text, fine, programme }) => {
    const found = await projectMeant(context, { project, programme })
    if (!text) throw new Refusal(`${sayWhat} Nothing was stored.`, { text: sayWhat })
    await askAboutChild(context, { ...subjectOf(context, found), forId: null }, [text], fine)
    const asked = await whoIsAsked(context, found)
    const question = await storeQuestion(context, found, text)
    for (const person of asked) await deliver(context, question, found, person)
    const names = listOf(asked.map(({ name }) => name))
    const isSeen = context.message !== undefined && (await isShared(context.tx, context.message))
    const goes = isSeen
      ? 'The answer will stand in the thread of the digest, and you get a copy.'
      : 'The answer will come to you.'
    return storedFrom(
      context,
      [`Question ${question.number}: ${named(found)}`, text, `Asked of ${names}. ${goes}`],
      `${named(found)}: question ${question.number} was asked.`,
    )
  },
  form: async (context, filled) => {
    const values = asForm.parse(filled.values)
    return chooseProject(context, filled, {
      heading: 'Ask a question',
      button: 'Ask',
      verb: 'ask',
      textLabel: 'What do you want to know?',
      question: await childQuestionOf(context, values),
    })
  },
})

const text = z.string().catch('')
const asForm = z.object({ project: text, programme: text, text })

async function childQuestionOf(context: Context, values: z.infer<typeof asForm>): Promise<string> {
  if (!values.project || !values.text) return ''
  const found = await projectMeant(context, values)
  return childQuestion(context, subjectOf(context, found), [values.text])
}

/**
 * Those whose turn it is, as with reminders: the leads, their deputies while they are away, else who stands above.
 * @throws Refusal where that is nobody but the person who asks
 */
async function whoIsAsked(
  { tx, actor, now, today }: Context,
  found: FoundProject,
): Promise<Person[]> {
  const plan = await loadPlan(tx, found.programme.id, today)
  const project = plan.projects.find(({ id }) => id === found.id)
  const reach = await reachOf(tx, now)
  const recipients = project ? recipientsOf(plan, project, { day: today, reach }) : []
  const people = recipients.flatMap(({ person }) => person ?? [])
  const others = people.filter(({ id }) => id !== actor.personId && reach(id) === 'reached')
  if (others.length > 0) return others
  const why = people.length > 0 ? 'You lead it yourself' : 'Nobody who leads it can be reached'
  throw new Refusal(`${why}, so there is nobody to ask of ${named(found)}. Nothing was stored.`)
}

async function deliver(
  { tx, now }: Context,
  question: Question,
  { programme }: FoundProject,
  person: Person,
): Promise<void> {
  const place = await directPlaceOf(tx, person.id)
  if (!place) return
  const { askedById } = question
  const names = await namesOf(tx, askedById ? [askedById] : [])
  await decide(
    tx,
    {
      key: `${keyOf(question)}${person.id}`,
      kind: 'question',
      place,
      card: questionView(question, names),
      why: [`It was asked of ${named(question.project)}, for which you answer.`],
      programmeId: programme.id,
      personId: person.id,
      notBefore: nextHour(person, programme, now),
    },
    now,
  )
}

/** How the keys begin of all the messages that put a question to somebody. */
export function keyOf({ id }: Pick<Question, 'id'>): string {
  return `question:${id}:`
}
