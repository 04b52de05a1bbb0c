import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { settingsProblems, settingsRegistry } from '../../src/app/settings-registry.ts'
import { defineSetting, noSettings } from '../../src/domain/programme/setting.ts'

test('each setting has a key of its own, and a default or none', () => {
  const keys = settingsRegistry.map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
  for (const { accepts } of settingsRegistry) expect(accepts(undefined)).toBe(true)
})

/** What is stored with programmes already: none of these keys may change. */
test('the stored keys stay', () => {
  expect(settingsRegistry.map(({ key }) => key).toSorted()).toEqual([
    ...['boards', 'calendar', 'closures', 'commentaryFor', 'confirm', 'criteria', 'digest'],
    'dimensions',
    ...[
      'leadMilestones',
      'mapping',
      'money',
      'moveApproval',
      'ownScheme',
      'papers',
      'ratedItems',
      'reminders',
      'rollUp',
      'rollUpChanges',
      'round',
      'scheme',
    ],
    ...['secondRating', 'sheetAnswers', 'thresholds', 'uncertain'],
  ])
})

test('a key that nothing reads and a value that is not valid are found', () => {
  expect(settingsProblems(noSettings)).toEqual([])
  expect(settingsProblems(null)).toEqual([])
  expect(settingsProblems({ scheme: 'brag', digest: { approval: true } })).toEqual([])
  expect(settingsProblems({ colour: 'blue' })).toEqual(['nothing reads its setting “colour”'])
  expect(settingsProblems({ thresholds: { green: -1 } })).toEqual([
    'its setting “thresholds” is not valid',
  ])
})

test('a toy setting is read, changed and checked by its definition and its row alone', () => {
  const toySetting = defineSetting({ key: 'toy', schema: z.enum(['kite', 'ball']).default('kite') })
  const registry = [...settingsRegistry, toySetting]
  expect(toySetting.of(noSettings)).toBe('kite')
  const changed = toySetting.with(noSettings, 'ball')
  expect(toySetting.of(changed)).toBe('ball')
  expect(settingsProblems(changed, registry)).toEqual([])
  expect(settingsProblems({ toy: 'drum' }, registry)).toEqual(['its setting “toy” is not valid'])
})
