import type { Command } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { messageOf, Refusal } from '../../base/errors.ts'
import { plural } from '../../base/text.ts'
import { findPersonByName } from '../../domain/people/find-person.ts'
import { exportPersonData } from '../../domain/people/person-data.ts'
import { eraseDraftsOf } from '../../features/imports/drafts/draft-store.ts'
import { type ErasureResult, erasePerson, formatErasure } from '../../features/people/erase.ts'
import { eraseSuppressions } from '../../features/reminders/suppression-store.ts'
import { type BackupSummary, writeBackup } from '../../infra/backup/backup.ts'
import { restoreBackup } from '../../infra/backup/restore.ts'
import { openServer } from '../../infra/open-store.ts'
import { markPossiblySent } from '../../outbox/after-restore.ts'
import { formatDiagnostics } from '../doctor/diagnostics.ts'
import { runDiagnostics } from '../doctor/doctor.ts'
import { useOutboundProxy } from '../outbound-proxy.ts'
import { writeFileAtomically } from './files.ts'
import { formatOption } from './options.ts'
import { operatorName } from './record-holds.ts'
import { configOf, storeOptionsOf, withStore } from './store.ts'

/** The commands that maintain an installation: `doctor`, `backup`, `restore`, `forget`. */
export function addOperationCommands(program: Command): void {
  program
    .command('doctor')
    .description('look at the settings, the database and the platforms, and say what to mend')
    .addOption(formatOption)
    .action(async (options: { format: 'text' | 'json' }) => {
      const config = configOf(program)
      useOutboundProxy(config.proxy)
      const findings = await runDiagnostics(config, () => systemClock.now())
      console.log(
        options.format === 'json' ? JSON.stringify(findings, null, 2) : formatDiagnostics(findings),
      )
      if (findings.some(({ state }) => state === 'mend')) process.exitCode = 1
    })

  program
    .command('backup')
    .description('write everything into one file, beside a service that goes on working')
    .argument('<file>', 'the file to write; it holds names and what people wrote')
    .action(async (file: string) => {
      const server = await openServer(storeOptionsOf(program))
      try {
        console.log(
          `${formatRowCounts(await writeBackupFile(server.url, file))} written to ${file}.`,
        )
      } finally {
        await server.close()
      }
    })

  program
    .command('restore')
    .description('fill an empty database from a backup, whole or not at all')
    .argument('<file>', 'what backup wrote')
    .action(async (file: string) => {
      const server = await openServer(storeOptionsOf(program))
      try {
        const result = await restoreBackup(server.url, file, { afterInsert: markPossiblySent })
        console.log(`${formatRowCounts(result)} restored, as at ${result.at}.`)
        console.log(
          'Messages that were on their way then are kept back as possibly sent: they may have been sent since.',
        )
      } finally {
        await server.close()
      }
    })

  program
    .command('forget')
    .description('take a person’s name, accounts, hours and messages out; what they did stays')
    .requiredOption('--person <name>', 'their whole name, or their id')
    .option('--by <name>', 'who asks for it; left out: the account that runs this')
    .option('--yes', 'do it; without it, only say what would be done', false)
    .action(async ({ person, yes, by = operatorName() }: ForgetOptions) => {
      const result = await dryRun(() =>
        withStore(program, async (tx) => {
          const result = await erasePerson(
            tx,
            await findPersonByName(tx, person),
            systemClock.now(),
            [eraseSuppressions, eraseDraftsOf],
            by,
          )
          if (!yes) throw new DryRunRollback(result)
          return result
        }),
      )
      console.log(formatErasure(result, yes))
      if (!yes) console.log('Nothing was changed yet: say --yes to do it.')
    })
}

interface ForgetOptions {
  readonly person: string
  readonly yes: boolean
  readonly by?: string
}

/** Carries the result out of the transaction that it rolls back. */
class DryRunRollback extends Error {
  readonly result: ErasureResult
  constructor(result: ErasureResult) {
    super('rehearsed')
    this.result = result
  }
}

async function dryRun(work: () => Promise<ErasureResult>): Promise<ErasureResult> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DryRunRollback) return error.result
    throw error
  }
}

/** `export --person`: everything stored about one person. */
export async function exportPerson(program: Command, name: string, out: string): Promise<void> {
  const data = await withStore(program, async (tx) =>
    exportPersonData(tx, await findPersonByName(tx, name), systemClock.now()),
  )
  await writeFileAtomically(out, Buffer.from(`${JSON.stringify(data, null, 2)}\n`))
  const count = Object.values(data.rows).reduce((sum, rows) => sum + rows.length, 0)
  console.log(`${plural(count, 'row')} of ${data.person} written to ${out}.`)
}

async function writeBackupFile(url: string, file: string): Promise<BackupSummary> {
  try {
    return await writeBackup(url, file)
  } catch (error) {
    const noFolder = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const why = noFolder ? 'its folder does not exist' : messageOf(error)
    throw new Refusal(`${file} was not written (${why}). Nothing was changed.`)
  }
}

function formatRowCounts({ rows }: BackupSummary): string {
  const all = Object.values(rows).reduce((sum, count) => sum + count, 0)
  const { Programme: programmes = 0, Person: people = 0 } = rows
  return `${plural(all, 'row')} (${plural(programmes, 'programme')}, ${plural(people, 'person', 'people')})`
}
