import { z } from 'zod'
import { dateIn, fullDate } from '../../base/dates.ts'
import { fieldRefusal } from '../../base/errors.ts'
import {
  type Command,
  type CommandContext,
  defineCommand,
  defineQuery,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard, savedResult, unchangedResult } from '../../chat/notice.ts'
import { authorName, namesOf } from '../../domain/people/names.ts'
import { findManagedProgramme, knownProgrammes } from '../../domain/plan/managed-programme.ts'
import {
  type Archiving,
  lastArchivings,
  setArchived,
} from '../../domain/programme/archiving-store.ts'
import type { Programme } from '../../domain/programme/programme.ts'

const listProgrammes = defineQuery({
  name: 'programmes',
  usages: ['programmes'],
  examples: ['programmes'],
  authority: ['list programmes'],
  summary: 'The programmes you are in, also those that are archived.',
  args: z.object({}),
  run: async (context) => {
    const programmes = await knownProgrammes(context)
    const archivings = await lastArchivings(
      context.tx,
      programmes.map(({ id }) => id),
    )
    const lines: string[] = []
    for (const { id, key, title } of programmes) {
      const archiving = archivings.get(id)
      const since = archiving?.isArchived ? `: ${await archivedText(context, archiving)}` : ''
      lines.push(`${key} ${title}${since}`)
    }
    const none = ['You are in no programme here.']
    return {
      card: noticeCard({
        heading: 'Programmes',
        lines: lines.length > 0 ? lines : none,
        buttons: [],
      }),
    }
  },
})

/** "since Fri 3 Mar 2017, by Priya Marlowe: it has ended" */
async function archivedText(
  { tx, actor }: QueryContext,
  { at, byId, reason }: Archiving,
): Promise<string> {
  const names = await namesOf(tx, byId === null ? [] : [byId])
  const who = byId === null ? 'an administrator' : authorName(names, byId)
  return `since ${fullDate(dateIn(actor.zone, at))}, by ${who}${reason ? `: ${reason}` : ''}`
}

const archiveArgs = z.object({ programme: z.string(), reason: optionalText })

const archive = defineCommand({
  name: 'programmes-archive',
  usages: ['programmes archive <programme> [because <reason>]'],
  slots: { programme: slot.word, reason: slot.text },
  examples: ['programmes archive W17 because it has ended'],
  authority: ['archive programme'],
  summary:
    'Put a programme away: it can be read, and nothing of it is changed or sent any more. For its programme office and administrators.',
  args: archiveArgs,
  run: async (context, { programme: key, reason }) => {
    const programme = await findManagedProgramme(context, 'archive programme', key)
    if (!reason) throw fieldRefusal({ reason: 'Say why, with “because …” at the end.' })
    if (!(await saveArchiving(context, programme, true, reason)))
      return unchangedResult([`${programme.key} ${programme.title} is archived already.`])
    return savedResult([
      `${programme.key} ${programme.title} is archived. It can be read; nothing of it is changed, and nothing is sent: no reminders, rounds or digests.`,
      `To have it back: ${context.prefix} programmes restore ${programme.key}`,
    ])
  },
})

const restore = defineCommand({
  name: 'programmes-restore',
  usages: ['programmes restore <programme> [because <reason>]'],
  slots: { programme: slot.word, reason: slot.text },
  examples: ['programmes restore W17'],
  authority: ['archive programme'],
  summary:
    'Take a programme out of the archive: it is live again. For its programme office and administrators.',
  args: archiveArgs,
  run: async (context, { programme: key, reason = null }) => {
    const programme = await findManagedProgramme(context, 'archive programme', key)
    if (!(await saveArchiving(context, programme, false, reason)))
      return unchangedResult([`${programme.key} ${programme.title} is not archived.`])
    return savedResult([
      `${programme.key} is live again: reminders, rounds and digests go out from now on.`,
    ])
  },
})

function saveArchiving(
  { tx, actor, place, now }: CommandContext,
  { id }: Programme,
  isArchived: boolean,
  reason: string | null,
): Promise<boolean> {
  const said = { byId: actor.personId, source: place.platform, at: now }
  return setArchived(tx, id, { isArchived, reason, ...said })
}

export const programmeCommands: readonly Command[] = [listProgrammes, archive, restore]
