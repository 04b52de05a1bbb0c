import { z } from 'zod'
import { loadProgrammeRoles, relationIn } from '../../authority/programme-roles.ts'
import { may, onBehalfOf } from '../../authority/rights.ts'
import { fullDate } from '../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { listOf, plural } from '../../base/text.ts'
import { programmeArgs } from '../../chat/args.ts'
import { defineCommand, defineQuery, optionalText, type QueryContext } from '../../chat/commands.ts'
import { parseWith } from '../../chat/fields.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { savedResult, unchangedResult } from '../../chat/notice.ts'
import type { RaisedCheck } from '../../domain/checks/check.ts'
import { answerButton, checkCommandData, checkTitle } from '../../domain/checks/format.ts'
import { checkKeys } from '../../domain/checks/registry.ts'
import { loadOpenChecks, loadPlanToCheck, saveCheckAnswer } from '../../domain/checks/store.ts'
import { findEditableProject, findProgramme, requirePersonId } from '../../domain/plan/lookup.ts'
import { programmesOf } from '../../domain/plan/store.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { checkFormCard, checksCard } from './cards.ts'

const rowsShown = 12

export const checks = defineQuery({
  name: 'checks',
  usages: ['checks [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['checks', 'checks for W17'],
  authority: ['look after oneself', 'change project', 'add to programme'],
  summary:
    'What to answer before the board asks: of your projects, or of the whole programme for its office.',
  args: programmeArgs,
  run: async (context, args) => {
    const { tx, actor, today } = context
    const programmes = args.programme
      ? [await findProgramme(tx, actor, args.programme)]
      : await programmesOf(tx, requirePersonId(actor))
    const open: RaisedCheck[] = []
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
          title: checkTitle(raised),
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
async function checksToAnswer(context: QueryContext, { id }: Programme): Promise<RaisedCheck[]> {
  const { tx, actor, today } = context
  const query = { personId: requirePersonId(actor), programmeId: id, today }
  const roles = await loadProgrammeRoles(tx, query)
  const open = await loadOpenChecks(tx, await loadPlanToCheck(tx, id, today))
  return open.filter(({ project }) =>
    project
      ? may('change project', relationIn(roles, project.id))
      : may('add to programme', roles.toProgramme),
  )
}

/** What names a check in a button, a form or words. `about`: a token of one that belongs to no project. */
const checkArgs = z.object({
  project: optionalText,
  programme: optionalText,
  about: optionalText,
  check: z.string().toLowerCase().pipe(z.enum(checkKeys)).optional(),
})
type CheckArgs = z.infer<typeof checkArgs>

interface AnswerableChecks {
  readonly programmeId: string
  /** All that an answer settles: open checks of one kind and one subject. */
  readonly checks: readonly RaisedCheck[]
  readonly onBehalfOfId: string | null
}

/** The open checks that are meant. @throws Refusal where they are not the person's to answer */
async function findAnswerableChecks(
  context: QueryContext,
  args: CheckArgs,
): Promise<AnswerableChecks> {
  const { tx, actor, today } = context
  if (args.project) {
    const found = await findEditableProject(context, args.project)
    const open = await loadOpenChecks(tx, await loadPlanToCheck(tx, found.programme.id, today))
    const its = open.filter(({ project }) => project?.id === found.id)
    return {
      programmeId: found.programme.id,
      checks: selectOneKind(its, args, found.ref),
      onBehalfOfId: onBehalfOf(requirePersonId(actor), found),
    }
  }
  const programme = await findProgrammeById(context, args.programme)
  const open = await checksToAnswer(context, programme)
  const raised = open.filter(
    ({ project, fingerprints }) => project === null && fingerprints.includes(args.about ?? ''),
  )
  return { programmeId: programme.id, checks: raised, onBehalfOfId: null }
}

async function findProgrammeById({ tx, actor }: QueryContext, key = ''): Promise<Programme> {
  const mine = await programmesOf(tx, requirePersonId(actor))
  const programme = mine.find(({ id }) => id === key)
  if (!programme) throw new Refusal('Say which project, by its number. Nothing was saved.')
  return programme
}

/** @throws Refusal where several are open and none is named */
function selectOneKind(
  open: readonly RaisedCheck[],
  { check }: CheckArgs,
  ref: string,
): readonly RaisedCheck[] {
  const kinds = [...new Set(open.map((raised) => raised.check))]
  if (check || kinds.length < 2) return open.filter((raised) => !check || raised.check === check)
  throw new Refusal(
    `Several things are asked of ${ref}: ${listOf(kinds)}. Say which. Nothing was saved.`,
  )
}

const answerMissingText = 'Say why in a few words.'

/** Keeps the answer to a check: "yes, because …". */
export const answer = defineCommand({
  name: 'answer',
  usages: ['answer <project> [<check>] because <text>'],
  slots: { project: slot.project, check: oneOf(...checkKeys), text: slot.text },
  examples: [
    'answer 2.1 because the tender was late',
    'answer 2.1 overdue because the tender was late',
  ],
  authority: ['change project', 'add to programme'],
  summary:
    'Answer a check of a project, such as “answer 2.1 overdue because …”; your answer is kept.',
  args: checkArgs.extend({ text: optionalText }),
  run: async (context, { text, ...args }) => {
    const { programmeId, checks, onBehalfOfId } = await findAnswerableChecks(context, args)
    const [first] = checks
    if (!first) return unchangedResult(['That is not asked any more.'])
    if (!text) throw fieldRefusal({ text: answerMissingText })
    for (const one of checks)
      await saveCheckAnswer(context, programmeId, one, { answer: text, onBehalfOfId })
    return savedResult(
      [checkTitle(first), ...checks.map(({ question }) => question), `Your answer: ${text}`],
      `A check of ${checkTitle(first)} was answered.`,
    )
  },
  form: async (context, { values, problems }) => {
    const formArgs = checkArgs.extend({ text: z.string().optional() })
    const { text = '', ...args } = parseWith(formArgs, values)
    const { checks } = await findAnswerableChecks(context, args)
    const [first] = checks
    if (!first) throw new Refusal('That is not asked any more. Nothing was saved.')
    return checkFormCard({
      title: checkTitle(first),
      questions: checks.map(({ question }) => question),
      data: checkCommandData(first),
      text,
      problem: problems.text ?? '',
    })
  },
})
