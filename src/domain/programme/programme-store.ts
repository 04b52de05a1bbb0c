import { newId } from '../../base/ids.ts'
import type { Tx } from '../../infra/db.ts'
import type { ProgrammeSettings } from './setting.ts'
import { toJson } from './settings-store.ts'

export interface NewProgramme {
  /** Short name that people type: "W17". */
  readonly key: string
  readonly title: string
  readonly settings: ProgrammeSettings
  /** IANA zone. Default: the schema's. */
  readonly zone?: string | undefined
}

/** Creates a programme with nothing in it. */
export async function createProgramme(
  tx: Tx,
  { key, title, settings, zone }: NewProgramme,
  now: Date,
): Promise<{ id: string; key: string }> {
  return tx.programme.create({
    data: {
      ...{ id: newId(), key, title, settings: toJson(settings), createdAt: now },
      ...(zone ? { zone } : {}),
    },
    select: { id: true, key: true },
  })
}
