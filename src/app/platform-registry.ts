import type { PlatformName } from '../base/addresses.ts'
import type { ErrorExplanation } from '../chat/error-meaning.ts'
import {
  type ConfiguredPlatform,
  configurePlatform,
  type EnvironmentValues,
  type PlatformDefinition,
  type PlatformRateLimits,
} from '../chat/platform-definition.ts'

/** The platforms that exist, whether they are configured or not. */
export interface PlatformRegistry {
  readonly definitions: readonly PlatformDefinition[]
  /** Every setting that a platform reads. */
  readonly environmentNames: readonly string[]
  readonly rateLimits: Readonly<Record<PlatformName, PlatformRateLimits>>
  find(name: PlatformName): PlatformDefinition | undefined
  /** As people know it. Old rows may name a platform that is not there any more: its name is all there is. */
  title(name: PlatformName): string
  /** What an error code of the outbox ("slack:is_archived") means; undefined for one of our own or an unknown one. */
  explain(errorCode: string): ErrorExplanation | undefined
  /** How people begin a command there. */
  commandPrefix(name: PlatformName, command: string): string
  /** The platforms that the environment configures, and what is wrong with their settings, one line each. */
  readEnvironment(
    values: EnvironmentValues,
    context: { readonly isProduction: boolean },
  ): { readonly configured: readonly ConfiguredPlatform[]; readonly problems: readonly string[] }
}

/** @throws Error where two definitions collide, or one breaks a rule of `PlatformDefinition`. */
export function createPlatformRegistry(
  definitions: readonly PlatformDefinition[],
): PlatformRegistry {
  assertDefinitions(definitions)
  const byName = new Map(definitions.map((definition) => [definition.name, definition]))
  return {
    definitions,
    environmentNames: definitions.flatMap(({ environment }) => environment.names),
    rateLimits: Object.fromEntries(definitions.map(({ name, rateLimits }) => [name, rateLimits])),
    find: (name) => byName.get(name),
    title: (name) => byName.get(name)?.title ?? name,
    explain(errorCode) {
      const [name = '', ...rest] = errorCode.split(':')
      return byName.get(name)?.explain(rest.join(':'))
    },
    commandPrefix: (name, command) => byName.get(name)?.commandPrefix(command) ?? command,
    readEnvironment(values, { isProduction }) {
      const given = definitions.filter(({ environment }) => environment.isGiven(values))
      const configured: ConfiguredPlatform[] = []
      const problems: string[] = []
      for (const definition of definitions) {
        const isBesideOthers = given.some((other) => other !== definition)
        const reading = definition.environment.read(values, { isProduction, isBesideOthers })
        if ('problems' in reading) problems.push(...reading.problems)
        else if (reading.config !== undefined)
          configured.push(configurePlatform(definition, reading.config))
      }
      return { configured, problems }
    },
  }
}

function assertDefinitions(definitions: readonly PlatformDefinition[]): void {
  for (const { name, environment } of definitions) {
    if (!/^[a-z]+$/.test(name)) {
      throw new Error(`The name of a platform is small letters; "${name}" is not.`)
    }
    const foreign = environment.names.find((each) => !each.startsWith(`${name.toUpperCase()}_`))
    if (foreign !== undefined) {
      throw new Error(
        `The settings of ${name} begin with ${name.toUpperCase()}_; ${foreign} does not.`,
      )
    }
  }
  const twice = duplicateOf(definitions.map(({ name }) => name))
  if (twice !== undefined) throw new Error(`Two platforms are called "${twice}".`)
}

function duplicateOf(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index)
}
