import type { PlatformName } from '../../base/addresses.ts'
import { isZone } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import type { Sheet, SheetRow } from '../../base/sheets/read-sheet.ts'
import { fold } from '../../base/text.ts'
import type { ProgrammeRole } from '../../domain/people/member-resolver.ts'

/** A line of the people file: who someone is, where they chat, what they lead. */
export interface PeopleFileRow {
  readonly row: number
  readonly name: string
  readonly post: string
  readonly zone: string
  readonly roles: readonly ProgrammeRole[]
  /** Refs of workstreams ("2") and projects ("2.1"). */
  readonly leads: readonly string[]
  /** Refs of workstreams. */
  readonly sponsors: readonly string[]
  readonly accounts: readonly { platform: PlatformName; tenant: string; user: string }[]
}

export interface PeopleFile {
  readonly rows: readonly PeopleFileRow[]
  /** Those that have a column: of the others the file says nothing. */
  readonly platforms: readonly PlatformName[]
}

const rolesByLabel: Readonly<Record<string, ProgrammeRole>> = {
  lead: 'lead',
  sponsor: 'sponsor',
  'programme office': 'programme_office',
  viewer: 'viewer',
}

/**
 * Understands a people file. Only Name is needed; cells with several entries part them with ';'.
 * The column of a platform holds accounts as "/rag whoami" shows them: "T01ABC/U02DEF".
 * @throws Refusal that lists every row to mend.
 */
export function parsePeopleFile(sheet: Sheet, platforms: readonly PlatformName[]): PeopleFile {
  const [head, ...rows] = sheet.rows
  const at = new Map(head?.cells.map((cell, index) => [fold(cell), index]))
  if (!head || !at.has('name')) {
    const columns = ['name', 'post', 'role', 'leads', 'sponsors', ...platforms, 'zone']
    throw new Refusal(
      `A people file begins with a row of headings: ${columns.join(', ')}. Only name is needed.`,
    )
  }
  const cellOf = (row: SheetRow) => (column: string) =>
    row.cells[at.get(column) ?? -1]?.trim() ?? ''
  const problems: string[] = []
  const people = rows
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map((row) => parsePersonRow(row, platforms, cellOf(row), problems))
  problems.push(...duplicateNames(people), ...duplicateAccounts(people))
  if (problems.length > 0)
    throw new Refusal(`Nothing was changed. Please mend:\n${problems.join('\n')}`)
  return { rows: people, platforms: platforms.filter((platform) => at.has(fold(platform))) }
}

/** One name is one person here; two people of one name would get each other's messages. */
function duplicateNames(people: readonly PeopleFileRow[]): string[] {
  const first = new Map<string, number>()
  return people.flatMap(({ name, row }) => {
    const earlier = first.get(fold(name))
    if (name && earlier === undefined) first.set(fold(name), row)
    return earlier === undefined
      ? []
      : [`  row ${row}: ${name} stands in row ${earlier} already; one row for each person, please`]
  })
}

/** An account is one person's: whoever uses it acts as that person. */
function duplicateAccounts(people: readonly PeopleFileRow[]): string[] {
  const first = new Map<string, number>()
  return people.flatMap(({ accounts, row }) =>
    accounts.flatMap(({ platform, tenant, user }) => {
      const key = `${platform} ${tenant}/${user}`
      const earlier = first.get(key)
      if (earlier === undefined) first.set(key, row)
      return earlier === undefined
        ? []
        : [`  row ${row}: the account ${key} stands in row ${earlier} already`]
    }),
  )
}

function parsePersonRow(
  row: SheetRow,
  platforms: readonly PlatformName[],
  cell: (column: string) => string,
  problems: string[],
): PeopleFileRow {
  const wrong = (message: string) => problems.push(`  row ${row.number}: ${message}`)
  const name = cell('name')
  if (!name) wrong('a name is missing')
  const zone = cell('zone')
  if (zone && !isZone(zone)) wrong(`“${zone}” is not a zone, such as Europe/London`)
  const standings = splitEntries(cell('role')).flatMap((word) => {
    const standing = rolesByLabel[fold(word)]
    if (!standing)
      wrong(`“${word}” is not a role; roles are ${Object.keys(rolesByLabel).join(', ')}`)
    return standing ?? []
  })
  const leads = splitEntries(cell('leads'))
  if (standings.length > 0 && standings.every((role) => role === 'viewer') && leads.length > 0) {
    wrong(`a viewer leads nothing: give ${name} the role lead, or empty Leads`)
  }
  const accounts = platforms.flatMap((platform) =>
    splitEntries(cell(platform)).flatMap((text) => {
      const [tenant, user, more] = text.split('/')
      if (tenant && user && more === undefined) return { platform, tenant, user }
      wrong(`“${text}” is not an account; it looks like T01ABC/U02DEF, as “whoami” shows it`)
      return []
    }),
  )
  return {
    row: row.number,
    name,
    post: cell('post'),
    zone,
    roles: standings,
    leads,
    sponsors: splitEntries(cell('sponsors')),
    accounts,
  }
}

const splitEntries = (text: string): string[] =>
  text
    .split(';')
    .map((entry) => entry.trim())
    .filter(Boolean)
