import { describe, expect, test } from '@jest/globals'
import { type Action, actions, type Role, rolesByAction } from '../../src/authority/actions.ts'
import {
  authorise,
  may,
  onBehalfOf,
  type ProjectRoles,
  relationToProject,
  rightTo,
} from '../../src/authority/rights.ts'

const as = (...roles: Role[]) => ({ roles, standsInFor: ['asha'] })

const project: ProjectRoles = {
  leads: ['asha'],
  workstreamLeads: ['wanda'],
  sponsors: ['sol'],
  programmeOffice: ['priya'],
  leadsCoveredByActor: [],
}

describe('the table of who may do what', () => {
  test.each(actions)('gives “%s” to each of its roles and to nobody without one', (action) => {
    for (const role of rolesByAction[action]) expect(may(action, as(role))).toBe(true)
    expect(may(action, as())).toBe(false)
  })

  test('lets a member who has no other role change nothing', () => {
    const allowed = actions.filter((action) => may(action, as('person', 'member')))
    expect(allowed).toEqual(['look after oneself', 'read plan', 'ask leads', 'list programmes'])
  })
})

describe('what somebody is to a project', () => {
  test.each<[string, Action[]]>([
    ['asha', ['change project', 'confirm milestone']],
    ['wanda', ['change project', 'confirm milestone']],
    ['sol', ['confirm update', 'confirm milestone']],
    ['priya', ['change project', 'confirm update', 'confirm milestone']],
    ['olu', []],
  ])('decides what %s may do with it', (personId, expected) => {
    const asked: Action[] = ['change project', 'confirm update', 'confirm milestone']
    const relation = relationToProject(personId, project)
    expect(asked.filter((action) => may(action, relation))).toEqual(expected)
  })

  test('makes a deputy act for the lead who is away, and nobody else for another', () => {
    const covered = { ...project, leadsCoveredByActor: ['asha'] }
    expect(onBehalfOf('tom', covered)).toBe('asha')
    expect(onBehalfOf('wanda', covered)).toBeNull()
    expect(rightTo('confirm update', relationToProject('tom', covered))).toBeUndefined()
  })
})

test('a refusal says who does it instead', () => {
  expect(() => authorise('change project', as('member'), '2.1 Roll out')).toThrow(
    'Thank you, but 2.1 Roll out is updated by its leads and the programme office. Nothing was saved.',
  )
})
