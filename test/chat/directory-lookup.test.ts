import { describe, expect, test } from '@jest/globals'
import { createDirectoryLookup, directoryInTime } from '../../src/chat/directory-lookup.ts'
import type { DirectoryMember } from '../../src/chat/port.ts'

const asha: DirectoryMember = { user: 'U1', names: ['Asha Verity'], standing: 'employee' }
const request = { platform: 'slack', tenant: 'T1', channels: [] }

/** A workspace whose list is read by these answers, one after the other; time is moved by hand. */
function lookupOver(...answers: readonly (() => Promise<readonly DirectoryMember[]>)[]) {
  let now = 0
  let reads = 0
  const members = async () => {
    reads += 1
    return (await answers[reads - 1]?.()) ?? []
  }
  const lookup = createDirectoryLookup(new Map([['slack', { members }]]), {
    now: () => new Date(now),
  })
  return {
    lookup,
    reads: () => reads,
    pass: (minutes: number) => {
      now += minutes * 60_000
    },
  }
}

describe('the members of a workspace', () => {
  test('are read once in ten minutes, by requests of the same moment too', async () => {
    const { lookup, reads, pass } = lookupOver(async () => [asha])
    const both = await Promise.all([lookup(request), lookup(request)])
    expect(both).toEqual([[asha], [asha]])
    pass(9)
    await lookup(request)
    expect(reads()).toBe(1)
    pass(1)
    await lookup(request)
    expect(reads()).toBe(2)
  })

  test('are there later where the platform failed, and the next request reads them', async () => {
    const fail = () => Promise.reject(new Error('down'))
    const { lookup } = lookupOver(fail, async () => [asha])
    expect(await lookup(request)).toBe('later')
    expect(await lookup(request)).toEqual([asha])
  })

  test('cannot be told where no platform is asked', async () => {
    expect(await lookupOver().lookup({ ...request, platform: 'teams' })).toBe('cannot tell')
    expect(await directoryInTime(undefined)).toBe('cannot tell')
  })

  test('of one tenant are not those of another', async () => {
    const { lookup } = lookupOver(
      async () => [asha],
      async () => [],
    )
    expect(await lookup(request)).toEqual([asha])
    expect(await lookup({ ...request, tenant: 'T2' })).toEqual([])
  })
})
