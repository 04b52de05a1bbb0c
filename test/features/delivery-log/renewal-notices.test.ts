import { beforeEach, describe, expect, test } from '@jest/globals'
import { messageKinds } from '../../../src/app/message-kinds.ts'
import { enqueueRenewalNotices } from '../../../src/features/delivery-log/renewal-notices.ts'
import { clockAt } from '../../support/clock.ts'
import { explainErrorCode, platformTitle } from '../../support/platforms.ts'
import {
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
} from '../../support/programme.ts'

const empty = emptyDatabase()
const at = (time: string) => new Date(`2017-02-27T${time}Z`)
const failing = {
  ...{ unrenewedSince: at('10:00:00'), renewalError: 'slack:invalid_refresh_token' },
  ...{ tokenExpiresAt: at('12:00:00'), credentials: 'encrypted', installedAt: at('00:00:00') },
}

let olive: StoredPerson
beforeEach(async () => {
  const [asha, office] = await storePeople(empty.db, 'Asha Verity', 'Olive Tamsin')
  olive = office
  const projects = [{ ref: '2.1', title: 'Standards', leads: [asha] }]
  await storeProgramme(empty.db, { key: 'W17', office: [olive], projects })
})

const tell = (moment: Date) =>
  enqueueRenewalNotices({
    ...{ db: empty.db, clock: clockAt(moment), platformTitle, explain: explainErrorCode },
  })
const notices = () => empty.db.outboxMessage.findMany({ where: { kind: 'renewal' } })
const fail = (row: object = {}) =>
  empty.db.workspaceInstallation.create({
    data: { platform: 'slack', tenant: 'T1', ...failing, ...row },
  })

describe('a token for which the platform gives no new one', () => {
  test('is told once to the programme office there, while it can be, with what to do', async () => {
    await fail({ name: 'Bedford Borough' })
    await tell(at('10:14:59'))
    expect(await notices()).toEqual([])
    await tell(at('10:15:00'))
    await tell(at('11:00:00'))
    const [notice, ...others] = await notices()
    expect([notice?.personId, notice?.platform, others]).toEqual([olive.id, 'slack', []])
    const words = JSON.stringify(notice?.data)
    expect(words).toContain('From Mon 27 Feb 2017, 12:00 I may do nothing in Slack')
    expect(words).toContain('My token for Bedford Borough ends then')
    expect(words).toContain('has to install Milepost again, by a new link')
  })

  test('of a Slack organisation is told in the workspaces that it serves', async () => {
    await fail({ tenant: 'E1' })
    const served = { platform: 'slack', tenant: 'T1', viaTenant: 'E1' }
    await empty.db.workspaceInstallation.create({
      data: { ...served, installedAt: at('00:00:00') },
    })
    await tell(at('10:15:00'))
    expect(await notices()).toMatchObject([{ personId: olive.id }])
  })

  test.each([
    ['was renewed', { unrenewedSince: null, renewalError: null }],
    ['was taken away', { credentials: null }],
    ['has ended: then it is an outage', { tokenExpiresAt: at('10:15:00') }],
  ])('is not told of once it %s', async (_, row) => {
    await fail(row)
    await tell(at('10:15:00'))
    expect(await notices()).toEqual([])
  })

  test('is dropped where it was mended before it was sent', async () => {
    await fail()
    await tell(at('10:15:00'))
    const [{ id = '', key = '', kind = '' } = {}] = await notices()
    const message = {
      ...{ id, key, kind, topics: ['slack', 'T1'], enqueuedAt: at('10:15:00') },
      ...{
        place: { platform: 'slack', tenant: 'T1', conversation: 'U2', kind: 'direct' as const },
      },
      ...{ card: { name: 'notice', data: {} }, personId: olive.id },
      ...{ programmeIds: [], programmeId: undefined },
    }
    const revalidate = () =>
      messageKinds.revalidate({ db: empty.db, clock: clockAt(at('10:16:00')) }, message)
    expect(await revalidate()).toBe('unchanged')
    await empty.db.workspaceInstallation.updateMany({ data: { unrenewedSince: null } })
    expect(await revalidate()).toEqual({ dropReason: 'it was mended' })
  })
})
