import type { Revision } from '../../domain/revisions/revisions.ts'

/**
 * The values of a field that a sheet may repeat without saying anything new: what the last import said, which chat may
 * have changed since, and what it is now. Our own export repeats any value that the field ever had.
 * `revisions`: of this field, newest first.
 */
export function knownValues(
  present: unknown,
  revisions: readonly Pick<Revision, 'from' | 'to' | 'source'>[],
  own: boolean,
): readonly unknown[] {
  if (own) return [present, ...revisions.flatMap(({ from, to }) => [from, to])]
  const lastImport = revisions.findIndex(({ source }) => source === 'import')
  const since = lastImport === -1 ? revisions : revisions.slice(0, lastImport)
  const oldest = since.at(-1)
  return oldest ? [oldest.from, present] : [present]
}

/** Without what imports said that were taken back, and the taking back itself: the fields are as if they had not been. */
export function withoutWithdrawn<Change extends Pick<Revision, 'id' | 'importId' | 'undoesId'>>(
  revisions: readonly Change[],
  withdrawnImports: ReadonlySet<string>,
): Change[] {
  const isWithdrawn = ({ importId }: Change) => importId !== null && withdrawnImports.has(importId)
  const gone = new Set(revisions.filter(isWithdrawn).map(({ id }) => id))
  return revisions.filter(({ id, undoesId }) => !gone.has(id) && !gone.has(undoesId ?? ''))
}
