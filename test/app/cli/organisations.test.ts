import { expect, test } from '@jest/globals'
import { formatOrganisations } from '../../../src/app/cli/organisations.ts'

test('organisations are listed with their programmes, and how each workspace stands', () => {
  const at = new Date('2026-11-30T12:00:00Z')
  const workspace = {
    ...{ platform: 'slack', tenant: 'T1', name: null, viaTenant: null },
    ...{ installedAt: at, revokedAt: null, revokedBy: null },
  }
  const text = formatOrganisations([
    { name: null, programmes: ['W17'], workspaces: [] },
    {
      ...{ name: 'Bedford', programmes: [] },
      workspaces: [
        { ...workspace, name: 'Bedford Borough' },
        { ...workspace, tenant: 'T2', viaTenant: 'E1' },
        { ...workspace, tenant: 'T3', revokedAt: at, revokedBy: 'app_uninstalled' },
      ],
    },
  ])
  expect(text.split('\n')).toEqual([
    'This organisation: W17',
    '  the workspaces that the settings name',
    'Bedford: no programme yet',
    '  slack:T1 Bedford Borough (Slack), since Mon 30 Nov 2026, 12:00 UTC',
    '  slack:T2 (Slack), by the installation of E1',
    '  slack:T3 (Slack), taken away Mon 30 Nov 2026, 12:00 UTC (app_uninstalled): its messages wait',
  ])
})
