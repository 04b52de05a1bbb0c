import { z } from 'zod'
import { dateIn } from '../../base/dates.ts'
import { listOf, shorten } from '../../base/text.ts'
import { programmeArgs } from '../../chat/args.ts'
import { type Command, defineQuery, type QueryContext } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { authorName, namesOf } from '../../domain/people/names.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import { loadArchivings } from '../../domain/programme/archiving-store.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { loadItemRevisions } from '../../domain/revisions/revision-store.ts'
import type { Revision } from '../../domain/revisions/revisions.ts'
import type { ReadTx } from '../../infra/db.ts'
import { historyCard, historyPage } from './history-card.ts'
import type { HistoryEntry } from './history-entries.ts'
import { settingLabel } from './setting-labels.ts'
import { formatValueChange } from './value-changes.ts'

/** How the programme itself changed: its settings, and who may do what in it. For the programme office. */

interface ProgrammeHistory {
  readonly of: 'settings' | 'people'
  readonly item: 'programme' | 'member'
  readonly summary: string
  text(revision: Revision, names: ReadonlyMap<string, string>): string
  /** What is kept elsewhere and belongs to it. */
  others(tx: ReadTx, programme: Programme): Promise<readonly HistoryEntry[]>
}

const reasonText = (reason: string | null) => (reason ? `, because ${shorten(reason, 200)}` : '')

const settings: ProgrammeHistory = {
  of: 'settings',
  item: 'programme',
  summary:
    'Who changed which setting of a programme when and from where: states, criteria, roll-up, rounds, reminders, calendar. For the programme office.',
  text: ({ field, from, to, undoesId, reason }) =>
    `${undoesId ? 'Taken back. ' : ''}${settingLabel(field)}: ${formatValueChange(from, to)}${reasonText(reason)}`,
  others: archivingEntries,
}

const people: ProgrammeHistory = {
  of: 'people',
  item: 'member',
  summary:
    'Who gave and took which role in a programme when and from where. For the programme office.',
  text: ({ itemId, from, to, reason }, names) =>
    `${authorName(names, itemId)}: ${rolesText(to)}, was ${rolesText(from)}${reasonText(reason)}`,
  others: async () => [],
}

async function archivingEntries(tx: ReadTx, { id, zone }: Programme): Promise<HistoryEntry[]> {
  const archivings = await loadArchivings(tx, id)
  return archivings.map(({ isArchived, reason, at, ...said }) => ({
    ...{ ...said, at, onDay: dateIn(zone, at), onBehalfOfId: null },
    text: `${isArchived ? 'Archived' : 'Restored'}${reasonText(reason)}`,
  }))
}

function rolesText(roles: unknown): string {
  const titles = z
    .array(z.string())
    .parse(roles)
    .map((role) => role.replaceAll('_', ' '))
  return titles.length > 0 ? listOf(titles) : 'not in the programme'
}

function historyCommand({ of, item, summary, text, others }: ProgrammeHistory): Command {
  const verb = `history-${of}`
  return defineQuery({
    name: verb,
    usages: [`history ${of} [page <page>] [for <programme>]`],
    slots: { page: slot.count, programme: slot.word },
    examples: [`history ${of}`, `history ${of} page 2 for W17`],
    authority: ['run programme'],
    summary,
    args: programmeArgs.extend({ page: historyPage }),
    run: async (context: QueryContext, { page, programme: key }) => {
      const programme = await findProgrammeTo(context, 'run programme', key)
      const revisions = await loadItemRevisions(context.tx, programme.id, item)
      const names = await namesOf(
        context.tx,
        revisions.map(({ itemId }) => itemId),
      )
      const entries = [
        ...revisions.map((revision) => ({ ...revision, text: text(revision, names) })),
        ...(await others(context.tx, programme)),
      ].toSorted((one, other) => other.at.getTime() - one.at.getTime())
      const heading = `History of ${of}: ${programme.title}`
      return historyCard(context, {
        heading,
        entries,
        page,
        verb,
        data: { programme: programme.key },
      })
    },
  })
}

export const programmeHistory: readonly Command[] = [settings, people].map(historyCommand)
