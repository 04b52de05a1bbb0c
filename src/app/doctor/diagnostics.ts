import { bankHolidaysOf, type Nation, nations, proclaimedAsAt } from '../../base/bank-holidays.ts'
import {
  addDays,
  type CivilDate,
  civilDate,
  daysBetween,
  fullDate,
  fullMoment,
  yearOf,
} from '../../base/dates.ts'
import type { Diagnostic } from '../../base/diagnostic.ts'
import type { KeyRing } from '../../base/encryption.ts'
import { listOf, plural } from '../../base/text.ts'
import type { UnrenewedToken } from '../../domain/organisations/token-renewal.ts'
import { outdatedUses, type TokenKeyUse } from '../../domain/organisations/token-rotation.ts'
import type { OutboxBacklog } from '../../outbox/statistics.ts'
import type { WorkspaceOutage } from '../../outbox/workspace-outages.ts'
import type { PlatformRegistry } from '../platform-registry.ts'
import { settingsProblems } from '../settings-registry.ts'
import { nextStepText } from './setup-steps.ts'

/** What can be judged without asking anybody: pure. */

/** The fewest bank holidays that a year has had in any of the three nations. */
const minHolidaysPerYear = 8

/** One-off days are proclaimed months ahead; what was compared longer ago may lack one. */
const proclamationDays = 180

/**
 * Whether bank holidays are known for this year and the next: plans reach that far. A one-off day may have been
 * proclaimed since this version was made, which somebody has to look up.
 */
export function holidayDiagnostic(today: CivilDate): Diagnostic {
  const about = 'Bank holidays'
  const years = [yearOf(today), yearOf(today) + 1]
  const thin = nations.flatMap((nation) =>
    years
      .filter((year) => countHolidays(nation, year) < minHolidaysPerYear)
      .map((year) => `${nation} ${year}`),
  )
  if (thin.length === 0 && daysBetween(proclaimedAsAt, today) > proclamationDays) {
    return {
      ...{ about, state: 'look' },
      says: `One-off days are known as proclaimed by ${fullDate(proclaimedAsAt)}; later ones may be missing.`,
      remedy:
        'Compare with https://www.gov.uk/bank-holidays. Update Milepost, or let each programme enter a day that is missing (/rag admin closed 15 Jun because of the bank holiday).',
    }
  }
  if (thin.length === 0) {
    return { about, state: 'well', says: `Those of ${listOf(years.map(String))} are known.` }
  }
  return {
    about,
    state: 'mend',
    says: `Too few are known: ${listOf(thin)}.`,
    remedy: 'Update Milepost; until then enter them as closure days (/rag admin closed).',
  }
}

function countHolidays(nation: Nation, year: number): number {
  const holidayOn = bankHolidaysOf(nation)
  let count = 0
  for (let day = civilDate(`${year}-01-01`); yearOf(day) === year; day = addDays(day, 1)) {
    if (holidayOn(day)) count += 1
  }
  return count
}

/** What waits longer than this is not on its way any more. */
const overdueAfterMs = 10 * 60_000

export function outboxDiagnostics(
  { waiting, dueSince, dead, uncertain }: OutboxBacklog,
  now: Date,
): Diagnostic[] {
  const about = 'Messages'
  const findings: Diagnostic[] = []
  const late = dueSince === null ? 0 : now.getTime() - dueSince.getTime()
  if (late > overdueAfterMs) {
    findings.push({
      about,
      state: 'mend',
      says: `${plural(waiting, 'message')} should have gone out, the first ${Math.round(late / 60_000)} minutes ago.`,
      remedy:
        'Is the service running, and can it reach the platform? npm run -s milepost -- ledger list tells each reason.',
    })
  }
  if (dead + uncertain > 0) {
    findings.push({
      about,
      state: 'look',
      says: `In the last week ${dead} could not be sent, and ${uncertain} were possibly sent.`,
      remedy:
        'npm run -s milepost -- ledger list tells each reason, and sends again what was mended.',
    })
  }
  return findings.length > 0 ? findings : [{ about, state: 'well', says: 'Nothing is overdue.' }]
}

/** Workspaces that refuse Milepost; nothing where none does. */
export function outageDiagnostics(
  outages: readonly WorkspaceOutage[],
  { title, explain }: Pick<PlatformRegistry, 'title' | 'explain'>,
): Diagnostic[] {
  return outages.map(({ platform, tenant, errorCode, since }) => ({
    about: title(platform),
    state: 'mend',
    says: `The workspace ${tenant} has refused Milepost since ${fullMoment(since, 'UTC')} UTC (${errorCode}).`,
    remedy:
      explain(errorCode)?.words ?? 'Ask whoever looks after that workspace to let Milepost in.',
  }))
}

/** Tokens of workspaces that no key here decrypts, or that an earlier one does; nothing where all is well. */
export function tokenKeyDiagnostics(
  uses: readonly TokenKeyUse[],
  keyRing: KeyRing | undefined,
): Diagnostic[] {
  const about = 'Tokens'
  const { lost, earlier } = outdatedUses(uses, keyRing)
  const keysOf = (those: readonly TokenKeyUse[]) =>
    listOf([...new Set(those.map(({ keyId }) => `“${keyId}”`))])
  const findings: Diagnostic[] = lost.map(({ tenant, name, keyId }) => ({
    ...{ about, state: 'mend' },
    says: `The token of ${name ? `${name} (${tenant})` : tenant} cannot be read: its key “${keyId}” is not in TOKEN_KEYS. Its messages wait.`,
    remedy: `Put the key “${keyId}” back into TOKEN_KEYS, or, if it is lost, have that workspace install Milepost again.`,
  }))
  if (earlier.length === 0) return findings
  const says = `${plural(earlier.length, 'token is', 'tokens are')} encrypted by an earlier key (${keysOf(earlier)}).`
  const remedy =
    'npm run -s milepost -- tokens rotate encrypts them by the first key of TOKEN_KEYS; then the earlier ones can go.'
  return [...findings, { about, state: 'look', says, remedy }]
}

/** Tokens that end, for which the platform gives no new one; nothing where all are renewed. */
export function unrenewedTokenDiagnostics(
  tokens: readonly UnrenewedToken[],
  { title, explain }: Pick<PlatformRegistry, 'title' | 'explain'>,
): Diagnostic[] {
  return tokens.map(({ platform, tenant, name, errorCode, since, expiresAt }) => ({
    about: 'Tokens',
    state: 'mend',
    says: `${title(platform)} has given no new token for ${name ? `${name} (${tenant})` : tenant} since ${fullMoment(since, 'UTC')} UTC (${errorCode}). The present one ends at ${fullMoment(expiresAt, 'UTC')} UTC.`,
    remedy: `${explain(errorCode)?.words ?? 'It is tried again by itself.'} npm run -s milepost -- organisations link prints a new link.`,
  }))
}

/** Programmes whose settings are not as Milepost writes them; nothing where all are. */
export function settingsDiagnostics(
  programmes: readonly { readonly key: string; readonly settings: unknown }[],
): Diagnostic[] {
  return programmes.flatMap(({ key, settings }) => {
    const problems = settingsProblems(settings)
    if (problems.length === 0) return []
    return {
      about: 'Settings',
      state: 'mend' as const,
      says: `Of the programme ${key}, ${listOf(problems)}.`,
      remedy:
        'Restore the column "settings" of its row in "Programme" from a backup, or update Milepost.',
    }
  })
}

const stateMarks = { well: '✓', look: '!', mend: '✗' } as const

/** '✗ mend  Slack: … \n          What to do: …' */
export function formatDiagnostics(findings: readonly Diagnostic[]): string {
  const lines = findings.flatMap(({ about, state, says, remedy }) => [
    `${stateMarks[state]} ${state}  ${about}: ${says}`,
    ...(remedy ? [`          What to do: ${remedy}`] : []),
  ])
  const mend = findings.filter(({ state }) => state === 'mend').length
  const end = mend > 0 ? `${plural(mend, 'thing')} to mend.` : 'Nothing to mend.'
  return [...lines, end, nextStepText(findings)].join('\n')
}
