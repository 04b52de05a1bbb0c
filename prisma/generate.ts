/**
 * Writes Prisma's client to src/infra/prisma where it is missing, or was written from another schema or by another
 * version. `npm run generate`, and loaded before the service, the command line and the tests (package.json): npm runs
 * no script at install (.npmrc). This calls Prisma's generator without Prisma's command line, which brings a hundred
 * packages that Milepost does not use.
 */
import { createHash, randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import manifest from '../package.json' with { type: 'json' }

const schemaFile = fileURLToPath(new URL('schema.prisma', import.meta.url))
const clientFolder = fileURLToPath(new URL('../src/infra/prisma', import.meta.url))
const version = manifest.dependencies['@prisma/client-generator-ts']

try {
  await writeClient()
} catch (error) {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND'
  const remedy = isMissing
    ? 'Its generator is not installed: run "npm ci".'
    : 'Where Milepost may not write to its own folder, run "npm run generate" once, as the user who owns the folder.'
  throw new Error(`Prisma's client could not be written to src/infra/prisma. ${remedy}`, {
    cause: error,
  })
}

async function writeClient(): Promise<void> {
  const schema = await readFile(schemaFile, 'utf8')
  const source = createHash('sha256').update(`${version}\n${schema}`).digest('hex')
  if ((await writtenFrom()) === source) return
  const aside = `${clientFolder}.new-${randomUUID()}`
  try {
    await generate(schema, aside)
    await writeFile(join(aside, 'written-from'), source)
    // Two processes may have started at once: the first one's client stays.
    if ((await writtenFrom()) === source) return
    await rm(clientFolder, { recursive: true, force: true })
    await rename(aside, clientFolder)
  } catch (error) {
    if ((await writtenFrom()) !== source) throw error
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

/** The hash of what the client was written from. Undefined where there is none. */
async function writtenFrom(): Promise<string | undefined> {
  return readFile(join(clientFolder, 'written-from'), 'utf8').catch(() => undefined)
}

async function generate(schema: string, folder: string): Promise<void> {
  // Loaded here, so that a start which finds its client does without. Their ES modules import files without an ending.
  const require = createRequire(import.meta.url)
  const {
    PrismaClientTsGenerator,
  }: typeof import('@prisma/client-generator-ts') = require('@prisma/client-generator-ts')
  const { getConfig, getDMMF }: typeof import('@prisma/internals') = require('@prisma/internals')
  const datamodel: [string, string][] = [[schemaFile, schema]]
  const { generators, datasources } = await getConfig({ datamodel })
  const [generator] = generators
  if (!generator?.output) throw new Error('schema.prisma has no generator with an output.')
  await new PrismaClientTsGenerator().generate({
    generator: {
      ...generator,
      output: { ...generator.output, value: folder },
      isCustomOutput: true,
    },
    otherGenerators: [],
    schemaPath: schemaFile,
    datamodel: schema,
    dmmf: await getDMMF({ datamodel }),
    datasources,
    version,
  })
}
