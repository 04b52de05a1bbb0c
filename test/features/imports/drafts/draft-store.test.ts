import { expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { exportPersonData } from '../../../../src/domain/people/person-data.ts'
import {
  addDraft,
  eraseDraftsOf,
  loadDraft,
  purgeDrafts,
} from '../../../../src/features/imports/drafts/draft-store.ts'
import { erasePerson } from '../../../../src/features/people/erase.ts'
import { emptyDatabase, type StoredPerson, storePeople } from '../../../support/programme.ts'

const fresh = emptyDatabase()
const sentAt = new Date('2026-02-27T12:00:00Z')
const hoursLater = (hours: number) => new Date(sentAt.getTime() + hours * 3_600_000)

const add = ({ id: personId }: StoredPerson) =>
  addDraft(
    fresh.db,
    {
      ...{ personId, kind: 'plan', fileName: 'plan.csv', programmeId: null },
      ...{ bytes: Buffer.from([0, 255, 1]), asOf: civilDate('2026-02-27') },
    },
    sentAt,
  )

test('a draft is there for a day, byte by byte, and for nobody but whoever sent it', async () => {
  const [priya, asha] = await storePeople(fresh.db, 'Priya Marlowe', 'Asha Verity')
  const id = await add(priya)
  const load = (who: StoredPerson, now: Date) => loadDraft(fresh.db, { personId: who.id, id, now })
  const draft = await load(priya, hoursLater(23))
  expect([...(draft?.bytes ?? [])]).toEqual([0, 255, 1])
  expect(draft).toMatchObject({ id, asOf: '2026-02-27', choices: { mapping: {} }, shown: null })
  expect(await load(asha, hoursLater(1))).toBeUndefined()
  expect(await load(priya, hoursLater(24))).toBeUndefined()
})

test('drafts of more than a day are erased', async () => {
  const [priya] = await storePeople(fresh.db, 'Priya Marlowe')
  await add(priya)
  expect(await purgeDrafts(fresh.db, hoursLater(23))).toBe(0)
  expect(await purgeDrafts(fresh.db, hoursLater(24))).toBe(1)
  expect(await fresh.db.importDraft.count()).toBe(0)
})

test('the drafts of a person are part of their data, and are erased with the person', async () => {
  const [priya, asha] = await storePeople(fresh.db, 'Priya Marlowe', 'Asha Verity')
  await add(priya)
  await add(asha)
  const { rows } = await exportPersonData(fresh.db, priya, sentAt)
  expect(rows.ImportDraft).toHaveLength(1)
  await erasePerson(fresh.db, priya, sentAt, [eraseDraftsOf])
  expect(await fresh.db.importDraft.findMany()).toMatchObject([{ personId: asha.id }])
})
