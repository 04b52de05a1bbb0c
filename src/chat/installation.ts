import type { AdminAccount } from '../authority/admins.ts'
import type { Tx } from '../infra/db.ts'

/** What a command may know of the installation it runs in. */
export interface Installation {
  /** Who may set up programmes. */
  readonly admins: readonly AdminAccount[]
  /** What a new programme can begin with, besides nothing. */
  readonly samples: readonly ProgrammeSample[]
  /** Where the outside reaches Milepost, as https://…; left out: nowhere. */
  readonly publicUrl?: string | undefined
}

/** The plan and people of an example, to try Milepost with. */
export interface ProgrammeSample {
  /** Names it in the form: "BCS". */
  readonly key: string
  readonly title: string
  /** Creates a programme with its plan, its people and the way it works, under a key and a title of its own. */
  create(
    tx: Tx,
    programme: {
      readonly key: string
      readonly title: string
      /** Null: the organisation that runs Milepost. */
      readonly organisationId: string | null
    },
    now: Date,
  ): Promise<{ readonly id: string; readonly key: string }>
}

export const unmanagedInstallation: Installation = { admins: [], samples: [] }
