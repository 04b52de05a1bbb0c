/** What `npm audit --json` reports, less what test/supply-chain/accepted.ts accepts. */
import { z } from 'zod'
import type { acceptedVulnerabilities } from './accepted.ts'

export interface Advisory {
  /** "GHSA-xxxx-xxxx-xxxx" */
  readonly id: string
  readonly packageName: string
  readonly severity: string
  readonly title: string
  readonly url: string
}

const advisory = z.object({
  name: z.string(),
  title: z.string(),
  url: z.string(),
  severity: z.string(),
})
/** https://docs.npmjs.com/cli/v11/commands/npm-audit: a name in `via` points to another row of the report. */
const auditReport = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({ via: z.array(z.union([z.string(), advisory])) }),
  ),
})

/** Undefined where npm's answer is no report: the registry could not be asked. */
export function parseAuditReport(output: string): Advisory[] | undefined {
  const report = auditReport.safeParse(parseJson(output))
  if (!report.success) return undefined
  const advisories = Object.values(report.data.vulnerabilities)
    .flatMap(({ via }) => via)
    .flatMap((cause) => (typeof cause === 'string' ? [] : [toAdvisory(cause)]))
  return [...new Map(advisories.map((one) => [`${one.id} ${one.packageName}`, one])).values()]
}

function toAdvisory({ name, title, url, severity }: z.infer<typeof advisory>): Advisory {
  return { id: url.split('/').at(-1) ?? url, packageName: name, severity, title, url }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Those that nobody accepted, or whose acceptance has ended. @param today an ISO date */
export function withoutAccepted(
  advisories: readonly Advisory[],
  accepted: typeof acceptedVulnerabilities,
  today: string,
): Advisory[] {
  const isAccepted = (id: string) =>
    accepted.some((row) => row.advisory === id && today < row.until)
  return advisories.filter(({ id }) => !isAccepted(id))
}
