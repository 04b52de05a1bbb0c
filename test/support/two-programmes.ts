import type { Database } from '../../src/infra/db.ts'
import { type StoredPerson, storePeople, storeProgramme } from './programme.ts'

/** Two programmes that share people, as each sees nothing of the other. */
export interface TwoProgrammes {
  /** BCS: office Priya, member Tom; Asha leads 2.1 Practice standards. */
  readonly bcs: string
  /** OTH: office Zoe; Yan leads 7.7 Bridges; Asha is a viewer. */
  readonly oth: string
  readonly asha: StoredPerson
  readonly tom: StoredPerson
  readonly priya: StoredPerson
  /** In the office of OTH, and a viewer of BCS. */
  readonly zoe: StoredPerson
  readonly yan: StoredPerson
}

export async function storeTwoProgrammes(db: Database): Promise<TwoProgrammes> {
  await db.outboxMessage.deleteMany()
  const [asha, tom, priya, zoe, yan] = await storePeople(
    db,
    ...(['Asha Verity', 'Tom Quill', 'Priya Marlowe', 'Zoe Marsh', 'Yan Ferro'] as const),
  )
  const bcs = await storeProgramme(db, {
    key: 'BCS',
    office: [priya],
    members: [tom, zoe],
    projects: [
      {
        ref: '2.1',
        title: 'Practice standards',
        leads: [asha],
        milestones: [['Site rebuilt', '2017-03-10']],
      },
    ],
  })
  const oth = await storeProgramme(db, {
    key: 'OTH',
    office: [zoe],
    members: [asha],
    projects: [{ ref: '7.7', title: 'Bridges', leads: [yan] }],
  })
  return { bcs, oth, asha, tom, priya, zoe, yan }
}

/** Takes somebody out of a programme, as the people file does. */
export async function leaves(
  db: Database,
  { id: personId }: StoredPerson,
  programmeId: string,
): Promise<void> {
  await db.membership.deleteMany({ where: { personId, programmeId } })
}
