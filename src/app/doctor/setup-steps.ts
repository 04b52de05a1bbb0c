import type { Diagnostic } from '../../base/diagnostic.ts'
import { listOf, plural } from '../../base/text.ts'

/** The steps from an empty machine to a programme at work, in their order: pure. */

export interface InstallationSettings {
  /** Names of the platforms that are configured: "slack". */
  readonly platforms: readonly string[]
  /** Whether a platform has to reach Milepost from the internet. */
  readonly isExposed: boolean
  readonly publicUrl: string | undefined
  /** Host of the outbound proxy. */
  readonly proxyHost: string | undefined
}

/** What the settings say by themselves; nothing of what needs no word. */
export function settingsSteps(settings: InstallationSettings): Diagnostic[] {
  const { isExposed, publicUrl, proxyHost } = settings
  const steps: Diagnostic[] = []
  if (isExposed && publicUrl === undefined) {
    steps.push({
      ...{ about: 'Public address', state: 'mend' },
      says: 'PUBLIC_URL is not set, so the manifests cannot say where Milepost is.',
      remedy: 'Set it to the https:// address at which the internet reaches your reverse proxy.',
    })
  }
  if (proxyHost !== undefined) {
    const says = `Slack and Microsoft are called through ${proxyHost}.`
    steps.push({ about: 'Outbound proxy', state: 'well', says })
  }
  return steps
}

export interface InstallationProgress {
  /** How many may set up programmes from chat. */
  readonly admins: number
  /** Accounts in chat that Milepost knows. */
  readonly accounts: number
  readonly programmes: number
  /** Channels that get a digest. */
  readonly channels: number
}

/** How far it has come: what is there, and the first step that is not. */
export function progressSteps(
  { admins, accounts, programmes, channels }: InstallationProgress,
  { platforms }: Pick<InstallationSettings, 'platforms'>,
): Diagnostic[] {
  const about = 'Set-up'
  const open = (says: string, remedy: string): Diagnostic[] => [
    { about, state: 'look', says, remedy },
  ]
  if (accounts === 0 && admins === 0) {
    const manifests = platforms.map((name) => `npm run -s milepost -- manifest ${name}`)
    return open(
      'Nobody has written to Milepost yet.',
      `Give the app to ${listOf(platforms.map(titleCase))} (${manifests.join('; ')}), start Milepost, and write “whoami” to it.`,
    )
  }
  if (programmes === 0 && admins === 0) {
    return open(
      'Nobody may set up a programme from chat.',
      'Put your account in MILEPOST_ADMINS, as “whoami” shows it with its platform (slack:T0123/U0456), and start Milepost again.',
    )
  }
  if (programmes === 0) {
    return open(
      'There is no programme yet.',
      'Write “setup” to Milepost from an account of MILEPOST_ADMINS, or import a plan (npm run -s milepost -- import).',
    )
  }
  if (channels === 0) {
    return open(
      `${plural(programmes, 'programme')}, and no channel gets a digest.`,
      'In the channel that is to get it, invite Milepost and write “digest here weekly friday 14:30”.',
    )
  }
  const says = `${plural(programmes, 'programme')}, ${plural(accounts, 'account')} in chat, ${plural(channels, 'channel')} with a digest.`
  return [{ about, state: 'well', says }]
}

const titleCase = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

/** The one thing to do now: what does not work first, then what is not there yet. */
export function nextStepText(findings: readonly Diagnostic[]): string {
  const next =
    findings.find(({ state }) => state === 'mend') ?? findings.find(({ state }) => state === 'look')
  if (!next) return 'Milepost is at work, and nothing is left to do.'
  return `Next, ${next.about}: ${next.remedy ?? next.says}`
}
