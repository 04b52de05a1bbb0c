import { Refusal } from '../../base/errors.ts'
import { listUsages } from '../../chat/help.ts'
import type { AppManifest } from '../../chat/platform-definition.ts'
import { buildCommandRegistry } from '../command-registry.ts'
import type { Config } from '../config.ts'
import { platforms } from '../platforms.ts'

/** 'slack or teams' */
export const manifestPlatforms = platforms.definitions.map(({ name }) => name).join(' or ')

/** The app manifest that matches the commands. @throws Refusal for a platform that does not exist. */
export function buildManifest(platform: string, config: Config): AppManifest {
  const definition = platforms.find(platform)
  if (!definition) {
    throw new Refusal(`There is no manifest for “${platform}”. Say ${manifestPlatforms}.`)
  }
  const { command, publicUrl } = config
  const configured = config.platforms.find((each) => each.definition === definition)
  const usages = listUsages(buildCommandRegistry().manifestCommands)
  return definition.buildManifest(configured?.config, { command, usages, publicUrl })
}
