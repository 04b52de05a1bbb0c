import { describe, expect, test } from '@jest/globals'
import { parseAuditReport, withoutAccepted } from './advisories.ts'

const url = 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc'
const cause = { source: 1, name: 'inner', title: 'Lets anybody in', url, severity: 'high' }
/** npm lists a package that is vulnerable and every package that brings it. */
const output = JSON.stringify({
  auditReportVersion: 2,
  vulnerabilities: {
    inner: { name: 'inner', severity: 'high', via: [cause], effects: ['outer'] },
    outer: { name: 'outer', severity: 'high', via: ['inner', cause], effects: [] },
  },
  metadata: {},
})
const found = {
  id: 'GHSA-aaaa-bbbb-cccc',
  packageName: 'inner',
  severity: 'high',
  title: 'Lets anybody in',
  url,
}

describe('the report of npm audit', () => {
  test('gives each advisory once', () => {
    expect(parseAuditReport(output)).toEqual([found])
  })

  test.each([
    ['an error', '{"message":"405 Method Not Allowed","error":{"code":"EAUDIT"}}'],
    ['nothing', ''],
    ['a page of a proxy', '<html>'],
  ])('is none where the registry answers with %s', (_, answer) => {
    expect(parseAuditReport(answer)).toBeUndefined()
  })
})

describe('a known vulnerability', () => {
  const accepted = [{ advisory: found.id, reason: 'Not used.', until: '2027-01-31' }]

  test('fails the check until it is accepted', () => {
    expect(withoutAccepted([found], [], '2026-12-01')).toEqual([found])
    expect(withoutAccepted([found], accepted, '2026-12-01')).toEqual([])
  })

  test('fails it again from the day on which it is to be looked at again', () => {
    expect(withoutAccepted([found], accepted, '2027-01-31')).toEqual([found])
  })
})
