import { createRequire } from 'node:module'
import { Refusal } from '../base/errors.ts'

/** The packages that only the playground uses: devDependencies, which `npm ci --omit=dev` leaves out. */
export const playgroundPackages = ['adaptivecards', 'jose', 'ws'] as const

/** @throws Refusal that names the packages that are not installed, and says what to do */
export function requirePlaygroundPackages(isInstalled = canResolve): void {
  const missing = playgroundPackages.filter((name) => !isInstalled(name))
  if (missing.length === 0) return
  throw new Refusal(
    `The playground needs packages that are not installed here: ${missing.join(', ')}. Install them with "npm ci" (without --omit=dev), or give Milepost a Slack workspace or a Teams tenant to serve: .env.example lists the settings.`,
  )
}

function canResolve(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name)
    return true
  } catch {
    return false
  }
}
