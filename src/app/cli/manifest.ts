import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { strToU8 } from 'fflate'
import manifestOfPackage from '../../../package.json' with { type: 'json' }
import { Refusal } from '../../base/errors.ts'
import { zipFiles } from '../../base/zip.ts'
import { listUsages } from '../../chat/help.ts'
import type { AppManifest } from '../../chat/platform-definition.ts'
import { buildCommandRegistry } from '../command-registry.ts'
import { type Config, loadEnvironment, readConfig } from '../config.ts'
import { platforms } from '../platforms.ts'
import { writeFileAtomically } from './files.ts'

/** 'slack or teams' */
export const manifestPlatforms = platforms.definitions.map(({ name }) => name).join(' or ')

/** `manifest`: what Slack and Teams make the app from. */
export function addManifestCommand(program: Command): void {
  program
    .command('manifest')
    .description('print the app manifest that matches the commands, or write the package to upload')
    .argument('<platform>', manifestPlatforms)
    .option('--out <file>', 'the package: a .zip for Teams, a .json for Slack')
    .action(async (platform: string, { out }: { out?: string }) => {
      const env = loadEnvironment()
      const built = buildManifest(platform, readManifestConfig(env, platform))
      for (const line of findMissingOfOthers(env, platform)) {
        console.error(`Still to mend before Milepost can start: ${line}`)
      }
      if (out !== undefined) {
        await writeFileAtomically(out, await packManifest(built, out))
        console.log(`Wrote ${out}.`)
        return
      }
      if (built.warning) console.error(built.warning)
      console.log(formatManifest(built))
    })
}

type Environment = Readonly<Record<string, string | undefined>>

const namesOfOthers = (platform: string) =>
  platforms.definitions
    .filter(({ name }) => name !== platform)
    .flatMap(({ environment }) => environment.names)

/**
 * An app has no tokens until it was made from its manifest, so here production without a platform is no mistake; and what
 * another platform still lacks is none of this one's.
 */
export function readManifestConfig(env: Environment, platform: string): Config {
  const others = Object.fromEntries(namesOfOthers(platform).map((name) => [name, undefined]))
  return readConfig({ ...env, ...others, NODE_ENV: undefined })
}

/** What the other platforms still lack, a line each. */
export function findMissingOfOthers(env: Environment, platform: string): string[] {
  const others = namesOfOthers(platform)
  const given = Object.entries(env).filter(
    ([name, value]) => others.includes(name) && value?.trim(),
  )
  return [...platforms.readEnvironment(Object.fromEntries(given), { isProduction: false }).problems]
}

/** The app manifest that matches the commands. @throws Refusal for a platform that does not exist. */
export function buildManifest(platform: string, config: Config): AppManifest {
  const definition = platforms.find(platform)
  if (!definition) {
    throw new Refusal(`There is no manifest for “${platform}”. Say ${manifestPlatforms}.`)
  }
  const { command, publicUrl } = config
  const configured = config.platforms.find((each) => each.definition === definition)
  const usages = listUsages(buildCommandRegistry().manifestCommands)
  const { version } = manifestOfPackage
  return definition.buildManifest(configured?.config, { command, usages, publicUrl, version })
}

const formatManifest = ({ manifest }: AppManifest) => JSON.stringify(manifest, null, 2)

/**
 * The file to give to the platform: a package with the manifest and its icons where it takes one (.zip), else the
 * manifest. @throws Refusal where something would have to be filled in by hand, or the file has another ending
 */
export async function packManifest(built: AppManifest, file: string): Promise<Uint8Array> {
  const { packageFiles, warning } = built
  if (warning) throw new Refusal(`${warning}\nNothing was written.`)
  const text = strToU8(`${formatManifest(built)}\n`)
  const ending = packageFiles ? '.zip' : '.json'
  if (!basename(file).endsWith(ending)) {
    throw new Refusal(`Give ${basename(file)} the ending ${ending}. Nothing was written.`)
  }
  if (!packageFiles) return text
  const files: Record<string, Uint8Array> = { 'manifest.json': text }
  for (const [name, url] of Object.entries(packageFiles)) files[name] = await readFile(url)
  return zipFiles(files)
}
