import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { systemClock } from './base/clock.ts'
import { messageOf, Refusal } from './base/errors.ts'
import { plural } from './base/text.ts'
import { environmentOf, readConfig } from './config.ts'
import { findingsInWords } from './doctor/checks.ts'
import { examine } from './doctor/doctor.ts'
import { type BackedUp, backUp } from './infra/backup/backup.ts'
import { restore } from './infra/backup/restore.ts'
import { openServer } from './infra/open.ts'

/** What keeps an installation well: `doctor`, `backup`, `restore`. */
export function addOperations(program: Command): void {
  const whose = () => storeOptions(program.opts<{ playground?: boolean }>().playground === true)
  const format = new Option('--format <format>', 'for people or for programs')
    .choices(['text', 'json'])
    .default('text')

  program
    .command('doctor')
    .description('look at the settings, the database and the platforms, and say what to mend')
    .addOption(format)
    .action(async (options: { format: 'text' | 'json' }) => {
      const config = readConfig(environmentOf())
      const findings = await examine(config, () => systemClock.now())
      console.log(
        options.format === 'json' ? JSON.stringify(findings, null, 2) : findingsInWords(findings),
      )
      if (findings.some(({ state }) => state === 'mend')) process.exitCode = 1
    })

  program
    .command('backup')
    .description('write everything into one file, beside a service that goes on working')
    .argument('<file>', 'the file to write; it holds names and what people wrote')
    .action(async (file: string) => {
      const server = await openServer(whose())
      try {
        console.log(`${told(await written(server.url, file))} written to ${file}.`)
      } finally {
        await server.close()
      }
    })

  program
    .command('restore')
    .description('fill an empty database from a backup, whole or not at all')
    .argument('<file>', 'what backup wrote')
    .action(async (file: string) => {
      const server = await openServer(whose())
      try {
        const result = await restore(server.url, file)
        console.log(`${told(result)} restored, as at ${result.at}.`)
        console.log(
          'Messages that were on their way then are kept back as uncertain: they may have been sent since.',
        )
      } finally {
        await server.close()
      }
    })
}

async function written(url: string, file: string): Promise<BackedUp> {
  try {
    return await backUp(url, file)
  } catch (error) {
    throw new Refusal(`${file} was not written (${messageOf(error)}). Nothing was changed.`)
  }
}

function told({ rows }: BackedUp): string {
  const all = Object.values(rows).reduce((sum, count) => sum + count, 0)
  const { Programme: programmes = 0, Person: people = 0 } = rows
  return `${plural(all, 'row')} (${plural(programmes, 'programme')}, ${plural(people, 'person', 'people')})`
}

function storeOptions(playground: boolean) {
  const { databaseUrl, dataDir } = readConfig(environmentOf())
  return {
    databaseUrl,
    dataDir: playground ? join(dataDir, 'playground') : dataDir,
    log: (line: string) => console.error(line),
  }
}
