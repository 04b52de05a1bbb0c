/**
 * `npm run audit`: asks the registry for known vulnerabilities of what runs in production, and exits with 1 where there
 * is one that accepted.ts does not accept. A registry that does not answer fails nothing: then it says so.
 */
import { spawnSync } from 'node:child_process'
import { acceptedVulnerabilities } from './accepted.ts'
import { parseAuditReport, withoutAccepted } from './advisories.ts'

const { stdout } = spawnSync(
  'npm audit --omit=dev --json --fetch-retries=0 --fetch-timeout=20000',
  // npm is a script with an ending of its own on Windows.
  { shell: true, encoding: 'utf8' },
)
const found = parseAuditReport(stdout)
if (!found) {
  console.log('Known vulnerabilities were NOT checked: the registry did not answer npm audit.')
} else {
  const today = new Date().toISOString().slice(0, 10)
  const left = withoutAccepted(found, acceptedVulnerabilities, today)
  for (const { severity, packageName, title, url } of left) {
    console.error(`${severity}: ${packageName}: ${title}\n  ${url}`)
  }
  console.log(
    `Known vulnerabilities of what runs in production: ${left.length}; accepted: ${found.length - left.length}.`,
  )
  if (left.length > 0) {
    console.error(
      'Update the package, or accept it with a reason and a day in test/supply-chain/accepted.ts.',
    )
    process.exitCode = 1
  }
}
