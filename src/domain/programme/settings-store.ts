import { isDeepStrictEqual } from 'node:util'
import type { Prisma, Tx } from '../../infra/db.ts'
import type { DomainContext } from '../context.ts'
import { ownProvenance, type Provenance } from '../revisions/provenance.ts'
import { appendRevision } from '../revisions/revision-store.ts'
import { lockProgramme } from './lock.ts'
import { type ProgrammeSettings, parseSettings, type Setting } from './setting.ts'

/**
 * Changes one setting of a programme for whoever asks, from what is stored at this moment: whoever changes one of them
 * at the same time waits until we commit. Gives all settings as they are stored then. The history keeps what it was.
 * @throws ZodError where the changed value is not valid
 */
export function changeSetting<Value, Input>(
  context: DomainContext,
  programmeId: string,
  setting: Setting<Value, Input>,
  change: (now: Value, settings: ProgrammeSettings) => Input,
): Promise<ProgrammeSettings> {
  return changeSettings(context, programmeId, (settings) =>
    setting.with(settings, change(setting.of(settings), settings)),
  )
}

/** Changes several settings at once, as `changeSetting` does. @throws what `change` throws; then nothing is stored */
export function changeSettings(
  context: DomainContext,
  programmeId: string,
  change: (now: ProgrammeSettings) => ProgrammeSettings,
): Promise<ProgrammeSettings> {
  return reviseSettings(context.tx, programmeId, change, ownProvenance(context))
}

interface SettingsUndo {
  readonly reason?: string | null
  /** The revision that is taken back, by the key of its setting. */
  readonly undoes?: ReadonlyMap<string, string>
}

/** The same, as said by anybody: an import, say. */
export async function reviseSettings(
  tx: Tx,
  programmeId: string,
  change: (now: ProgrammeSettings) => ProgrammeSettings,
  said: Provenance,
  { reason = null, undoes }: SettingsUndo = {},
): Promise<ProgrammeSettings> {
  await lockProgramme(tx, programmeId)
  const row = await tx.programme.findUniqueOrThrow({
    where: { id: programmeId },
    select: { settings: true },
  })
  const before = parseSettings(row.settings)
  const changed = change(before)
  await tx.programme.update({ where: { id: programmeId }, data: { settings: toJson(changed) } })
  const [from, to] = [toJson(before), toJson(changed)]
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const values = { from: from[key] ?? null, to: to[key] ?? null }
    if (isDeepStrictEqual(values.from, values.to)) continue
    const revision = { item: 'programme' as const, itemId: programmeId, field: key, reason }
    const undoesId = undoes?.get(key)
    await appendRevision(
      tx,
      programmeId,
      { ...revision, ...values, ...(undoesId && { undoesId }) },
      said,
    )
  }
  return changed
}

/** For the JSON column, which leaves out what is undefined: what was not chosen. */
export function toJson(settings: ProgrammeSettings): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(settings))
}

/** Whether digests name the leads who have not answered, or count their projects. */
export async function setDigestNames(
  context: DomainContext,
  programmeId: string,
  digestNames: boolean,
): Promise<void> {
  const { tx } = context
  await lockProgramme(tx, programmeId)
  const { digestNames: from } = await tx.programme.findUniqueOrThrow({ where: { id: programmeId } })
  if (from === digestNames) return
  await tx.programme.update({ where: { id: programmeId }, data: { digestNames } })
  const field = { item: 'programme' as const, itemId: programmeId, field: 'digestNames' }
  const revision = { ...field, from, to: digestNames, reason: null }
  await appendRevision(tx, programmeId, revision, ownProvenance(context))
}
