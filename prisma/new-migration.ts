/**
 * `npm run migration -- NAME`: writes the step from the last migration to schema.prisma.
 * Read what it wrote before you commit it. It never touches a database.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { difference, migrationsFolder } from './difference.ts'

const name = process.argv
  .slice(2)
  .join('_')
  .toLowerCase()
  .replaceAll(/[^a-z0-9]+/g, '_')

if (name === '') {
  console.error('Give the migration a name: npm run migration -- add_quiet_hours')
  process.exitCode = 1
} else {
  const sql = await difference()
  if (sql === null) console.log('Nothing to do: the migrations already build schema.prisma.')
  else console.log(`Wrote ${await write(name, sql)}`)
}

async function write(name: string, sql: string): Promise<string> {
  const at = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const folder = `${migrationsFolder}/${at}_${name}`
  await mkdir(folder)
  await writeFile(`${folder}/migration.sql`, `${sql.trimEnd()}\n`)
  return `prisma/migrations/${at}_${name}/migration.sql`
}
