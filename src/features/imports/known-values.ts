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
