import { describe, expect, test } from '@jest/globals'
import {
  foldApprovals,
  initialApprovalState,
  pendingDecision,
} from '../../../../src/domain/digests/approval.ts'
import { digestSections } from '../../../../src/features/digests/rendering/sections/registry.ts'
import type { SectionDescriptor } from '../../../../src/features/digests/rendering/sections/section-descriptor.ts'
import { governed } from '../governed.ts'

const at = governed({ settings: { digest: { preview: false } } })

const subscribe = () => at.say(at.office, 'digest here weekly monday 09:00', '2017-02-16T12:00:00Z')
/** On Friday at noon, each a minute after the one before. */
let minute = 0
const nextMinute = () => new Date(Date.UTC(2017, 1, 17, 12, minute++)).toISOString()
const office = (text: string, moment = nextMinute()) => at.say(at.office, text, moment)

describe('the decisions on a digest amount to', () => {
  const by = 'Asha'
  const now = new Date('2017-02-17T12:00:00Z')
  const said = (
    kind: 'held' | 'released' | 'approved' | 'headline',
    text: string | null = null,
  ) => ({
    ...{ kind, text, by, at: now },
  })
  test.each([
    ['nothing', [], initialApprovalState],
    ['held', [said('held', 'wrong')], { ...initialApprovalState, held: { by, because: 'wrong' } }],
    ['released', [said('held'), said('released')], initialApprovalState],
    [
      'held again',
      [said('held'), said('released'), said('held')],
      { ...initialApprovalState, held: { by, because: null } },
    ],
    [
      'approved lets a held one go',
      [said('held'), said('approved')],
      { ...initialApprovalState, approvedBy: by },
    ],
    [
      'held after it was approved',
      [said('approved'), said('held')],
      { ...initialApprovalState, approvedBy: by, held: { by, because: null } },
    ],
    [
      'the last headline',
      [said('headline', 'One'), said('headline', 'Two')],
      { ...initialApprovalState, headline: 'Two' },
    ],
    [
      'a headline that was taken back',
      [said('headline', 'One'), said('headline', '')],
      initialApprovalState,
    ],
  ])('%s', (_, all, expected) => {
    expect(foldApprovals(all)).toEqual(expected)
  })

  test('waiting for approval only where the programme requires it', () => {
    expect(pendingDecision(initialApprovalState, { approval: false })).toBeNull()
    expect(pendingDecision(initialApprovalState, { approval: true })).toEqual({ for: 'approval' })
    expect(
      pendingDecision({ ...initialApprovalState, approvedBy: by }, { approval: true }),
    ).toBeNull()
  })
})

describe('a digest that is held', () => {
  test('is not posted at its hour; the office is told once, and it is posted when it is released', async () => {
    await subscribe()
    expect(await office('digest hold because the figures of 2.1 are wrong')).toContain('is held')
    expect(await at.post('2017-02-20T09:00:00Z')).toEqual([])
    expect(await at.post('2017-02-20T09:01:00Z')).toEqual([])
    expect(await at.told()).toEqual(['A digest is held'])
    expect(await at.told(at.colleague)).toEqual(['A digest is held'])
    expect(await at.lastTold()).toContain('is held by Asha: the figures of 2.1 are wrong')
    expect(await at.lastTold()).toContain('After Tue 21 Feb 2017, 09:00 it is not posted')

    expect(await at.say(at.colleague, 'digest release', '2017-02-20T14:00:00Z')).toContain(
      'is released',
    )
    expect(await at.post('2017-02-20T14:01:00Z')).toHaveLength(1)
    expect(await at.post('2017-02-20T14:02:00Z')).toEqual([])
  })

  test('that nobody releases is reported to the office', async () => {
    await subscribe()
    await office('digest hold')
    await at.post('2017-02-20T09:00:00Z')
    expect(await at.post('2017-02-21T09:01:00Z')).toEqual([])
    await at.post('2017-02-21T09:02:00Z')
    expect(await at.told()).toEqual(['A digest is held', 'A digest was not posted'])
    expect(await at.lastTold()).toContain('it is held by Asha, and its time is over')
    // The next one goes by itself.
    expect(await at.post('2017-02-27T09:00:00Z')).toHaveLength(1)
  })

  test('is held once, and released once', async () => {
    await subscribe()
    await office('digest hold')
    expect(await office('digest hold')).toContain('is held by Asha')
    await office('digest release')
    expect(await office('digest release')).toContain('goes out by itself')
    expect(await at.db.digestDirection.count()).toBe(2)
  })

  test('is the next one: after Monday’s was posted, next Monday’s', async () => {
    await subscribe()
    await at.post('2017-02-20T09:00:00Z')
    expect(await office('digest hold', '2017-02-20T09:30:00Z')).toContain('for Mon 27 Feb 2017')
  })

  test('can be held by the office alone, and only where a digest is to come', async () => {
    expect(await at.say(at.lead, 'digest hold', '2017-02-17T12:00:00Z')).toContain(
      'Only the programme office',
    )
    expect(await office('digest hold')).toContain('No channel gets the digest')
  })
})

describe('a digest with a sentence that does not follow from the plan', () => {
  const withHeading = (heading: string): SectionDescriptor => ({
    key: heading,
    firstMessageLimit: 1,
    build: () => [
      {
        ...{ heading, noun: ['project', 'projects'] },
        entries: [{ title: 'All is well', beside: '', lines: [], workstreamId: null }],
      },
    ],
  })
  const broken = [...digestSections, withHeading('3 projects got better')]

  test('is held, and the office is told once which sentence and why; it is posted once it is true', async () => {
    await subscribe()
    expect(await at.post('2017-02-20T09:00:00Z', broken)).toEqual([])
    expect(await at.post('2017-02-20T09:01:00Z', broken)).toEqual([])
    expect(await at.told()).toEqual(['A digest is held'])
    expect(await at.told(at.colleague)).toEqual(['A digest is held'])
    expect(await at.lastTold()).toContain('3 projects got better')
    expect(await at.lastTold()).toContain('By the plan there are 0.')
    expect(await at.lastTold()).toContain('To post it as it is: /rag digest release')
    expect(await at.digests()).toEqual([])
    expect(await at.post('2017-02-20T09:02:00Z')).toHaveLength(1)
  })

  test('goes out as it is where the office lets it', async () => {
    await subscribe()
    await at.post('2017-02-20T09:00:00Z', broken)
    const pressed = await at.press(
      at.colleague,
      'digest-release',
      { programme: 'BCS', round: '2017-02-20' },
      '2017-02-20T09:05:00Z',
    )
    expect(pressed).toContain('is released')
    expect(await at.post('2017-02-20T09:06:00Z', broken)).toHaveLength(1)
  })

  test('is held again for another sentence than the one that was let go', async () => {
    await subscribe()
    await at.post('2017-02-20T09:00:00Z', broken)
    await at.say(at.office, 'digest release', '2017-02-20T09:05:00Z')
    const more = [...broken, withHeading('2 dates moved')]
    expect(await at.post('2017-02-20T09:06:00Z', more)).toEqual([])
    expect(await at.told()).toEqual(['A digest is held', 'A digest is held'])
    expect(await at.lastTold()).toContain('2 dates moved')
  })

  test('that nobody releases is reported with its sentence', async () => {
    await subscribe()
    await at.post('2017-02-20T09:00:00Z', broken)
    expect(await at.post('2017-02-21T09:01:00Z', broken)).toEqual([])
    expect(await at.lastTold()).toContain('it is held by Milepost: “3 projects got better')
  })
})

describe('approval', () => {
  test('where not required lets a digest go out by itself', async () => {
    await subscribe()
    expect(await at.post('2017-02-20T09:00:00Z')).toHaveLength(1)
  })

  test('where required makes a digest wait: the office is reminded once, and it is posted when approved', async () => {
    await subscribe()
    expect(await office('digest approval on')).toContain('when you have approved it')
    expect(await at.post('2017-02-20T09:00:00Z')).toEqual([])
    await at.post('2017-02-20T09:01:00Z')
    expect(await at.told()).toEqual(['A digest waits for you'])
    expect(await office('digest approve', '2017-02-20T10:00:00Z')).toContain('is approved')
    expect(await at.post('2017-02-20T10:01:00Z')).toHaveLength(1)
    // Each digest by itself.
    expect(await at.post('2017-02-27T09:00:00Z')).toEqual([])
  })

  test('given beforehand lets the digest go out at its hour', async () => {
    await subscribe()
    await office('digest approval on')
    await office('digest approve')
    expect(await at.post('2017-02-20T09:00:00Z')).toHaveLength(1)
    expect(await at.told()).toEqual([])
  })

  test('that nobody gives is reported when it is too late to post', async () => {
    await subscribe()
    await office('digest approval on')
    await at.post('2017-02-21T09:01:00Z')
    expect(await at.lastTold()).toContain(
      'waits for the programme office to approve it, and its time is over',
    )
  })

  test('of a held digest lets it go; a released digest still waits for approval', async () => {
    await subscribe()
    await office('digest approval on')
    await office('digest hold')
    expect(await office('digest release')).toContain('waits for the programme office to approve it')
    await office('digest hold')
    await office('digest approve')
    expect(await at.post('2017-02-20T09:00:00Z')).toHaveLength(1)
  })
})

describe('the headline of the office', () => {
  test('is in the next digest, and in no other', async () => {
    await subscribe()
    await office('digest headline “Read 2.1 first: it needs the board.”')
    await at.post('2017-02-20T09:00:00Z')
    await at.post('2017-02-27T09:00:00Z')
    expect((await at.digests()).map(({ officeHeadline }) => officeHeadline)).toEqual([
      'Read 2.1 first: it needs the board.',
      null,
    ])
    const root = await at.db.outboxMessage.findFirst({
      where: { card: 'digest' },
      orderBy: { sequence: 'asc' },
    })
    expect(root?.data).toMatchObject({ officeHeadline: 'Read 2.1 first: it needs the board.' })
  })

  test('can be withdrawn', async () => {
    await subscribe()
    await office('digest headline for BCS Read 2.1 first')
    expect(await office('digest headline off')).toContain('no headline of yours')
    expect(await office('digest headline off')).toContain('Nothing to change')
    await at.post('2017-02-20T09:00:00Z')
    expect((await at.digests())[0]?.officeHeadline).toBeNull()
  })
})

test('digests name owners until the office says that they do not', async () => {
  await subscribe()
  await at.post('2017-02-20T09:00:00Z')
  expect(await office('digest owners off')).toContain('Digests of Programme BCS name no leads.')
  await at.post('2017-02-27T09:00:00Z')
  expect((await at.digests()).map(({ owners }) => owners !== null)).toEqual([true, false])
})

test('a button of an old message does not approve another digest', async () => {
  await subscribe()
  const about = { programme: 'BCS', round: '2017-02-20' }
  const pressed = (moment: string) => at.press(at.office, 'digest-approve', about, moment)
  expect(await pressed('2017-02-21T10:00:00Z')).toContain(
    'That button is about another digest. The next one of Programme BCS is that of Mon 27 Feb 2017.',
  )
  expect(await at.db.digestDirection.count()).toBe(0)
  expect(await pressed('2017-02-20T08:00:00Z')).toContain('is approved')
})
