import { describe, expect, test } from '@jest/globals'
import { digestSections } from '../../../../src/features/digests/rendering/sections/registry.ts'
import type { SectionContent } from '../../../../src/features/digests/rendering/sections/section.ts'
import { governed, privateChannel } from '../governed.ts'

const at = governed({
  projects: [
    {
      ref: '2.1',
      title: 'Practice standards',
      milestones: [
        ['Site', '2017-01-31'],
        ['Guide', '2017-01-31'],
      ],
    },
    { ref: '2.2', title: 'Assessments' },
  ],
})
const thursday = '2017-02-16T08:00:00Z'
const friday = '2017-02-17T09:00:00Z'
const monday = '2017-02-20T09:00:00Z'
const office = (text: string, moment = thursday, conversation = 'C1') =>
  at.say(at.office, text, moment, conversation)

describe('the preview to the programme office', () => {
  test('comes on the working day before, once, to each of them alone', async () => {
    await office('digest here weekly monday 09:00')
    expect(await at.post('2017-02-17T08:59:00Z')).toEqual([])
    expect(await at.told()).toEqual([])
    await at.post(friday)
    await at.post('2017-02-17T09:01:00Z')
    expect(await at.told()).toEqual(['Your next digest, as it stands now'])
    expect(await at.told(at.colleague)).toHaveLength(1)
    expect(await at.told(at.lead)).toEqual([])
    expect(await at.lastTold()).toContain('is posted on Mon 20 Feb 2017, 09:00')
    expect(await at.digests()).toEqual([])
    const told = await at.db.outboxMessage.findMany({ where: { kind: 'office' } })
    expect(told.map(({ placeKind }) => placeKind)).toEqual(['direct', 'direct'])
  })

  test('says where the digest goes, what its status is and what is open', async () => {
    await office('2.1 green')
    at.channels.set('C2', privateChannel)
    await office('digest here weekly monday 09:00')
    await office('digest here weekly monday 09:00 to public', thursday, 'C2')
    await office('digest headline Read 2.1 first')
    await at.post(friday)
    const told = await at.lastTold()
    expect(told).toContain('To a channel on Slack, for the board, about the whole programme.')
    expect(told).toContain('To a channel on Slack, for the public, about the whole programme.')
    expect(told).toContain('● Green 1')
    expect(told).toContain('Read 2.1 first')
    // A Green with two milestones overdue.
    expect(told).toMatch(/1 question to answer before the board asks: \/rag checks for BCS/)
  })

  test('says that the digest waits for approval, where it does', async () => {
    await office('digest here weekly monday 09:00')
    await office('digest approval on')
    await at.post(friday)
    expect(await at.lastTold()).toContain('It waits for the programme office to approve it.')
    const row = await at.db.outboxMessage.findFirstOrThrow({ where: { kind: 'office' } })
    expect(row.data).toMatchObject({ buttons: [{ verb: 'digest' }, { verb: 'digest-approve' }] })
  })

  test('of a held digest has a button to release it, and none to hold it', async () => {
    await office('digest here weekly monday 09:00')
    await office('digest hold because the figures are wrong')
    await at.post(friday)
    expect(await at.lastTold()).toContain('To let it go: /rag digest release')
    expect(await at.lastTold()).not.toContain('To hold it')
    const row = await at.db.outboxMessage.findFirstOrThrow({ where: { kind: 'office' } })
    expect(row.data).toMatchObject({ buttons: [{ verb: 'digest' }, { verb: 'digest-release' }] })
  })

  test('says that a digest would be held of which a sentence does not follow, and which', async () => {
    const heading = '3 projects got better'
    const entry = { title: 'All is well', beside: '', lines: [], workstreamId: null }
    const content: SectionContent = { heading, entries: [entry], noun: ['project', 'projects'] }
    const untrue = { key: heading, firstMessageLimit: 1, build: () => [content] }
    await office('digest here weekly monday 09:00')
    await at.post(friday, [...digestSections, untrue])
    expect(await at.lastTold()).toContain('As it stands it would be held: ')
    expect(await at.lastTold()).toContain('“3 projects got better')
  })

  test('can be switched off', async () => {
    await office('digest here weekly monday 09:00')
    await office('digest preview off')
    await at.post(friday)
    expect(await at.told()).toEqual([])
    expect(await at.post(monday)).toHaveLength(1)
  })
})

describe('a digest shown to one person alone', () => {
  test('is the board’s, another audience’s, or that of a part, as requested', async () => {
    const internal = '2.1 red The manager resigned green by 31 Mar 2017 for internal only'
    expect(await office(internal)).toContain('Your words are for the programme’s own people')
    expect(await office('digest')).not.toContain('The manager resigned')
    expect(await office('digest part 1')).toContain('Details are for the programme team')
    expect(await office('digest to internal')).toContain('The manager resigned')
    expect(await office('digest part 1 to public')).toContain('A public digest tells ratings')
    await office('tag 2.2 Ofsted')
    expect(await office('digest about Ofsted')).toContain(
      'About projects tagged Ofsted: 1 of 2 projects',
    )
    expect(await at.digests()).toEqual([])
  })
})
