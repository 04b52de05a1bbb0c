import type { PlatformName } from '../../base/addresses.ts'
import { Refusal } from '../../base/errors.ts'
import { readSheet, type Sheet } from '../../base/sheets/read-sheet.ts'
import { fold, plural } from '../../base/text.ts'
import type { CommandContext } from '../../chat/commands.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { ownProvenance } from '../../domain/revisions/provenance.ts'
import { formatAccountChange, formatPerson, formatRightsChange } from './format.ts'
import { importPeople, type PeopleImportResult } from './import-people.ts'
import { parsePeopleFile } from './people-file.ts'

/** A people file that somebody sent in chat, as far as it is read here. */
interface SentPeopleFile {
  readonly id: string
  readonly fileName: string
  readonly bytes: Uint8Array
  readonly programme: Programme
  readonly choices: { readonly unlisted?: 'keep' | 'remove' | undefined }
}

const columns = ['name', 'post', 'role', 'leads', 'sponsors', 'zone']

/**
 * People files as a kind of sheet that is sent in chat. Those whom a file does not list keep their rights unless the
 * person chooses otherwise. `unlistedVerb`: the command that says so.
 */
export function createPeopleSheets(platforms: readonly PlatformName[], unlistedVerb: string) {
  const known = [...columns, ...platforms.map(fold)]
  return {
    key: 'people',
    subject: 'The list of people',
    recognises: ({ rows: [head] }: Sheet): boolean => {
      const headings = new Set(head?.cells.map(fold))
      return headings.has('name') && known.some((one) => one !== 'name' && headings.has(one))
    },
    preview: async (context: CommandContext, sent: SentPeopleFile) => {
      try {
        const sheet = await readSheet(sent.bytes, sent.fileName)
        const result = await importFile(context, sent, sheet, platforms, false)
        return peoplePreview(sent, result, unreadHeadings(sheet, known), unlistedVerb)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return { ...nothing, intro: error.message.split('\n'), obstacle: error.message }
      }
    },
    save: async (context: CommandContext, sent: SentPeopleFile) => {
      const sheet = await readSheet(sent.bytes, sent.fileName)
      const { people, accounts, difference } = await importFile(
        context,
        sent,
        sheet,
        platforms,
        true,
      )
      const changed = plural(difference.people.length, 'person', 'people')
      const line = `${sent.fileName}: ${plural(people, 'person', 'people')} of ${sent.programme.title} read; the rights of ${changed} changed.`
      return { lines: [line], buttons: people > accounts ? [matchButton(sent.programme)] : [] }
    },
  }
}

/** Those without an account are looked for among the members of the workspace. */
const matchButton = ({ key }: Pick<Programme, 'key'>) => ({
  title: 'Find the owners here',
  verb: 'people-match',
  data: { programme: key },
})

const nothing = { sections: [], effects: [], problemRows: [], corrections: [] }

function importFile(
  context: CommandContext,
  { programme, choices }: SentPeopleFile,
  sheet: Sheet,
  platforms: readonly PlatformName[],
  accept: boolean,
): Promise<PeopleImportResult> {
  const file = parsePeopleFile(sheet, platforms)
  const { unlisted = 'keep' } = choices
  const request = {
    programme,
    file,
    accept,
    unlisted,
    said: ownProvenance({ ...context, by: 'files' }),
  }
  return importPeople(context.tx, request, context.now)
}

const unreadHeadings = ({ rows: [head] }: Sheet, known: readonly string[]): string[] =>
  (head?.cells ?? []).filter((cell) => cell.trim() !== '' && !known.includes(fold(cell)))

/** How many lines of a section are shown. */
const most = { people: 20, accounts: 12, unlisted: 12, attention: 8 }

function peoplePreview(
  sent: SentPeopleFile,
  { people, accounts, difference, unlisted, unlistedAre, attention }: PeopleImportResult,
  unread: readonly string[],
  unlistedVerb: string,
) {
  const rights = difference.people.map(formatRightsChange)
  const linked = difference.accounts.map(formatAccountChange)
  const fate =
    unlistedAre === 'removed'
      ? 'their rights in this programme are taken away'
      : 'kept unless you choose otherwise'
  const eye = [
    ...attention,
    ...(unread.length > 0
      ? [`Not read: ${unread.join(', ')}. I read ${columns.join(', ')} and accounts.`]
      : []),
  ]
  return {
    ...nothing,
    obstacle: '',
    intro: [
      `A people file: ${plural(people, 'person', 'people')} with ${plural(accounts, 'account')}.`,
    ],
    sections: [
      ...section('Rights that change', rights, most.people),
      ...section('Accounts that change', linked, most.accounts),
      ...section(
        `In the programme, but not in the file: ${fate}`,
        unlisted.map(formatPerson),
        most.unlisted,
      ),
      ...section('Needs an eye', eye, most.attention),
    ],
    effects: [...rights, ...linked],
    corrections: unlisted.length > 0 ? [unlistedButton(sent, unlisted.length, unlistedVerb)] : [],
  }
}

function section(heading: string, lines: readonly string[], shown: number) {
  if (lines.length === 0) return []
  const kept = lines.slice(0, shown)
  const more = lines.length - kept.length
  const all = more > 0 ? [...kept, `and ${more} more`] : kept
  return [
    {
      heading: `${heading} (${lines.length})`,
      lines: all.map((text) => ({ title: '', text })),
    },
  ]
}

function unlistedButton({ id, choices }: SentPeopleFile, count: number, verb: string) {
  const isRemoving = choices.unlisted === 'remove'
  const who = count === 1 ? 'whom it does not list' : `the ${count} whom it does not list`
  return {
    title: isRemoving ? `Keep ${who}` : `Remove ${who}`,
    verb,
    style: 'default' as const,
    data: { draft: id, fate: isRemoving ? 'keep' : 'remove' },
  }
}
