import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Action } from '../../src/authority/actions.ts'
import { loadProgrammeRoles, relationIn } from '../../src/authority/programme-roles.ts'
import { may, rightTo } from '../../src/authority/rights.ts'
import {
  chatOn,
  day,
  emptyDatabase,
  projectIdOf,
  type StoredPerson,
  wordsOf,
} from '../support/programme.ts'
import { leaves, storeTwoProgrammes, type TwoProgrammes } from '../support/two-programmes.ts'

const fresh = emptyDatabase()
const today = '2017-03-01'

let at: TwoProgrammes
let project: string
beforeEach(async () => {
  at = await storeTwoProgrammes(fresh.db)
  project = await projectIdOf(fresh.db, '2.1')
})

const rolesOf = ({ id: personId }: StoredPerson, programmeId = at.bcs) =>
  loadProgrammeRoles(fresh.db, { personId, programmeId, today: day(today) })
const mayDo = async (who: StoredPerson, action: Action) =>
  may(action, relationIn(await rolesOf(who), project))
const say = async (who: StoredPerson, typed: string) =>
  wordsOf(await chatOn(fresh.db, today).ask(who, typed))
const listAsViewer = async ({ id: personId }: StoredPerson) => {
  await fresh.db.membership.deleteMany({ where: { personId, programmeId: at.bcs } })
  await fresh.db.membership.create({ data: { personId, programmeId: at.bcs, role: 'viewer' } })
}

describe('what somebody is in a programme', () => {
  test('is nothing in one that they are not in', async () => {
    expect(await rolesOf(at.priya, at.oth)).toEqual({
      toProgramme: { isArchived: false, roles: [], standsInFor: [] },
      toProjects: new Map(),
      actsFor: [],
    })
  })

  test('comes from the plan and the people file', async () => {
    expect(await mayDo(at.asha, 'change project')).toBe(true)
    expect(await mayDo(at.priya, 'change project')).toBe(true)
    expect(await mayDo(at.tom, 'change project')).toBe(false)
    expect(await mayDo(at.tom, 'read plan')).toBe(true)
  })

  test('makes a deputy one while the lead is away there', async () => {
    await say(at.asha, 'away 1 Mar to 3 Mar deputy Tom Quill')
    const relation = relationIn(await rolesOf(at.tom), project)
    expect(rightTo('change project', relation)).toEqual({ onBehalfOfId: at.asha.id })
    await leaves(fresh.db, at.asha, at.bcs)
    expect(await mayDo(at.tom, 'change project')).toBe(false)
  })
})

describe('somebody whom the plan still names as a lead', () => {
  test('changes nothing once the people file lists them as a viewer', async () => {
    await listAsViewer(at.asha)
    expect(await mayDo(at.asha, 'change project')).toBe(false)
    expect(await say(at.asha, '2.1 green')).toContain('is updated by its leads')
    expect(await say(at.asha, 'risk red 2.1 no provider')).toContain('is updated by its leads')
  })

  test('is told of no such project once they have left', async () => {
    await leaves(fresh.db, at.asha, at.bcs)
    expect(await say(at.asha, '2.1 green')).toContain(
      'There is no project “2.1” in your programmes.',
    )
    expect(await say(at.asha, 'BCS/2.1')).toContain('There is no project “BCS/2.1”')
    expect(await say(at.asha, 'nonsense/2.1')).toContain('There is no project “nonsense/2.1”')
  })

  test('has no deputy who changes it then', async () => {
    await say(at.asha, 'away 1 Mar to 3 Mar deputy Tom Quill')
    await listAsViewer(at.asha)
    expect(await say(at.tom, '2.1 green')).toContain('is updated by its leads')
  })
})
