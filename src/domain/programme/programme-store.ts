import { Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { Prisma, type ReadTx, type Tx } from '../../infra/db.ts'
import { crossesNothing } from '../organisations/organisations.ts'
import type { ProgrammeSettings } from './setting.ts'
import { toJson } from './settings-store.ts'

export interface NewProgramme {
  /** Short name that people type: "W17". */
  readonly key: string
  readonly title: string
  readonly settings: ProgrammeSettings
  /** IANA zone. Default: the schema's. */
  readonly zone?: string | undefined
  /** Whose it is. Default: of the organisation that runs Milepost. */
  readonly organisationId?: string | null
}

/**
 * Whether a programme has this key already, in capitals or not. Whoever asks at the same time waits until we commit, so
 * that no two programmes come to have one key.
 */
export async function isKeyTaken(tx: Tx, key: string): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('keys of programmes'))`
  const found = await tx.programme.findFirst({
    where: { key: { equals: key, mode: 'insensitive' } },
  })
  return found !== null
}

export const hasNoProgramme = Prisma.sql`NOT EXISTS (SELECT FROM "Programme")`

export async function hasProgrammes(tx: ReadTx): Promise<boolean> {
  return (await tx.programme.findFirst({ select: { id: true } })) !== null
}

/**
 * From now on the programme is that organisation's (null: of the one that runs Milepost).
 * @throws Refusal where its people have accounts, or its digest a channel, in workspaces of another one
 */
export async function setOrganisation(
  tx: Tx,
  { id, key }: { readonly id: string; readonly key: string },
  organisationId: string | null,
): Promise<void> {
  await tx.programme.update({ where: { id }, data: { organisationId } })
  if (await crossesNothing(tx)) return
  throw new Refusal(
    `People of ${key} have accounts, or its digest a channel, in workspaces of another organisation. Take those out of ${key} first. Nothing was changed.`,
  )
}

/** Creates a programme with nothing in it. */
export async function createProgramme(
  tx: Tx,
  { key, title, settings, zone, organisationId = null }: NewProgramme,
  now: Date,
): Promise<{ id: string; key: string }> {
  return tx.programme.create({
    data: {
      ...{ id: newId(), key, title, settings: toJson(settings), organisationId, createdAt: now },
      ...(zone ? { zone } : {}),
    },
    select: { id: true, key: true },
  })
}
