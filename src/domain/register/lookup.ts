import { loadProgrammeRoles } from '../../authority/programme-roles.ts'
import { refusalText } from '../../authority/refusals.ts'
import { authorise } from '../../authority/rights.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { isId } from '../../base/ids.ts'
import { fold, quoted } from '../../base/text.ts'
import type { ReadContext } from '../context.ts'
import { findEditableProject, findProject, requirePersonId } from '../plan/lookup.ts'
import type { ProjectRef } from '../plan/plan.ts'
import { programmesOf } from '../plan/store.ts'
import type { Programme } from '../programme/programme.ts'
import { entryAsAt } from './as-at.ts'
import type { Entry, EntryKind } from './entry.ts'
import { entryName } from './format.ts'
import { findEntries } from './load-entries.ts'
import { closingOf, mayAdd } from './permissions.ts'

/** `prefix` is how the person begins a command: refusals tell what to type. */
type RegisterContext = ReadContext & { readonly prefix: string }

/** What an entry is about: a programme, and a project of it unless it concerns the whole. */
export interface EntrySubject {
  readonly programme: Programme
  readonly project: ProjectRef | null
}

/**
 * The project or programme that the person named. Its leads, its workstream's leads and the programme office may add to
 * a project; leads of workstreams and the programme office to the whole programme. Where several programmes are
 * possible, the form asks which. @throws Refusal for a person who may not add to it
 */
export async function resolveSubject(
  context: RegisterContext,
  kind: EntryKind,
  named: { readonly project?: string | undefined; readonly programme?: string | undefined },
): Promise<EntrySubject> {
  if (named.project) {
    const found = await findProject(context, await qualifyProjectRef(context, named)).catch(
      (error: unknown) => {
        throw error instanceof Refusal
          ? new Refusal(error.message, { project: error.message })
          : error
      },
    )
    const { id, ref, title, programme } = await findEditableProject(context, found.id)
    return { programme, project: { id, ref, title } }
  }
  return { programme: await resolveProgramme(context, kind, named.programme), project: null }
}

/** Prefixes "2.1" with the programme that was chosen in the form, if any. */
async function qualifyProjectRef(
  { tx, actor }: ReadContext,
  named: { readonly project?: string | undefined; readonly programme?: string | undefined },
): Promise<string> {
  const { project = '', programme } = named
  if (!programme || project.includes('/')) return project
  const mine = await programmesOf(tx, requirePersonId(actor))
  const key = mine.find(({ id }) => id === programme)?.key
  return key ? `${key}/${project}` : project
}

async function resolveProgramme(
  context: RegisterContext,
  kind: EntryKind,
  named: string | undefined,
): Promise<Programme> {
  const { prefix } = context
  // As for a headline: an entry without a project concerns the whole programme.
  const mine = await addableProgrammes(context, 'headline')
  if (mine.length === 0) {
    const hint =
      kind === 'risk' || kind === 'decision'
        ? ` For a project of yours, say its number: ${prefix} ${kind === 'risk' ? 'risk 2.1 …' : 'decision for 2.1 …'}`
        : ''
    throw new Refusal(`${refusalText('add to programme', '')}${hint}`)
  }
  const [only, second] = named
    ? mine.filter(({ id, key }) => id === named || fold(key) === fold(named))
    : mine
  if (only && !second) return only
  const keys = mine.map(({ key }) => key).join(', ')
  const problem = named
    ? `That programme is not yours to add to. Yours: ${keys}.`
    : `You add to several programmes: ${keys}. Choose the one that is meant.`
  throw fieldRefusal({ programme: problem })
}

/** The programmes in which the person may add this kind to something: what its form offers. */
export async function addableProgrammes(
  { tx, actor, today }: Pick<ReadContext, 'tx' | 'actor' | 'today'>,
  kind: EntryKind,
): Promise<Programme[]> {
  const personId = requirePersonId(actor)
  const programmes: Programme[] = []
  for (const programme of await programmesOf(tx, personId)) {
    const roles = await loadProgrammeRoles(tx, { personId, programmeId: programme.id, today })
    if (mayAdd(roles, kind)) programmes.push(programme)
  }
  return programmes
}

/** An entry, and the programme it belongs to. */
export interface FoundEntry {
  readonly entry: Entry
  readonly programme: Programme
}

export interface EntryQuery {
  readonly kind?: EntryKind | undefined
  /** "3", "#3", "W17/3", or its id. */
  readonly number: string
}

/**
 * The named entry as it stands today, in the programmes the person belongs to; entries of other programmes are never mentioned.
 * @throws Refusal
 */
export async function findEntry(
  context: RegisterContext,
  { kind, number }: EntryQuery,
): Promise<FoundEntry> {
  const { tx, actor, prefix, today } = context
  const mine = await programmesOf(tx, requirePersonId(actor))
  const [, key, digits = ''] = /^(?:([^/]+)\/)?#?(\d{1,9})$/.exec(number) ?? []
  const programmes = key ? mine.filter((one) => fold(one.key) === fold(key)) : mine
  const stored = await findEntries(tx, {
    programmeId: { in: programmes.map(({ id }) => id) },
    ...(isId(number) ? { id: number } : { number: Number(digits || 0) }),
    ...(kind && { kind }),
  })
  const found = stored.flatMap(({ entry, programmeId }) => {
    const programme = programmes.find(({ id }) => id === programmeId)
    return programme ? [{ entry: entryAsAt(entry, today), programme }] : []
  })
  const [only, second] = found
  if (!only) {
    const what = kind && digits ? `${kind} ${quoted(number)}` : 'such entry'
    throw new Refusal(
      `There is no ${what} in your programmes. Type ${prefix} register to see what is open.`,
    )
  }
  if (!second) return only
  const options = found.map(({ programme }) => `${programme.key}/${only.entry.number}`)
  throw new Refusal(
    `Several of your programmes have a ${only.entry.kind} ${only.entry.number}. Say which: ${options.join(' or ')}.`,
  )
}

/** One that the person may close, review or open again. @throws Refusal that names who may */
export async function entryToClose(
  context: RegisterContext,
  named: EntryQuery,
): Promise<FoundEntry> {
  const found = await findEntry(context, named)
  const { tx, actor, today } = context
  const { entry, programme } = found
  const query = { personId: requirePersonId(actor), programmeId: programme.id, today }
  const { action, to } = closingOf(await loadProgrammeRoles(tx, query), entry)
  authorise(action, to, closersText(entry))
  return found
}

/** 'decision 3 is closed by the leads of 2.1': the beginning of a sentence. */
function closersText(entry: Entry): string {
  const { kind, number, project } = entry
  const owner = 'ownerId' in entry && entry.ownerId ? 'its owner, ' : ''
  const leads = project ? `the leads of ${project.ref}` : 'leads of workstreams'
  return `${kind} ${number} is closed by ${owner}${leads}`
}

/** @throws Refusal for an entry that is closed. */
export function assertOpen({ closing, ...entry }: Entry): void {
  if (!closing) return
  const { kind, number } = entry
  throw new Refusal(
    `${entryName(entry)} is closed already. Nothing was changed. If that was wrong, open it again: reopen ${kind} ${number} because …`,
  )
}
