import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { defineSetting, noSettings, parseSettings } from '../../../src/domain/programme/setting.ts'

const limits = defineSetting({
  key: 'limits',
  schema: z.object({ green: z.number().min(0).default(5) }).prefault({}),
})

describe('a setting', () => {
  test('has its default where nothing was chosen', () => {
    expect(limits.of(noSettings)).toEqual({ green: 5 })
    expect(limits.of(parseSettings(null))).toEqual({ green: 5 })
    expect(limits.of(parseSettings({ limits: { green: 8 } }))).toEqual({ green: 8 })
  })

  test('is parsed once for each programme', () => {
    const settings = parseSettings({ limits: { green: 8 } })
    expect(limits.of(settings)).toBe(limits.of(settings))
  })

  test('is chosen without a change to the others, or to what was read before', () => {
    const before = parseSettings({ limits: { green: 8 }, scheme: 'brag' })
    expect(limits.with(before, { green: 9 })).toEqual({ limits: { green: 9 }, scheme: 'brag' })
    expect(limits.with(before, {})).toEqual({ limits: { green: 5 }, scheme: 'brag' })
    expect(limits.of(before)).toEqual({ green: 8 })
  })

  test('is refused where it is not valid', () => {
    const settings = parseSettings({ limits: { green: -1 } })
    expect(() => limits.of(settings)).toThrow(z.ZodError)
    expect(() => limits.with(settings, { green: -2 })).toThrow(z.ZodError)
    expect(limits.accepts({ green: -1 })).toBe(false)
    expect(limits.accepts(undefined)).toBe(true)
  })
})

test('settings that are no object are refused', () => {
  expect(() => parseSettings('scheme')).toThrow(z.ZodError)
  expect(() => parseSettings([])).toThrow(z.ZodError)
})
