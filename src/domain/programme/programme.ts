import type { ProgrammeSettings } from './setting.ts'

export interface Programme {
  readonly id: string
  /** Short name that people type: "W17". */
  readonly key: string
  readonly title: string
  /** It was put away: it is read, and nothing of it is changed or sent. */
  readonly isArchived?: boolean
  /** IANA zone. */
  readonly zone: string
  /** Whether a digest may name people who have not updated. */
  readonly digestNames: boolean
  /** How it works: its scheme, criteria, roll-up, confirmations. */
  readonly settings: ProgrammeSettings
}
