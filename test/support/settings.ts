import { settingsProblems } from '../../src/app/settings-registry.ts'
import { type ProgrammeSettings, parseSettings } from '../../src/domain/programme/setting.ts'

/** Settings by their stored keys; the rest are the defaults. @throws Error of a key or a value that there is not */
export function settingsWith(chosen: unknown = {}): ProgrammeSettings {
  const problems = settingsProblems(chosen)
  if (problems.length > 0) throw new Error(`Settings for a test: ${problems.join(', ')}`)
  return parseSettings(chosen)
}
