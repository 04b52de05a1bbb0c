import type { PartResult } from './report.ts'

/** What every part of the soak is given. */
export interface Soak {
  /** From which each part derives its random choices. */
  readonly seed: number
  /** How much is asked for: kills, crashes, seeds of the simulation. */
  readonly amounts: { readonly kills: number; readonly crashes: number; readonly seeds: number }
  /** How many kill runs go on at once, each with a PostgreSQL of its own. */
  readonly lanes: number
  /** A folder for databases and files, which any user may enter: PostgreSQL refuses to run as root. */
  readonly folder: string
  /** Whether the part has used up its share of the time. */
  isOver(): boolean
  /** Prints a line about what is going on. */
  note(line: string): void
}

/** One part of the soak, which `--only` may name. */
export interface Part {
  readonly name: string
  readonly title: string
  /** How much of the soak's whole time it may take, from 0 to 1; all of them together take 1. */
  readonly share: number
  run(soak: Soak): Promise<PartResult>
}
