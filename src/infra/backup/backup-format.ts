/**
 * A backup is a gzip of lines: a header, each row as its table's name and its JSON, and a trailer with the numbers of
 * rows. It needs no program of PostgreSQL's (the embedded one has no pg_dump), can be read with zcat, and shows by its
 * missing trailer that it was cut short.
 */
import { z } from 'zod'

export const backupHeader = z.object({
  milepost: z.literal('backup'),
  format: z.literal(1),
  /** The moment of the data. */
  at: z.iso.datetime({ offset: true }),
  /** The schema it was written with. */
  migrations: z.array(z.string()).min(1),
})
export type BackupHeader = z.infer<typeof backupHeader>

export const backupTrailer = z.object({ rows: z.record(z.string(), z.number()) })
export type BackupTrailer = z.infer<typeof backupTrailer>

/** Rows stay the text that PostgreSQL wrote, so that a number keeps all its digits. */
export interface RowLine {
  readonly table: string
  readonly json: string
}

export function formatRowLine({ table, json }: RowLine): string {
  return `${table}\t${json}\n`
}

/** Undefined for the header and the trailer. */
export function parseRowLine(line: string): RowLine | undefined {
  const tab = line.indexOf('\t')
  if (line.startsWith('{') || tab === -1) return undefined
  return { table: line.slice(0, tab), json: line.slice(tab + 1) }
}
