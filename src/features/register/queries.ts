import { z } from 'zod'
import { loadProgrammeRoles } from '../../authority/programme-roles.ts'
import { addDays, fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { defineQuery, optionalText, type QueryContext } from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { type NoticeButton, noticeCard } from '../../chat/notice.ts'
import { parseAsAtDate } from '../../domain/deadlines/date-args.ts'
import { authorName, namesOf } from '../../domain/people/names.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { formatLife } from '../../domain/plan/life.ts'
import { findProgramme, requirePersonId } from '../../domain/plan/lookup.ts'
import { loadLives } from '../../domain/plan/project-store.ts'
import { loadRecentPlan } from '../../domain/plan/store.ts'
import { type Entry, type EntryKind, entryKinds } from '../../domain/register/entry.ts'
import {
  type DetailContext,
  entryName,
  formatDetails,
  formatReopening,
  kindNouns,
  ownersOf,
} from '../../domain/register/format.ts'
import { loadEntries } from '../../domain/register/load-entries.ts'
import { findEntry } from '../../domain/register/lookup.ts'
import { mayAdd, mayClose } from '../../domain/register/permissions.ts'
import { reviewedKinds } from '../../domain/register/review-rules.ts'
import { formatScore } from '../../domain/register/risk-score.ts'
import { heldUpDependencies, registerAsAt } from '../../domain/register/rules.ts'
import { formatState, schemeOf, stateByKey } from '../../domain/scheme/schemes.ts'
import type { ReadTx } from '../../infra/db.ts'
import { registerView } from './views.ts'

/** For how many days the register shows that what a project waits for was moved. */
const slippedDays = 14

const registerArgs = z.object({ programme: optionalText, date: optionalText })
type RegisterArgs = z.infer<typeof registerArgs>

async function registerReply(
  context: QueryContext,
  args: RegisterArgs,
  listed: readonly EntryKind[],
) {
  const { tx, actor, today, prefix } = context
  const asAt = parseAsAtDate(args.date, today)
  const programme = await findProgramme(tx, actor, args.programme)
  const plan = await loadRecentPlan(tx, programme.id, asAt)
  const scheme = schemeOf(plan.programme.settings)
  const entries = await loadEntries(tx, programme.id)
  const open = registerAsAt(entries, asAt, scheme)
  const personId = requirePersonId(actor)
  const roles = await loadProgrammeRoles(tx, { personId, programmeId: programme.id, today })
  const isPast = asAt < today
  return {
    card: registerView({
      programme,
      register: open,
      heldUp: heldUpDependencies(open.dependencies, plan, scheme, {
        slippedFrom: addDays(asAt, -slippedDays),
      }),
      notes: isPast
        ? new Map()
        : await lifeNotes(tx, [
            ...open.risks,
            ...open.issues,
            ...open.actions,
            ...open.decisions,
            ...open.dependencies,
          ]),
      details: {
        ...{ asAt, scheme },
        names: await namesOf(tx, ownersOf([...open.risks, ...open.issues, ...open.actions])),
      },
      listedKinds: listed,
      prefix,
      mayClose: (entry) => !isPast && mayClose(roles, entry),
      addableKinds: listed.filter((kind) => !isPast && mayAdd(roles, kind)),
    }),
  }
}

/**
 * What to do about entries whose project, or the one it waits for, is not live any more: they stay open until somebody
 * closes them. By the entry's id.
 */
async function lifeNotes(
  tx: ReadTx,
  entries: readonly Entry[],
): Promise<ReadonlyMap<string, string>> {
  const ids = entries.flatMap((entry) => [
    ...(entry.project ? [entry.project.id] : []),
    ...(entry.kind === 'dependency' && entry.dependsOnId ? [entry.dependsOnId] : []),
  ])
  const lives = await loadLives(tx, [...new Set(ids)])
  return new Map(
    entries.flatMap((entry): [string, string][] => {
      const own = entry.project && lives.get(entry.project.id)
      const awaited = entry.kind === 'dependency' && lives.get(entry.dependsOnId ?? '')
      if (awaited)
        return [
          [
            entry.id,
            `It waits for what is ${formatLife(awaited)}: close it, or say what it waits for now`,
          ],
        ]
      return own ? [[entry.id, `Its project is ${formatLife(own)}: close it where it is over`]] : []
    }),
  )
}

export const showRegister = defineQuery({
  name: 'register',
  usages: ['register [for <programme>] [as at <date>]'],
  slots: { programme: slot.text, date: slot.date },
  examples: ['register', 'register for W17 as at 31 Mar'],
  authority: ['read plan'],
  summary:
    'Decisions needed, risks, issues, actions, dependencies and headlines of a programme, today or as at a day.',
  args: registerArgs,
  run: (context, args) =>
    registerReply(context, args, [
      ...(['decision', 'action', 'risk', 'issue', 'dependency', 'headline'] as const),
    ]),
})

function defineListCommand(kind: EntryKind, summary: string) {
  const [, many] = kindNouns[kind]
  return defineQuery({
    name: many,
    usages: [`${many} [for <programme>] [as at <date>]`],
    slots: { programme: slot.text, date: slot.date },
    examples: [`${many}`, `${many} as at 31 Mar`],
    authority: ['read plan'],
    summary,
    args: registerArgs,
    run: (context, args) => registerReply(context, args, [kind]),
  })
}

export const listRisks = defineListCommand('risk', 'The open risks, worst first.')
export const listIssues = defineListCommand('issue', 'The open issues, worst first.')
export const listActions = defineListCommand(
  'action',
  'The open actions with their owners, overdue ones first.',
)
export const listDecisions = defineListCommand(
  'decision',
  'The decisions that are needed, overdue ones first.',
)
export const listDependencies = defineListCommand(
  'dependency',
  'What waits for what, and what is held up.',
)
export const listHeadlines = defineListCommand('headline', 'The headlines, newest first.')

/** One entry, whole, open or closed. */
export const showEntry = defineQuery({
  name: 'entry',
  usages: ['<kind> <number>'],
  slots: { kind: oneOf(...entryKinds), number: slot.number },
  examples: ['risk 3', 'decision W17/2'],
  authority: ['read plan'],
  summary: 'One entry of the register with all that was said of it, such as risk 3 or decision 2.',
  args: z.object({
    kind: z.string().toLowerCase().pipe(z.enum(entryKinds)).optional(),
    number: z.string({ error: 'Say its number.' }),
  }),
  run: async (context, args) => {
    const found = await findEntry(context, args)
    const { entry, programme } = found
    const { tx, actor } = context
    const query = { personId: requirePersonId(actor), programmeId: programme.id }
    const roles = await loadProgrammeRoles(tx, { ...query, today: context.today })
    const { closing } = entry
    const told = [entry.byId, closing?.byId, ...entry.reviews.map(({ byId }) => byId)]
    const ids = told.filter((id) => typeof id === 'string')
    const names = await namesOf(tx, [...ids, ...ownersOf([entry])])
    const scheme = schemeOf(programme.settings)
    const asAt = closing?.onDay ?? context.today
    const who = (id: string | null) => (id === null ? '' : `, by ${authorName(names, id)}`)
    const reopened = formatReopening(entry, context.today)
    const lines = [
      entry.project ? formatProject(entry.project) : programme.title,
      ...(entry.text ? [entry.text] : []),
      ...(entry.kind === 'headline' ? [] : formatDetails(entry, { asAt, scheme, names })),
      ...reviewLines(entry, { scheme, names }),
      `Added on ${fullDate(entry.onDay)}${who(entry.byId)}`,
      ...(reopened ? [reopened] : []),
      ...(closing ? [`Closed on ${fullDate(closing.onDay)}${who(closing.byId)}`] : []),
      ...(closing?.outcome ? [closing.outcome] : []),
    ]
    const buttons = mayClose(roles, entry) ? buttonsOf(entry) : []
    return { card: noticeCard({ heading: entryName(entry), lines, buttons }) }
  },
})

function buttonsOf({ id, kind, closing }: Entry): NoticeButton[] {
  const data = { entry: id }
  if (closing) return []
  const isReviewed = reviewedKinds.some((one) => one === kind)
  return [
    { title: 'Close', verb: 'close:form', data },
    ...(isReviewed ? [{ title: 'Review', verb: 'review:form', data }] : []),
  ]
}

/** How many reviews an entry shows; its history holds all. */
const maxReviews = 10

/** What was said of it since, newest first. */
function reviewLines(
  entry: Entry,
  { scheme, names }: Pick<DetailContext, 'scheme' | 'names'>,
): string[] {
  const older = entry.reviews.length - maxReviews
  const lines = entry.reviews.toReversed().slice(0, maxReviews)
  return [
    ...lines.map(({ onDay, byId, reason, state, score, neededBy, withdrawnOn }) => {
      const rated = state === null ? [] : [formatState(stateByKey(scheme, state))]
      const parts = [
        ...[...rated, ...(score ? [formatScore(score)] : [])],
        ...(neededBy ? [`by ${fullDate(neededBy)}`] : []),
        ...(reason ? [`because ${reason}`] : []),
        ...(withdrawnOn ? [`taken back on ${fullDate(withdrawnOn)}`] : []),
      ]
      const by = byId === null ? '' : ` by ${authorName(names, byId)}`
      return `Reviewed on ${fullDate(onDay)}${by}: ${parts.join(', ')}`
    }),
    ...(older > 0 ? [`${plural(older, 'earlier review')}`] : []),
  ]
}
