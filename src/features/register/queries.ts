import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { dayAsked } from '../../domain/deadlines/date-args.ts'
import { namesOf } from '../../domain/people/names.ts'
import { named } from '../../domain/plan/format.ts'
import { findProgramme, knownPerson } from '../../domain/plan/lookup.ts'
import { rightsIn } from '../../domain/plan/permissions.ts'
import { loadPlan } from '../../domain/plan/store.ts'
import { type Kind, kinds } from '../../domain/register/entry.ts'
import { detailsOf, nameOf, nouns } from '../../domain/register/format.ts'
import { findEntry, mayAdd, mayClose } from '../../domain/register/lookup.ts'
import { heldUp, registerAsAt } from '../../domain/register/rules.ts'
import { loadEntries } from '../../domain/register/store.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { registerView } from './views.ts'

const ofProgramme = z.object({ programme: optionalText, date: optionalText })
type Asked = z.infer<typeof ofProgramme>

async function answer(context: Context, args: Asked, listed: readonly Kind[]) {
  const { tx, actor, today, prefix } = context
  const asAt = dayAsked(args.date, today)
  const programme = await findProgramme(tx, actor, args.programme)
  const scheme = schemeOf(programme.settings)
  const open = registerAsAt(await loadEntries(tx, programme.id), asAt, scheme)
  const plan = await loadPlan(tx, programme.id, asAt)
  const rights = await rightsIn(tx, knownPerson(actor), programme.id)
  const isPast = asAt < today
  return {
    card: registerView({
      programme,
      register: open,
      heldUp: heldUp(open.dependencies, plan, scheme),
      scheme,
      asAt,
      listed,
      prefix,
      mayClose: (entry) => !isPast && mayClose(rights, entry),
      addable: listed.filter((kind) => !isPast && mayAdd(rights, kind)),
    }),
  }
}

export const register = defineCommand({
  name: 'register',
  tells: true,
  usages: ['register [for <programme>] [as at <date>]'],
  summary:
    'Decisions needed, risks, dependencies and headlines of a programme, today or as at a day.',
  args: ofProgramme,
  run: (context, args) => answer(context, args, ['decision', 'risk', 'dependency', 'headline']),
})

function listing(kind: Kind, summary: string) {
  const [, many] = nouns[kind]
  return defineCommand({
    name: many,
    tells: true,
    usages: [`${many} [for <programme>] [as at <date>]`],
    summary,
    args: ofProgramme,
    run: (context, args) => answer(context, args, [kind]),
  })
}

export const risks = listing('risk', 'The open risks, worst first.')
export const decisions = listing('decision', 'The decisions that are needed, overdue ones first.')
export const dependencies = listing('dependency', 'What waits for what, and what is held up.')
export const headlines = listing('headline', 'The headlines, newest first.')

/** One entry, whole, open or closed. */
export const entryShown = defineCommand({
  name: 'entry',
  tells: true,
  usages: ['<kind> <number>'],
  summary: 'One entry of the register with all that was said of it, such as risk 3 or decision 2.',
  args: z.object({
    kind: z.string().toLowerCase().pipe(z.enum(kinds)).optional(),
    number: z.string({ error: 'Say its number.' }),
  }),
  run: async (context, args) => {
    const found = await findEntry(context, args)
    const { entry, programme } = found
    const { tx, actor } = context
    const rights = await rightsIn(tx, knownPerson(actor), programme.id)
    const names = await namesOf(
      tx,
      [entry.byId, entry.closing?.byId].filter((id) => typeof id === 'string'),
    )
    const who = (id: string | null) =>
      id === null ? '' : `, by ${names.get(id) ?? 'a former member'}`
    const { closing } = entry
    const lines = [
      entry.project ? named(entry.project) : programme.title,
      ...(entry.text ? [entry.text] : []),
      ...(entry.kind === 'headline'
        ? []
        : detailsOf(entry, closing?.onDay ?? context.today, schemeOf(programme.settings))),
      `Added on ${fullDate(entry.onDay)}${who(entry.byId)}`,
      ...(closing ? [`Closed on ${fullDate(closing.onDay)}${who(closing.byId)}`] : []),
      ...(closing?.outcome ? [closing.outcome] : []),
    ]
    const buttons =
      !closing && mayClose(rights, entry)
        ? [{ title: 'Close', verb: 'close:form', data: { entry: entry.id } }]
        : []
    return { card: noticeCard({ heading: nameOf(entry), lines, buttons }) }
  },
})
