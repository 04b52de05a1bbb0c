import { readFileSync } from 'node:fs'
import Ajv from 'ajv-draft-04'
import { z } from 'zod'

/** Microsoft's own schema of the Teams manifest, from npm, in the version that the manifest names. */

const versioned = z.looseObject({ manifestVersion: z.string() })
const validators = new Map<string, (manifest: unknown) => string[]>()

/** What is wrong with it; empty where it is valid. */
export function manifestProblems(manifest: unknown): string[] {
  const { manifestVersion } = versioned.parse(manifest)
  const known = validators.get(manifestVersion) ?? validatorOf(manifestVersion)
  validators.set(manifestVersion, known)
  return known(manifest)
}

function validatorOf(version: string): (manifest: unknown) => string[] {
  const schema = new URL(
    `../../node_modules/@microsoft/app-manifest/build/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`,
    import.meta.url,
  )
  // Formats are hints; the schema's own patterns hold ids and addresses.
  const ajv = new Ajv.default({ strict: false, allErrors: true, validateFormats: false })
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))
  return (manifest) => {
    validate(manifest)
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}
