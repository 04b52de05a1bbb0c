import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { z } from 'zod'

/** The payloads of both platforms are in payloads/; slack/payloads.test.ts and teams/payloads.test.ts replay each. */
const folder = new URL('payloads/', import.meta.url)
const kinds = readdirSync(folder)
  .filter((name) => /^(slack|teams)-/.test(name))
  .flatMap((name) =>
    Object.keys(
      z
        .record(z.string(), z.unknown())
        .parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))),
    ).map((kind) => `${name}: ${kind}`),
  )

test('at least 60 kinds of payload of each platform are replayed', () => {
  for (const platform of ['slack', 'teams'])
    expect(kinds.filter((kind) => kind.startsWith(platform)).length).toBeGreaterThanOrEqual(60)
})
