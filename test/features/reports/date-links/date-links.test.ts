import { beforeEach, expect, test } from '@jest/globals'
import { unmanagedInstallation } from '../../../../src/chat/installation.ts'
import { readDateLink } from '../../../../src/features/reports/date-links/feed.ts'
import { clockAt } from '../../../support/clock.ts'
import {
  chatOn,
  direct,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../../support/programme.ts'

const fresh = emptyDatabase()
/** Milepost may stand below a path. */
const publicUrl = 'https://example.org/milepost/'
let asha: StoredPerson
let priya: StoredPerson

beforeEach(async () => {
  ;[asha, priya] = await storePeople(fresh.db, 'Asha Verity', 'Priya Marlowe')
  await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya],
    members: [asha],
    projects: [
      {
        ...{ ref: '2.1', title: 'Practice standards', leads: [asha] },
        milestones: [['All pages written', '2017-03-31']],
      },
      {
        ...{ ref: '2.2', title: 'Assessments', leads: [priya] },
        milestones: [['Reviews begin', '2017-04-30']],
      },
    ],
  })
})

const chat = () =>
  chatOn(fresh.db, '2017-02-24', { installation: { ...unmanagedInstallation, publicUrl } })
const say = async (who: StoredPerson, typed: string) => wordsOf(await chat().ask(who, typed))
async function linkOf(who: StoredPerson, typed: string): Promise<string> {
  const [, token = ''] =
    /https:\/\/example\.org\/milepost\/dates\/([\w-]{43})\.ics/.exec(await say(who, typed)) ?? []
  return token
}
async function read(token: string): Promise<string | undefined> {
  const at = { db: fresh.db, clock: clockAt(new Date('2017-02-24T12:00:00Z')) }
  const bytes = await readDateLink(at, token)
  return bytes && Buffer.from(bytes).toString()
}

test('a link has the dates that its person leads, keeps a moved one, and ends by unlink, by a new one and with the person', async () => {
  const own = await linkOf(asha, 'dates link')
  const feed = (await read(own)) ?? ''
  expect(feed).toContain('All pages written')
  expect(feed).not.toContain('Reviews begin')
  const [uid = 'none'] = /UID:\S+/.exec(feed) ?? []
  await say(asha, 'move 2.1 1 to 30 Apr 2017 because the writer is ill')
  const moved = (await read(own)) ?? ''
  expect(moved).toContain(uid)
  expect(moved).toContain('DTSTART;VALUE=DATE:20170430')
  expect(moved).toContain('SEQUENCE:1')

  const whole = await linkOf(asha, 'dates link all for BCS')
  expect(await read(whole)).toContain('Reviews begin')
  const another = await linkOf(asha, 'dates link')
  expect([await read(own), await read('x'.repeat(43)), await read('')]).toEqual([
    ...[undefined, undefined, undefined],
  ])
  // The token is kept as a hash alone.
  expect(JSON.stringify(await fresh.db.dateLink.findMany())).not.toContain(another)

  const theirs = await linkOf(priya, 'dates link all')
  expect(await say(asha, 'dates unlink')).toContain('2 links to the dates')
  expect([await read(another), await read(whole)]).toEqual([undefined, undefined])
  expect(await read(theirs)).toContain('Reviews begin')
  await fresh.db.membership.deleteMany({ where: { personId: priya.id } })
  expect(await read(theirs)).toBeUndefined()
})

test('no link is told where others read, nor where no calendar can reach Milepost', async () => {
  const place = { ...direct, conversation: 'C1', kind: 'channel' as const }
  const inChannel = { input: { by: 'text' as const, text: 'dates link' }, place }
  expect(wordsOf(await chat().ask(asha, inChannel))).toContain('Ask me in our own chat')
  const unreachable = await chatOn(fresh.db, '2017-02-24').ask(asha, 'dates link')
  expect(wordsOf(unreachable)).toContain('has not set PUBLIC_URL')
  expect(await fresh.db.dateLink.count()).toBe(0)
})
