/**
 * A backup is a gzip of lines: what it is, then each row as its table's name and its JSON, then how many rows there
 * were. So it needs no program of PostgreSQL's (the embedded one has no pg_dump), can be read with zcat, and one that
 * was cut short is known by its missing end.
 */
import { z } from 'zod'

export const backupHeader = z.object({
  milepost: z.literal('backup'),
  format: z.literal(1),
  /** The moment that all of it speaks for. */
  at: z.iso.datetime({ offset: true }),
  /** The schema it was written with. */
  migrations: z.array(z.string()).min(1),
})
export type BackupHeader = z.infer<typeof backupHeader>

export const backupTrailer = z.object({ rows: z.record(z.string(), z.number()) })
export type BackupTrailer = z.infer<typeof backupTrailer>

/** Rows are passed on as the text that PostgreSQL wrote: a number keeps all its digits. */
export interface RowLine {
  readonly table: string
  readonly json: string
}

export function formatRowLine({ table, json }: RowLine): string {
  return `${table}\t${json}\n`
}

/** Undefined for a line that is no row: the heading or the ending. */
export function parseRowLine(line: string): RowLine | undefined {
  const tab = line.indexOf('\t')
  if (line.startsWith('{') || tab === -1) return undefined
  return { table: line.slice(0, tab), json: line.slice(tab + 1) }
}
