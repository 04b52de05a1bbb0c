import { expect, test } from '@jest/globals'
import { urlBelow } from '../../src/base/public-url.ts'

test.each([
  ['https://example.org', 'https://example.org/healthz'],
  ['https://example.org/', 'https://example.org/healthz'],
  ['https://example.org/milepost', 'https://example.org/milepost/healthz'],
  ['https://example.org:8443/a/b//', 'https://example.org:8443/a/b/healthz'],
])('what Milepost serves stands below %s', (publicUrl, url) => {
  expect(urlBelow(publicUrl, '/healthz')).toBe(url)
})
