import { listOf, plural } from '../../base/text.ts'
import type { PeopleImportResult } from './import-people.ts'
import type { PersonRights } from './load-rights.ts'
import type { AccountChange, RightsChange } from './rights-diff.ts'

/** A people import for the person who ran it. */
export function formatPeopleImport(result: PeopleImportResult): string {
  const { programme, people, accounts, difference, unlisted, attention } = result
  return [
    `Programme ${programme}: ${plural(people, 'person', 'people')} with ${plural(accounts, 'account')}`,
    ...formatSection('Rights that change', difference.people.map(formatRightsChange)),
    ...formatSection('Accounts that change', difference.accounts.map(formatAccountChange)),
    ...formatSection(unlistedHeading(result), unlisted.map(formatPerson)),
    ...formatSection('For a person to look at', attention),
    outcomeText(result),
  ].join('\n')
}

const formatSection = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${heading} (${lines.length}):`, ...lines.map((line) => `  ${line}`)]

export function formatRightsChange({ name, became, roles, leads, sponsors }: RightsChange): string {
  const textOf = (kind: 'added' | 'removed') =>
    rightsText({ roles: roles[kind], leads: leads[kind], sponsors: sponsors[kind] })
  const [added, removed] = [textOf('added'), textOf('removed')]
  const parts = [...(added ? [`now ${added}`] : []), ...(removed ? [`no longer ${removed}`] : [])]
  const whole = became === 'changed' ? '' : ` (${became})`
  return `${name}${whole}: ${parts.join('; ')}`
}

/** 'programme office, leading 2 and 2.1'; empty where there are none. */
function rightsText({
  roles,
  leads,
  sponsors,
}: Pick<PersonRights, 'roles' | 'leads' | 'sponsors'>): string {
  return [
    ...roles.map((role) => (role === 'programme_office' ? 'programme office' : role)),
    ...(leads.length > 0 ? [`leading ${listOf(leads)}`] : []),
    ...(sponsors.length > 0 ? [`sponsoring ${listOf(sponsors)}`] : []),
  ].join(', ')
}

export function formatAccountChange({ account, from, to, elsewhere }: AccountChange): string {
  const also = elsewhere.length > 0 ? `, in ${listOf(elsewhere)} as well` : ''
  if (from === null) return `${account} is linked to ${to}${also}`
  if (to === null) return `${account} is taken off ${from}${also}`
  return `${account} moves from ${from} to ${to}${also}: whoever uses it acts as ${to}`
}

export const formatPerson = (person: PersonRights): string =>
  `${person.name}: ${rightsText(person)}; ${listOf(person.accounts)}`

function unlistedHeading({ unlistedAre, stored }: PeopleImportResult): string {
  const who = 'In the programme but not in the file'
  if (unlistedAre === 'kept') return `${who}; kept`
  if (unlistedAre === 'removed') return stored ? `${who}; removed` : `${who}; would be removed`
  return `${who}: say --unlisted remove or --unlisted keep`
}

function outcomeText({ stored, difference, unlisted, unlistedAre }: PeopleImportResult): string {
  if (stored) return 'Saved.'
  const isSame = difference.people.length + difference.accounts.length === 0
  const what = isSame ? 'No right and no account would change.' : 'This is what would change.'
  const decisions = { kept: ' --unlisted keep', removed: ' --unlisted remove' }
  const decision =
    unlistedAre === 'undecided' ? ' and --unlisted remove or keep' : decisions[unlistedAre]
  return `${what} Nothing was saved; --accept${unlisted.length > 0 ? decision : ''} saves it.`
}
