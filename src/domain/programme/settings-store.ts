import type { Prisma, Tx } from '../../infra/db.ts'
import { lockProgramme } from './lock.ts'
import { type ProgrammeSettings, parseSettings, type Setting } from './setting.ts'

/**
 * Changes one setting of a programme, from what is stored at this moment: whoever changes one of them at the same time
 * waits until we commit. Gives all settings as they are stored then.
 * @throws ZodError where the changed value is not valid
 */
export function changeSetting<Value, Input>(
  tx: Tx,
  programmeId: string,
  setting: Setting<Value, Input>,
  change: (now: Value, settings: ProgrammeSettings) => Input,
): Promise<ProgrammeSettings> {
  return changeSettings(tx, programmeId, (settings) =>
    setting.with(settings, change(setting.of(settings), settings)),
  )
}

/** Changes several settings at once, as `changeSetting` does. @throws what `change` throws; then nothing is stored */
export async function changeSettings(
  tx: Tx,
  programmeId: string,
  change: (now: ProgrammeSettings) => ProgrammeSettings,
): Promise<ProgrammeSettings> {
  await lockProgramme(tx, programmeId)
  const row = await tx.programme.findUniqueOrThrow({
    where: { id: programmeId },
    select: { settings: true },
  })
  const changed = change(parseSettings(row.settings))
  await tx.programme.update({ where: { id: programmeId }, data: { settings: toJson(changed) } })
  return changed
}

/** For the JSON column, which leaves out what is undefined: what was not chosen. */
export function toJson(settings: ProgrammeSettings): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(settings))
}

/** Whether digests name the leads who have not answered, or count their projects. */
export async function setDigestNames(tx: Tx, id: string, digestNames: boolean): Promise<void> {
  await tx.programme.update({ where: { id }, data: { digestNames } })
}
