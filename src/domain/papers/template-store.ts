import { newId } from '../../base/ids.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { authorName, namesOf } from '../people/names.ts'

/** The office's own Word files. What is kept or taken out counts from its moment on: an earlier paper keeps the earlier one. */

export interface TemplateFile {
  readonly fileName: string
  readonly bytes: Uint8Array
}

export interface TemplateChange {
  readonly programmeId: string
  /** The layout's key; null: all papers that have none of their own. */
  readonly layout: string | null
  readonly byId: string | null
  readonly source: string
  /** The moment, UTC. */
  readonly now: Date
}

/** Keeps a file in place of the one before; null: from now on there is none. */
export async function setPaperTemplate(
  tx: Tx,
  { programmeId, layout, byId, source, now }: TemplateChange,
  file: TemplateFile | null,
): Promise<void> {
  await tx.paperTemplate.create({
    data: {
      ...{ id: newId(), programmeId, layout, byId, source, at: now },
      fileName: file?.fileName ?? null,
      bytes: file && new Uint8Array(file.bytes),
    },
  })
}

/** The file of a layout as it was kept at a moment: its own, else the one for all; undefined where there was none. */
export async function paperTemplateAt(
  tx: ReadTx,
  programmeId: string,
  layout: string,
  at: Date,
): Promise<TemplateFile | undefined> {
  return (
    (await ownTemplateAt(tx, programmeId, layout, at)) ??
    (await ownTemplateAt(tx, programmeId, null, at))
  )
}

/** The same without falling back; `layout` null: the one for all. */
export async function ownTemplateAt(
  tx: ReadTx,
  programmeId: string,
  layout: string | null,
  at: Date,
): Promise<TemplateFile | undefined> {
  const row = await tx.paperTemplate.findFirst({
    where: { programmeId, layout, at: { lte: at } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { fileName: true, bytes: true },
  })
  return row?.bytes ? { fileName: row.fileName ?? '', bytes: row.bytes } : undefined
}

/** One that is kept now, without its bytes. */
export interface KeptTemplate {
  readonly layout: string | null
  readonly fileName: string
  readonly at: Date
  /** Whose name keeps it; null: it was kept in the terminal. */
  readonly by: string | null
}

/** Those of a programme: the one for all papers first. */
export async function loadPaperTemplates(tx: ReadTx, programmeId: string): Promise<KeptTemplate[]> {
  const newest = await tx.paperTemplate.findMany({
    where: { programmeId },
    distinct: ['layout'],
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { layout: true, fileName: true, at: true, byId: true },
  })
  const names = await namesOf(
    tx,
    newest.flatMap(({ byId }) => byId ?? []),
  )
  return newest
    .flatMap(({ layout, fileName, at, byId }) =>
      fileName === null ? [] : [{ layout, fileName, at, by: byId && authorName(names, byId) }],
    )
    .toSorted((one, other) => (one.layout ?? '').localeCompare(other.layout ?? ''))
}
