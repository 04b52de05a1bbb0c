import { describe, expect, test } from '@jest/globals'
import {
  type InstallationProgress,
  nextStepText,
  progressSteps,
  settingsSteps,
} from '../../../src/app/doctor/setup-steps.ts'
import type { Diagnostic } from '../../../src/base/diagnostic.ts'

const settings = {
  platforms: ['slack', 'teams'],
  isExposed: true,
  publicUrl: 'https://milepost.council.example',
  proxyHost: undefined,
}

describe('the settings', () => {
  test('need no word where they are whole', () => expect(settingsSteps(settings)).toEqual([]))

  test('lack the address that the internet has to reach', () => {
    const [found] = settingsSteps({ ...settings, publicUrl: undefined })
    expect(found).toMatchObject({ state: 'mend', says: expect.stringMatching(/^PUBLIC_URL/) })
    const closed = { ...settings, publicUrl: undefined, isExposed: false }
    expect(settingsSteps(closed)).toEqual([])
  })

  test('name the proxy that calls go through', () => {
    const [found] = settingsSteps({ ...settings, proxyHost: 'proxy.council.example:8080' })
    expect(found).toMatchObject({
      state: 'well',
      says: 'Slack and Microsoft are called through proxy.council.example:8080.',
    })
  })
})

const nothing: InstallationProgress = { admins: 0, accounts: 0, programmes: 0, channels: 0 }

describe('the next step of an installation', () => {
  test.each<[string, Partial<InstallationProgress>, RegExp]>([
    ['where nobody has written', {}, /Slack and Teams.*manifest slack; .*manifest teams.*whoami/],
    ['where somebody has', { accounts: 1 }, /MILEPOST_ADMINS.*start Milepost again/],
    ['with an administrator', { admins: 1 }, /Write “setup”/],
    ['with a programme', { admins: 1, accounts: 3, programmes: 1 }, /invite Milepost.*digest here/],
  ])('%s', (_where, progress, remedy) => {
    const found = progressSteps({ ...nothing, ...progress }, settings)
    expect(found).toMatchObject([{ state: 'look', remedy: expect.stringMatching(remedy) }])
  })

  test('is none where a channel gets its digest', () => {
    const found = progressSteps({ admins: 0, accounts: 9, programmes: 1, channels: 2 }, settings)
    const says = '1 programme, 9 accounts in chat, 2 channels with a digest.'
    expect(found).toEqual([{ about: 'Set-up', state: 'well', says }])
  })

  test('is what does not work, before what is not there yet', () => {
    const well: Diagnostic = { about: 'Database', state: 'well', says: 'It answers.' }
    const look: Diagnostic = { about: 'Set-up', state: 'look', says: 'None.', remedy: 'Begin.' }
    const mend: Diagnostic = { about: 'Slack', state: 'mend', says: 'Refused.', remedy: 'Mend.' }
    expect(nextStepText([well, look, mend])).toBe('Next, Slack: Mend.')
    expect(nextStepText([well, look])).toBe('Next, Set-up: Begin.')
    expect(nextStepText([well])).toBe('Milepost is at work, and nothing is left to do.')
  })
})
