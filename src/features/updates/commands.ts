import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { refusalOf } from '../../base/errors.ts'
import { type Answer, type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { answerButton, askedInWords } from '../../domain/checks/format.ts'
import { askAboutChild, subjectOf } from '../../domain/checks/safeguarding-guard.ts'
import { checksAfterUpdate } from '../../domain/checks/update-checks.ts'
import { namesOf } from '../../domain/people/names.ts'
import { named } from '../../domain/plan/format.ts'
import { type FoundProject, knownPerson, projectToChange } from '../../domain/plan/lookup.ts'
import { aimsOf } from '../../domain/plan/outcome-links.ts'
import { mayChange, mayConfirm } from '../../domain/plan/permissions.ts'
import { peopleIn } from '../../domain/plan/plan.ts'
import { loadProject } from '../../domain/plan/store.ts'
import { goalOf, shown, stateByKey } from '../../domain/scheme/schemes.ts'
import {
  checkUpdate,
  criteriaInWords,
  isToConfirm,
  type UpdateChecked,
  type Ways,
  waysOf,
} from '../../domain/status/rules.ts'
import { aboutToBeSaid, countingState, newUpdate } from '../../domain/status/store.ts'
import { secondRatingShown } from '../assurance/view.ts'
import { chooseProject, projectMeant } from '../questions/project-picker.ts'
import { audienceInWords, audienceNamed } from './audience-arg.ts'
import { projectView } from './project-view.ts'
import { updateForm } from './update-form.ts'

const projectNamed = z.string({ error: 'Say which project, by its number.' })

/**
 * A multiple choice arrives as a list, and from some clients as one text with commas.
 * Nothing ticked means that the criteria were passed over, not that none is met.
 */
const ticks = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(',').filter(Boolean))])
  .optional()
  .transform((keys) => (keys && keys.length > 0 ? keys : undefined))

const updateArgs = z.object({
  project: projectNamed,
  state: optionalText,
  reason: optionalText,
  path: optionalText,
  date: optionalText,
  criteria: ticks,
  differs: optionalText,
  audience: audienceNamed,
})
type UpdateArgs = z.infer<typeof updateArgs> & { readonly fine?: string | undefined }

export const update = defineCommand({
  name: 'update',
  appends: true,
  usages: ['<project> <state> [<reason>] [green by <date>] [for <audience> only]'],
  summary:
    'Say how a project stands: red, amber or green, or what your programme says instead. Red and Amber need a reason and the day it will be Green again. “For internal only” keeps your words out of the board’s digest.',
  args: updateArgs,
  run: updateProject,
  form: updateForm,
})

/** The same, where I asked whether the words tell of a child: what was answered is stored with it. */
export const updateFine = defineCommand({
  name: 'update-fine',
  usages: [
    '<project> <state> <reason> [green by <date>] [for <audience> only] words are fine because <fine>',
  ],
  summary: 'The same, where I asked about your words and they tell of no child.',
  args: updateArgs.extend({ fine: optionalText }),
  run: updateProject,
  form: updateForm,
})

async function updateProject(context: Context, args: UpdateArgs): Promise<Answer> {
  const found = await projectToChange(context, args.project)
  const { settings } = found.programme
  const ways = waysOf(settings)
  const checked = checkUpdate(args, ways, context.today)
  if (!checked.ok) throw refusalOf(checked.problems)
  const { reason, path, differs } = checked.update
  await askAboutChild(context, subjectOf(context, found), [reason, path, differs], args.fine)
  // Only where a second person is asked for does it matter how the project stood: it saves a statement.
  const before = settings.confirm.improvement
    ? await countingState(context.tx, found.id, context.today)
    : ways.scheme.blank.key
  const toConfirm = isToConfirm(before, checked.update.state, settings)
  const audience = args.audience ?? settings.commentaryFor
  const recorded = { toConfirm, audience }
  const awaiting = toConfirm ? ', awaiting confirmation' : ''
  const line = `${named(found)} is ${shown(checked.update.state)}${awaiting}, as at ${fullDate(context.today)}.`
  const until = toConfirm
    ? [
        `It counts as ${shown(stateByKey(ways.scheme, before))} until ${await confirmersOf(context, found)} confirms it: ${context.prefix} confirm ${found.ref}`,
      ]
    : []
  const said = aboutToBeSaid(context, found, checked.update, recorded)
  const raised = await checksAfterUpdate(context, found, said)
  const lines = [
    ...[line, ...until, ...storedInWords(checked.update, ways)],
    ...audienceInWords(checked.update, audience),
    ...askedInWords(raised),
  ]
  const buttons = raised.map((one) => answerButton(one))
  return {
    card: noticeCard({ heading: 'Stored', lines, buttons }),
    note: line,
    appends: newUpdate(found.id, said),
  }
}

/** 'Priya Marlowe or the programme office': who may confirm, but for the person who said it. */
async function confirmersOf({ tx, actor }: Context, { sponsors }: FoundProject): Promise<string> {
  const ids = sponsors.filter((id) => id !== actor.personId)
  const names = [...(await namesOf(tx, ids)).values()].toSorted()
  return [...names, 'your programme office'].join(' or ')
}

function storedInWords(update: UpdateChecked, ways: Ways): string[] {
  const { reason, path, greenBy } = update
  return [
    ...(reason ? [`Reason: ${reason}`] : []),
    ...(path ? [`Path to green: ${path}`] : []),
    ...(greenBy ? [`${goalOf(ways.scheme).label} by ${fullDate(greenBy)}.`] : []),
    ...criteriaInWords(update, ways),
  ]
}

export const show = defineCommand({
  name: 'show',
  tells: true,
  usages: ['<project>'],
  summary: 'One project: how it stands, its milestones and its history.',
  args: z.object({ project: projectNamed, programme: optionalText }),
  run: async (context, args) => {
    const found = await projectMeant(context, args)
    const project = await loadProject(context.tx, found.id, context.today)
    const personId = knownPerson(context.actor)
    return {
      card: projectView({
        project,
        aims: await aimsOf(context.tx, found.id),
        ways: waysOf(found.programme.settings),
        today: context.today,
        names: await namesOf(context.tx, peopleIn(project)),
        second: await secondRatingShown(context, found, project),
        personId,
        mayChange: mayChange(personId, found),
        mayConfirm: mayConfirm(personId, found),
      }),
    }
  },
  form: (context, filled) =>
    chooseProject(context, filled, { heading: 'Open a project', button: 'Open', verb: 'show' }),
})
