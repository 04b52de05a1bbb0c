import { describe, expect, test } from '@jest/globals'
import { wordsOf } from '../../../support/programme.ts'
import { governed, privateChannel } from '../governed.ts'

/** What a posted digest told is taken back: the digest says so where it stands. */

const at = governed({ settings: { digest: { preview: false } } })

const early = '2017-02-20T08:00:00Z'
const posted = '2017-02-20T09:00:00Z'
const noon = '2017-02-20T12:00:00Z'

const office = (text: string, moment = noon, conversation = 'C1') =>
  at.say(at.office, text, moment, conversation)
const lead = (text: string, moment = noon) => at.say(at.lead, text, moment)

async function postDigest(to = ''): Promise<void> {
  await office(`digest here weekly monday 09:00${to}`, '2017-02-16T12:00:00Z')
  await lead('2.1 red The writer is ill green by 31 Mar 2017', early)
  await at.post(posted)
}

const remarksOf = async () => {
  const messages = await at.db.outboxMessage.findMany({ where: { card: 'digest' } })
  return messages.map(({ data }) => (data as { remarks?: string[] }).remarks ?? [])
}

describe('a digest that told of an update', () => {
  test('is marked as corrected once it is taken back, and nothing else of it changes', async () => {
    await postDigest()
    const [before] = await at.db.digest.findMany()
    const [message] = await at.db.outboxMessage.findMany({ where: { card: 'digest' } })
    expect(await lead('undo')).toContain('Digest 1 told it: marked as corrected where posted.')
    const [remarks = []] = await remarksOf()
    expect(remarks).toHaveLength(1)
    expect(remarks[0]).toMatch(
      /^Corrected Mon 20 Feb 2017 by .+: taken back since: 2\.1 .+: ◆ Red then, ○ Not rated now$/,
    )
    const [edited] = await at.db.outboxMessage.findMany({ where: { card: 'digest' } })
    const without = (data: unknown) => ({ ...(data as object), remarks: [] })
    expect(without(edited?.data)).toEqual(without(message?.data))
    expect(await at.db.digest.findMany()).toEqual([before])
    expect(wordsOf(await at.reply(at.lead, 'digest 1', noon))).toContain('taken back since: 2.1')
  })

  test('is told of by the next one', async () => {
    await postDigest()
    await lead('undo')
    await at.post('2017-02-27T09:00:00Z')
    const [, next] = await at.digests()
    expect(next?.notes.join(' ')).toContain('Digest 1 was corrected, taken back since: 2.1')
  })

  test('is not marked where it told nothing of it', async () => {
    await postDigest()
    await lead('2.2 amber Two posts are vacant green by 31 Mar 2017', '2017-02-20T10:00:00Z')
    expect(await lead('undo')).not.toContain('corrected')
    expect(await remarksOf()).toEqual([[]])
  })

  test('names nobody to the public', async () => {
    at.channels.set('C1', privateChannel)
    await postDigest(' to public')
    await lead('undo')
    expect((await remarksOf())[0]?.[0]).toContain('by the programme office: taken back since: 2.1')
  })
})

test('a milestone that was done, moved, and a project that was closed are marked as well', async () => {
  await office('digest here weekly monday 09:00', '2017-02-16T12:00:00Z')
  await lead('done 2.1 1', early)
  await office('close 2.2 as stopped because the grant ended', '2017-02-20T08:30:00Z')
  await at.post(posted)
  expect(await office('undo')).toContain('Digest 1 told it')
  expect(await lead('undo', '2017-02-20T12:30:00Z')).toContain('Digest 1 told it')
  const [remarks = []] = await remarksOf()
  expect(remarks[0]).toMatch(/taken back since: 2\.2 .+: new since then$/)
  expect(remarks[1]).toMatch(/taken back since: 2\.1 .+: 1\. .+: not done after all$/)
})
