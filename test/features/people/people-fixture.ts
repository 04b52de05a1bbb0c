import { beforeEach } from '@jest/globals'
import {
  importPeople,
  type PeopleImportRequest,
  type PeopleImportResult,
} from '../../../src/features/people/import-people.ts'
import type { PeopleFileRow } from '../../../src/features/people/people-file.ts'
import { type Database, inTransaction } from '../../../src/infra/db.ts'
import { emptyTables, useDatabase } from '../../support/database.ts'
import { storeProgramme } from '../../support/programme.ts'

/** Two programmes without people, and people files that are read into them. */

export const now = new Date('2017-02-24T12:00:00Z')

export function aRow(row: Partial<PeopleFileRow> & { name: string }): PeopleFileRow {
  return {
    ...{ row: 2, post: '', zone: '', roles: [], leads: [], sponsors: [], accounts: [] },
    ...row,
  }
}

export const onSlack = (user: string) => ({ platform: 'slack', tenant: 'T1', user })

/** Five people: two with accounts, of whom one leads workstream 2, and one each of sponsor, office and viewer. */
export const file = () => [
  aRow({
    name: 'Tom Quill',
    post: 'Practice lead',
    zone: 'Europe/London',
    leads: ['2.1'],
    accounts: [onSlack('U2')],
  }),
  aRow({ row: 3, name: 'Asha Verity', leads: ['2', '2.1'], accounts: [onSlack('U1')] }),
  aRow({ row: 4, name: 'Owen Castell', sponsors: ['2'] }),
  aRow({ row: 5, name: 'Priya Marlowe', roles: ['programme_office'] }),
  aRow({ row: 6, name: 'Vera Lind' }),
]

export class PeopleFixture {
  readonly #database = useDatabase()
  /** Ids of the programmes. */
  bcs = ''
  oth = ''

  constructor() {
    beforeEach(async () => {
      await emptyTables(this.db)
      this.bcs = await storeProgramme(this.db, {
        key: 'BCS',
        projects: [
          { ref: '2.1', title: 'Practice standards' },
          { ref: '2.2', title: 'Assessments' },
        ],
      })
      const roads = { ref: '7.7', title: 'Roads' }
      this.oth = await storeProgramme(this.db, { key: 'OTH', projects: [roads] })
    })
  }

  get db(): Database {
    return this.#database.db
  }

  /** Of a file with a column for Slack, accepted; those it does not list are kept. */
  request(rows: readonly PeopleFileRow[], key: 'BCS' | 'OTH' = 'BCS'): PeopleImportRequest {
    return {
      programme: { id: key === 'BCS' ? this.bcs : this.oth, key },
      ...{ file: { rows, platforms: ['slack'] }, accept: true, unlisted: 'keep' },
    }
  }

  run(asked: PeopleImportRequest): Promise<PeopleImportResult> {
    return inTransaction(this.db, (tx) => importPeople(tx, asked, now))
  }

  store(...asked: Parameters<PeopleFixture['request']>): Promise<PeopleImportResult> {
    return this.run(this.request(...asked))
  }

  async leadsOf(ref: string): Promise<string[]> {
    const { leads } = await this.db.project.findFirstOrThrow({
      where: { ref },
      include: { leads: { orderBy: { position: 'asc' }, include: { person: true } } },
    })
    return leads.map(({ person }) => person.name)
  }

  async rolesOf(name: string): Promise<string[]> {
    const rows = await this.db.membership.findMany({ where: { person: { name } } })
    return rows.map(({ role }) => role).sort()
  }

  /** Everything that a people file can change. */
  async everything() {
    const { person, identity, membership, workstreamOwner, projectLead } = this.db
    return {
      people: await person.findMany({ orderBy: { name: 'asc' } }),
      identities: await identity.findMany({ orderBy: { user: 'asc' } }),
      memberships: await membership.findMany({ orderBy: [{ personId: 'asc' }, { role: 'asc' }] }),
      owners: await workstreamOwner.findMany({ orderBy: { position: 'asc' } }),
      leads: await projectLead.findMany({ orderBy: [{ projectId: 'asc' }, { position: 'asc' }] }),
    }
  }
}
