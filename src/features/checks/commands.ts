import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { listOf, plural } from '../../base/text.ts'
import { type Command, type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { nothingToChange, stored } from '../../chat/notice.ts'
import { checkKeys, type Raised } from '../../domain/checks/check.ts'
import { answerButton, dataOf, titleOf } from '../../domain/checks/format.ts'
import { checksIn, keepAnswer } from '../../domain/checks/store.ts'
import { findProgramme, knownPerson, projectToChange } from '../../domain/plan/lookup.ts'
import { answersFor, rightsIn } from '../../domain/plan/permissions.ts'
import type { Programme } from '../../domain/plan/plan.ts'
import { loadPlan, programmesOf } from '../../domain/plan/store.ts'
import { projectsOf } from '../updates/views.ts'
import { checkFormCard, checksCard } from './cards.ts'

const rowsShown = 12

export const checks = defineCommand({
  name: 'checks',
  tells: true,
  usages: ['checks [for <programme>]'],
  summary:
    'What to answer before the board asks: of your projects, or of the whole programme for its office.',
  args: z.object({ programme: optionalText }),
  run: async (context, args) => {
    const { tx, actor, today } = context
    const programmes = args.programme
      ? [await findProgramme(tx, actor, args.programme)]
      : await programmesOf(tx, knownPerson(actor))
    const open: Raised[] = []
    for (const programme of programmes) open.push(...(await checksToAnswer(context, programme)))
    const rest = open.length - rowsShown
    return {
      card: checksCard({
        heading: `Checks as at ${fullDate(today)}`,
        intro:
          open.length === 0
            ? 'There is nothing to answer.'
            : `${plural(open.length, 'question')} to answer before the board asks.`,
        rows: open.slice(0, rowsShown).map((raised) => ({
          title: titleOf(raised),
          question: raised.question,
          buttons: [
            answerButton(raised, 'Answer'),
            ...(raised.project
              ? [{ title: 'Show', verb: 'show', data: { project: raised.project.id } }]
              : []),
          ],
        })),
        more: rest > 0 ? `${rest} more ${rest === 1 ? 'is' : 'are'} not listed.` : '',
      }),
    }
  },
})

/**
 * The open checks that the person may answer: who may change a project answers for it, deputies too; what concerns the
 * whole programme, who adds to its register.
 */
async function checksToAnswer(context: Context, { id }: Programme): Promise<Raised[]> {
  const { tx, actor, today } = context
  const personId = knownPerson(actor)
  const { isOffice, leadsWorkstream } = await rightsIn(tx, personId, id)
  const plan = await loadPlan(tx, id, today)
  const theirs = new Set(projectsOf(plan, personId).map((project) => project.id))
  const open = await checksIn(tx, plan)
  return open.filter(
    ({ project }) => isOffice || (project ? theirs.has(project.id) : leadsWorkstream),
  )
}

/** What names a check in a button, a form or words. `about`: a token of one that belongs to no project. */
const named = z.object({
  project: optionalText,
  programme: optionalText,
  about: optionalText,
  check: z.string().toLowerCase().pipe(z.enum(checkKeys)).optional(),
})
type Named = z.infer<typeof named>

interface Asked {
  readonly programmeId: string
  /** All that an answer settles: open checks of one kind and one subject. */
  readonly raised: readonly Raised[]
  readonly forId: string | null
}

/** The open checks that are meant. @throws Refusal where they are not the person's to answer */
async function checksMeant(context: Context, args: Named): Promise<Asked> {
  const { tx, actor, today } = context
  if (args.project) {
    const found = await projectToChange(context, args.project)
    const open = await checksIn(tx, await loadPlan(tx, found.programme.id, today))
    const its = open.filter(({ project }) => project?.id === found.id)
    return {
      programmeId: found.programme.id,
      raised: ofOneKind(its, args, found.ref),
      forId: answersFor(knownPerson(actor), found),
    }
  }
  const programme = await programmeNamed(context, args.programme)
  const open = await checksToAnswer(context, programme)
  const raised = open.filter(
    ({ project, about }) => project === null && about.includes(args.about ?? ''),
  )
  return { programmeId: programme.id, raised, forId: null }
}

async function programmeNamed({ tx, actor }: Context, key = ''): Promise<Programme> {
  const mine = await programmesOf(tx, knownPerson(actor))
  const programme = mine.find(({ id }) => id === key)
  if (!programme) throw new Refusal('Say which project, by its number. Nothing was stored.')
  return programme
}

/** @throws Refusal where several are open and none is named */
function ofOneKind(open: readonly Raised[], { check }: Named, ref: string): readonly Raised[] {
  const kinds = [...new Set(open.map((raised) => raised.check))]
  if (check || kinds.length < 2) return open.filter((raised) => !check || raised.check === check)
  throw new Refusal(
    `Several things are asked of ${ref}: ${listOf(kinds)}. Say which. Nothing was stored.`,
  )
}

const sayWhy = 'Say why in a few words.'

/** Keeps the answer to a check: "yes, because …". */
export const answer = defineCommand({
  name: 'answer',
  usages: ['answer <project> [<check>] because <text>'],
  summary:
    'Answer a check of a project, such as “answer 2.1 overdue because …”; your answer is kept.',
  args: named.extend({ text: optionalText }),
  run: async (context, { text, ...args }) => {
    const { programmeId, raised, forId } = await checksMeant(context, args)
    const [first] = raised
    if (!first) return nothingToChange(['That is not asked any more.'])
    if (!text) throw new Refusal(`${sayWhy} Nothing was stored.`, { text: sayWhy })
    for (const one of raised) await keepAnswer(context, programmeId, one, { answer: text, forId })
    return stored(
      [titleOf(first), ...raised.map(({ question }) => question), `Your answer: ${text}`],
      `A check of ${titleOf(first)} was answered.`,
    )
  },
  form: async (context, { values, problems }) => {
    const { text = '', ...args } = named.extend({ text: z.string().optional() }).parse(values)
    const { raised } = await checksMeant(context, args)
    const [first] = raised
    if (!first) throw new Refusal('That is not asked any more. Nothing was stored.')
    return checkFormCard({
      title: titleOf(first),
      questions: raised.map(({ question }) => question),
      data: dataOf(first),
      text,
      problem: problems.text ?? '',
    })
  },
})

export const checkCommands: readonly Command[] = [checks, answer]
