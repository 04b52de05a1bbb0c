import { listOf, plural } from '../../base/text.ts'
import type { ProgrammeRole } from '../../domain/people/member-resolver.ts'
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

function formatRightsChange({ name, became, roles, leads, sponsors }: RightsChange): string {
  const lists = (kind: 'added' | 'removed') => [
    ...roles[kind].map(roleText),
    ...(leads[kind].length > 0 ? [`leads ${listOf(leads[kind])}`] : []),
    ...(sponsors[kind].length > 0 ? [`sponsors ${listOf(sponsors[kind])}`] : []),
  ]
  const [added, removed] = [lists('added'), lists('removed')]
  const parts = [
    ...(added.length > 0 ? [`now ${listOf(added)}`] : []),
    ...(removed.length > 0 ? [`no longer ${listOf(removed)}`] : []),
  ]
  const whole = became === 'changed' ? '' : ` (${became})`
  return `${name}${whole}: ${parts.join('; ')}`
}

function formatAccountChange({ account, from, to, elsewhere }: AccountChange): string {
  const also = elsewhere.length > 0 ? `, in ${listOf(elsewhere)} as well` : ''
  if (from === null) return `${account} is linked to ${to}${also}`
  if (to === null) return `${account} is taken off ${from}${also}`
  return `${account} moves from ${from} to ${to}${also}: whoever uses it acts as ${to}`
}

function formatPerson({ name, roles, leads, sponsors, accounts }: PersonRights): string {
  const parts = [
    ...roles.map(roleText),
    ...(leads.length > 0 ? [`leads ${listOf(leads)}`] : []),
    ...(sponsors.length > 0 ? [`sponsors ${listOf(sponsors)}`] : []),
  ]
  return `${name}: ${listOf(parts)}; ${listOf(accounts)}`
}

const roleText = (role: ProgrammeRole): string =>
  role === 'programme_office' ? 'programme office' : role

function unlistedHeading({ unlistedAre, stored }: PeopleImportResult): string {
  const who = 'In the programme but not in the file'
  if (unlistedAre === 'kept') return `${who}; kept`
  if (unlistedAre === 'removed') return stored ? `${who}; removed` : `${who}; would be removed`
  return `${who}: say --unlisted remove or --unlisted keep`
}

function outcomeText({ stored, difference, unlisted, unlistedAre }: PeopleImportResult): string {
  if (stored) return 'Saved.'
  const isSame = difference.people.length + difference.accounts.length === 0
  const accept =
    unlisted.length > 0 && unlistedAre === 'undecided'
      ? '--accept and --unlisted remove or keep'
      : '--accept'
  const what = isSame ? 'No right and no account would change.' : 'This is what would change.'
  return `${what} Nothing was saved; ${accept} saves it.`
}
