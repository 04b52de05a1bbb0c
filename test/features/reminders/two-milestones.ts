import { newId } from '../../../src/base/ids.ts'
import { enqueueReminders } from '../../../src/features/reminders/enqueue-reminders.ts'
import type { Database } from '../../../src/infra/db.ts'
import { clockAt } from '../../support/clock.ts'
import type { FreshDatabase } from '../../support/database.ts'
import { chatOn, type StoredPerson, storePeople, storeProgramme } from '../../support/programme.ts'

/** Two milestones of one project, both due on Fri 31 Mar 2017, and the reminders of them. */

export const friday = '2017-03-31T09:00:00Z'

/** Asha and Tom lead the project, and Olu is the programme office. */
export async function storeTwoMilestones(db: Database) {
  await db.outboxMessage.deleteMany()
  const [asha, tom, olu] = await storePeople(db, 'Asha Verity', 'Tom Quill', 'Olu Ade')
  const programmeId = await storeProgramme(db, {
    key: 'P1',
    office: [olu],
    settings: { reminders: { undated: null } },
    projects: [
      {
        ref: '2.1',
        title: 'Practice standards',
        leads: [asha, tom],
        milestones: [
          ['Website filled', '2017-03-31'],
          ['Pages written', '2017-03-31'],
        ],
      },
    ],
  })
  return { programmeId, asha, tom, olu }
}

export const log = { info: () => {}, warn: () => {}, error: () => {} }

/** The reminder job, what the dispatcher records of a send, and a person who answers on a day. */
export function remindersIn(fresh: Pick<FreshDatabase, 'db'>) {
  return {
    say: (moment: string) =>
      enqueueReminders({
        ...{ db: fresh.db, clock: clockAt(new Date(moment)), prefix: () => '/rag', log },
      }),
    send: (sentAt = friday) =>
      fresh.db.outboxMessage.updateMany({
        where: { state: 'waiting' },
        data: { state: 'sent', sentTo: 'D1', messageId: newId(), sentAt: new Date(sentAt) },
      }),
    ask: (who: StoredPerson, text: string, on = '2017-03-31') =>
      chatOn(fresh.db, on).ask(who, text),
  }
}
