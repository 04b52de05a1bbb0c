import type { Tx } from '../../infra/db.ts'
import { lockProgramme } from './lock.ts'
import { type ProgrammeSettings, parseSettings, programmeSettings } from './settings.ts'

/**
 * Changes how a programme works, from what is stored at this moment: whoever changes it too waits until we commit.
 * @throws ZodError where `change` makes settings that are none
 */
export async function changeSettings(
  tx: Tx,
  programmeId: string,
  change: (now: ProgrammeSettings) => ProgrammeSettings,
): Promise<ProgrammeSettings> {
  await lockProgramme(tx, programmeId)
  const { settings } = await tx.programme.findUniqueOrThrow({
    where: { id: programmeId },
    select: { settings: true },
  })
  const changed = programmeSettings.parse(change(parseSettings(settings)))
  // What is undefined is not chosen: JSON leaves it out.
  await tx.programme.update({
    where: { id: programmeId },
    data: { settings: JSON.parse(JSON.stringify(changed)) },
  })
  return changed
}
