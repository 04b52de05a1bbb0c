import { z } from 'zod'
import { loadProgrammeRoles } from '../../authority/programme-roles.ts'
import { fullDate } from '../../base/dates.ts'
import { defineQuery, optionalText, type QueryContext } from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { parseAsAtDate } from '../../domain/deadlines/date-args.ts'
import { authorName, namesOf } from '../../domain/people/names.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { findProgramme, requirePersonId } from '../../domain/plan/lookup.ts'
import { loadPlan } from '../../domain/plan/store.ts'
import { type EntryKind, entryKinds } from '../../domain/register/entry.ts'
import { entryName, formatDetails, kindNouns } from '../../domain/register/format.ts'
import { findEntry } from '../../domain/register/lookup.ts'
import { mayAdd, mayClose } from '../../domain/register/permissions.ts'
import { heldUpDependencies, registerAsAt } from '../../domain/register/rules.ts'
import { loadEntries } from '../../domain/register/store.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { registerView } from './views.ts'

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
  const plan = await loadPlan(tx, programme.id, asAt)
  const scheme = schemeOf(plan.programme.settings)
  const open = registerAsAt(await loadEntries(tx, programme.id), asAt, scheme)
  const personId = requirePersonId(actor)
  const roles = await loadProgrammeRoles(tx, { personId, programmeId: programme.id, today })
  const isPast = asAt < today
  return {
    card: registerView({
      programme,
      register: open,
      heldUp: heldUpDependencies(open.dependencies, plan, scheme),
      scheme,
      asAt,
      listedKinds: listed,
      prefix,
      mayClose: (entry) => !isPast && mayClose(roles, entry),
      addableKinds: listed.filter((kind) => !isPast && mayAdd(roles, kind)),
    }),
  }
}

export const showRegister = defineQuery({
  name: 'register',
  usages: ['register [for <programme>] [as at <date>]'],
  slots: { programme: slot.text, date: slot.date },
  examples: ['register', 'register for W17 as at 31 Mar'],
  authority: ['read plan'],
  summary:
    'Decisions needed, risks, dependencies and headlines of a programme, today or as at a day.',
  args: registerArgs,
  run: (context, args) =>
    registerReply(context, args, ['decision', 'risk', 'dependency', 'headline']),
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
    const names = await namesOf(
      tx,
      [entry.byId, entry.closing?.byId].filter((id) => typeof id === 'string'),
    )
    const who = (id: string | null) => (id === null ? '' : `, by ${authorName(names, id)}`)
    const { closing } = entry
    const lines = [
      entry.project ? formatProject(entry.project) : programme.title,
      ...(entry.text ? [entry.text] : []),
      ...(entry.kind === 'headline'
        ? []
        : formatDetails(entry, closing?.onDay ?? context.today, schemeOf(programme.settings))),
      `Added on ${fullDate(entry.onDay)}${who(entry.byId)}`,
      ...(closing ? [`Closed on ${fullDate(closing.onDay)}${who(closing.byId)}`] : []),
      ...(closing?.outcome ? [closing.outcome] : []),
    ]
    const buttons =
      !closing && mayClose(roles, entry)
        ? [{ title: 'Close', verb: 'close:form', data: { entry: entry.id } }]
        : []
    return { card: noticeCard({ heading: entryName(entry), lines, buttons }) }
  },
})
