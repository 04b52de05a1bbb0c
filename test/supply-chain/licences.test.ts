import { expect, test } from '@jest/globals'
import { acceptedLicences, acceptedPackages } from './accepted.ts'
import { lockedPackages } from './lock-file.ts'

const named = lockedPackages().filter(({ license = '' }) => !isAccepted(license))

test('every package is under a licence that Milepost can keep, or accepted with its reason', () => {
  const unknown = named.filter(({ name }) => !(name in acceptedPackages))
  expect(unknown.map(({ name, license }) => `${name}: ${license}`)).toEqual([])
})

test('no package is accepted that is no longer there, or now has a known licence', () => {
  expect(new Set(named.map(({ name }) => name))).toEqual(new Set(Object.keys(acceptedPackages)))
})

test.each([
  ['MIT', true],
  ['GPL-3.0-only', false],
  ['(MIT OR GPL-3.0-only)', true],
  ['(MIT AND GPL-3.0-only)', false],
  ['Apache-2.0 AND MIT', true],
  ['', false],
])('the licence "%s" is accepted: %s', (licence, accepted) => {
  expect(isAccepted(licence)).toBe(accepted)
})

/** Of an SPDX expression with one kind of operator; a nested one is for a person to read. */
function isAccepted(expression: string): boolean {
  const inner = expression.replace(/^\((.*)\)$/, '$1')
  const isKnown = (licence: string) => acceptedLicences.includes(licence)
  return inner.includes(' OR ')
    ? inner.split(' OR ').some(isKnown)
    : inner.split(' AND ').every(isKnown)
}
