import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import type { CommandResult, QueryContext } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { importNames } from '../../domain/imports/import-store.ts'
import { authorName, namesOf } from '../../domain/people/names.ts'
import type { HistoryEntry } from './history-entries.ts'

const pageSize = 15

export const historyPage = z.coerce.number().int().min(1).max(999).default(1)

export interface HistoryShown {
  readonly heading: string
  /** Newest first. */
  readonly entries: readonly HistoryEntry[]
  readonly page: number
  /** The command that shows the next page, with this data. */
  readonly verb: string
  readonly data: Readonly<Record<string, string>>
}

/** A page of a history, with a button for what is older. */
export async function historyCard(
  context: QueryContext,
  { heading, entries, page, verb, data }: HistoryShown,
): Promise<CommandResult> {
  const shown = entries.slice((page - 1) * pageSize, page * pageSize)
  const ids = shown.flatMap(({ byId, onBehalfOfId }) => [byId ?? [], onBehalfOfId ?? []].flat())
  const names = await namesOf(context.tx, ids)
  const left = entries.length - page * pageSize
  const title = plural(left, 'earlier entry', 'earlier entries')
  const files = await importNames(
    context.tx,
    shown.flatMap(({ importId }) => importId ?? []),
  )
  const lines = shown.map((entry) => formatEntry(context, entry, names, files))
  return {
    card: noticeCard({
      heading,
      lines: lines.length > 0 ? lines : ['Nothing was said or changed yet.'],
      buttons: left > 0 ? [{ title, verb, data: { ...data, page: page + 1 } }] : [],
    }),
  }
}

const sourceTexts: Readonly<Record<string, string>> = {
  import: 'import of a sheet',
  terminal: 'from the terminal',
}

/** ", in Slack" of a line, ", by form in Slack"; '' of what came from no chat. */
function placeText(source: string, platformTitle: QueryContext['platformTitle']): string {
  const [platform = '', how] = source.split(' ')
  if (platform !== 'slack' && platform !== 'teams') return ''
  return `,${how ? ` by ${how}` : ''} in ${platformTitle(platform)}`
}

/** 'Fri 24 Feb 2017, Asha Verity for Ben Okoro, in Slack: Title: …'. */
function formatEntry(
  { platformTitle }: QueryContext,
  { onDay, byId, onBehalfOfId, source, importId, text }: HistoryEntry,
  names: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, string>,
): string {
  const file = files.get(importId ?? '')
  const from = file ? `import of ${file}` : (sourceTexts[source] ?? source)
  if (byId === null) return `${fullDate(onDay)}, ${from}: ${text}`
  const forWhom = onBehalfOfId ? ` for ${authorName(names, onBehalfOfId)}` : ''
  const where = placeText(source, platformTitle)
  return `${fullDate(onDay)}, ${authorName(names, byId)}${forWhom}${where}: ${text}`
}
