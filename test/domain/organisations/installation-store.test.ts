import { beforeEach, describe, expect, test } from '@jest/globals'
import { newKeyText, parseKeyRing } from '../../../src/base/encryption.ts'
import { newId } from '../../../src/base/ids.ts'
import {
  allowTenant,
  endInstallation,
  endServedVia,
  findInstalledApp,
  installationState,
  type NewInstallation,
  noteServedVia,
  revokeInstallation,
  saveInstallation,
} from '../../../src/domain/organisations/installation-store.ts'
import {
  openInvitation,
  organisationOfInvitation,
} from '../../../src/domain/organisations/organisation-store.ts'
import { rotateTokens } from '../../../src/domain/organisations/token-rotation.ts'
import { setOrganisation } from '../../../src/domain/programme/programme-store.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { emptyDatabase, storePeople, storeProgramme } from '../../support/programme.ts'

const fresh = emptyDatabase()
const older = newKeyText('a')
const newer = newKeyText('b')
const keys = parseKeyRing(older)
const now = new Date('2026-11-30T12:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const ids = { bedford: newId(), luton: newId() }
const t1 = { platform: 'slack', tenant: 'T1' }
const e1 = { platform: 'slack', tenant: 'E1' }

beforeEach(async () => {
  await fresh.db.organisation.createMany({
    data: [
      { id: ids.bedford, name: 'Bedford', createdAt: now },
      { id: ids.luton, name: 'Luton', createdAt: now },
    ],
  })
})

const save = (changes: Partial<NewInstallation> = {}, at = now) =>
  saveInstallation(
    fresh.db,
    keys,
    {
      ...{ ...t1, organisationId: ids.bedford, name: 'Bedford Borough', token: 'xoxb-1' },
      ...{ botUser: 'B1', scopes: ['commands'], installedBy: 'U1', renewal: null, ...changes },
    },
    at,
  )
const newWorkspace = {
  ...{
    renewal: null,
    platform: 'slack',
    name: null,
    token: 'x',
    botUser: 'B',
    scopes: [],
    installedBy: null,
  },
}
const find = (workspace = t1, ring = keys) => findInstalledApp(fresh.db, ring, workspace)
const gone = { notInstalled: 'app_not_installed' }

describe('a workspace that installed Milepost', () => {
  test('is spoken to with its own token, which the database does not show', async () => {
    expect(await save()).toBe('saved')
    expect(await find()).toEqual({ token: 'xoxb-1', botUser: 'B1', isOrganisationWide: false })
    const rows = await fresh.db.workspaceInstallation.findMany()
    expect(JSON.stringify(rows)).not.toContain('xoxb-1')
    // Copied into the row of another workspace it is no token.
    const [row] = rows
    await fresh.db.workspaceInstallation.create({
      data: { ...t1, tenant: 'T2', credentials: row?.credentials ?? '', installedAt: now },
    })
    await expect(find({ ...t1, tenant: 'T2' })).rejects.toThrow()
  })

  test('can install it again, but not for another organisation', async () => {
    await save()
    expect(await save({ token: 'xoxb-2' }, later(1))).toBe('saved')
    expect(await save({ token: 'xoxb-3', organisationId: ids.luton })).toBe(
      'of another organisation',
    )
    expect(await find()).toMatchObject({ token: 'xoxb-2' })
  })

  test('is spoken to no more once it took it away; news of an earlier removal change nothing', async () => {
    await save()
    await revokeInstallation(fresh.db, t1, 'app_uninstalled', later(5))
    expect(await find()).toEqual(gone)
    expect(await fresh.db.workspaceInstallation.findFirst()).toMatchObject({
      ...{ credentials: null, revokedBy: 'app_uninstalled', organisationId: ids.bedford },
    })
    await save({ token: 'xoxb-2' }, later(10))
    await revokeInstallation(fresh.db, t1, 'tokens_revoked', later(6))
    expect(await find()).toMatchObject({ token: 'xoxb-2' })
  })

  test('is not spoken to while its key is not there', async () => {
    await save()
    const lost = { notInstalled: 'token_key_missing' }
    expect(await find(t1, parseKeyRing(newer))).toEqual(lost)
    expect(await findInstalledApp(fresh.db, undefined, t1)).toEqual(lost)
  })
})

describe('a workspace that moved into a Slack organisation', () => {
  const organisation = { ...e1, token: 'xoxb-e' }

  test('is served by its installation, and by its own again where that one is gone', async () => {
    await save()
    await save(organisation)
    await noteServedVia(fresh.db, t1, 'E1', later(1))
    expect(await find()).toMatchObject({ token: 'xoxb-e', isOrganisationWide: true })
    await revokeInstallation(fresh.db, e1, 'app_uninstalled', later(2))
    expect(await find()).toMatchObject({ token: 'xoxb-1', isOrganisationWide: false })
  })

  test('is served without an installation of its own, until the organisation takes it away', async () => {
    await save(organisation)
    expect(await find()).toEqual(gone)
    await noteServedVia(fresh.db, t1, 'E1', later(1))
    expect(await find()).toMatchObject({ token: 'xoxb-e' })
    await revokeInstallation(fresh.db, e1, 'app_uninstalled', later(2))
    expect(await find()).toEqual(gone)
  })

  test('is served no more once the organisation takes the workspace back, and again once it grants it', async () => {
    await save(organisation)
    await noteServedVia(fresh.db, t1, 'E1', later(1))
    const end = { viaTenant: 'E1', by: 'team_access_revoked', at: later(2) }
    await endServedVia(fresh.db, t1, end)
    expect(await find()).toEqual(gone)
    const row = { where: { tenant: 'T1' } }
    expect(await fresh.db.workspaceInstallation.findFirst(row)).toMatchObject({
      ...{ revokedAt: later(2), revokedBy: 'team_access_revoked', organisationId: ids.bedford },
    })
    await noteServedVia(fresh.db, t1, 'E1', later(3))
    // Slack sends the same news again.
    await endServedVia(fresh.db, t1, end)
    expect(await find()).toMatchObject({ token: 'xoxb-e' })
    expect(await fresh.db.workspaceInstallation.findFirst(row)).toMatchObject({ revokedAt: null })
  })

  test('is served by its own installation again once the organisation takes it back', async () => {
    await save()
    await save(organisation)
    await noteServedVia(fresh.db, t1, 'E1', later(1))
    const end = { viaTenant: 'E1', by: 'team_access_revoked', at: later(2) }
    await endServedVia(fresh.db, t1, { ...end, viaTenant: 'E2' })
    expect(await find()).toMatchObject({ token: 'xoxb-e' })
    await endServedVia(fresh.db, t1, end)
    expect(await find()).toMatchObject({ token: 'xoxb-1' })
  })

  test('is served no more once an operator ended it, until the organisation installs Milepost by a new link', async () => {
    await save(organisation)
    await noteServedVia(fresh.db, t1, 'E1', later(1))
    expect(await endInstallation(fresh.db, { ...t1, tenant: 'T9' }, later(2))).toBe(false)
    expect(await endInstallation(fresh.db, t1, later(2))).toBe(true)
    await noteServedVia(fresh.db, t1, 'E1', later(3))
    expect(await find()).toEqual(gone)
    await save(organisation, later(4))
    expect(await find()).toMatchObject({ token: 'xoxb-e' })
  })

  test('stays where it is if that organisation is not installed, or is another of ours', async () => {
    await save()
    await noteServedVia(fresh.db, t1, 'E1', later(1))
    await save({ ...organisation, organisationId: ids.luton })
    await noteServedVia(fresh.db, t1, 'E1', later(2))
    expect(await find()).toMatchObject({ token: 'xoxb-1' })
  })
})

test('a rotation encrypts all tokens by the first key, and leaves those that it cannot read', async () => {
  await save()
  await saveInstallation(
    fresh.db,
    parseKeyRing(newKeyText('lost')),
    {
      ...{ platform: 'slack', tenant: 'T3', organisationId: null, name: null, token: 'xoxb-3' },
      ...{ botUser: 'B3', scopes: [], installedBy: null, renewal: null },
    },
    now,
  )
  const both = parseKeyRing(`${newer},${older}`)
  expect(await rotateTokens(fresh.db, both)).toMatchObject({ rotated: 1, lost: [{ tenant: 'T3' }] })
  expect(await find(t1, parseKeyRing(newer))).toMatchObject({ token: 'xoxb-1' })
  expect(await rotateTokens(fresh.db, both)).toMatchObject({ rotated: 0 })
})

describe('a Teams tenant', () => {
  const tenant = { platform: 'teams', tenant: 'tenant-1' }

  test('is let in for one organisation, again after it was ended, and for no other', async () => {
    await allowTenant(fresh.db, tenant.tenant, ids.bedford, now)
    expect(await endInstallation(fresh.db, tenant, later(1))).toBe(true)
    expect(await installationState(fresh.db, tenant)).toBe('taken away')
    await allowTenant(fresh.db, tenant.tenant, ids.bedford, later(2))
    const inCapitals = { ...tenant, tenant: 'TENANT-1' }
    expect(await installationState(fresh.db, inCapitals)).toBe('installed')
    expect(await installationState(fresh.db, { ...tenant, tenant: 'x' })).toBe('unknown')
    const forOther = allowTenant(fresh.db, tenant.tenant, ids.luton, later(3))
    await expect(forOther).rejects.toThrow('belongs to another organisation')
  })
})

describe('a programme', () => {
  test('can be given to an organisation until its people have accounts elsewhere', async () => {
    const [asha] = await storePeople(fresh.db, 'Asha Verity')
    const sketch = { key: 'W17', projects: [{ ref: '2.1', title: 'Bridges' }] }
    const w17 = { id: await storeProgramme(fresh.db, sketch), key: 'W17' }
    const give = (to: string | null) =>
      inTransaction(fresh.db, (tx) => setOrganisation(tx, w17, to))
    await give(ids.bedford)
    const joins = { programmeId: w17.id, personId: asha.id, role: 'lead' as const }
    // Her account is in the workspace of whoever runs Milepost.
    await expect(fresh.db.membership.create({ data: joins })).rejects.toThrow('two organisations')
    await give(null)
    await fresh.db.membership.create({ data: joins })
    await expect(give(ids.bedford)).rejects.toThrow('People of W17 have accounts')
    expect(await fresh.db.programme.findFirst()).toMatchObject({ organisationId: null })
    // Nor can her workspace be another's while she is in it.
    await expect(
      inTransaction(fresh.db, (tx) =>
        saveInstallation(
          tx,
          keys,
          { ...newWorkspace, tenant: 'T1', organisationId: ids.luton },
          now,
        ),
      ),
    ).rejects.toThrow('take part in programmes of another organisation')
  })
})

test('a link invites to one organisation for a week, or until the next one is printed', async () => {
  const code = await openInvitation(fresh.db, ids.bedford, now)
  const invited = (which: string, days = 0) =>
    organisationOfInvitation(fresh.db, which, later(days * 24 * 60))
  expect(await invited(code)).toMatchObject({ name: 'Bedford' })
  expect(await invited(code, 7)).toBeUndefined()
  expect(await invited('')).toBeUndefined()
  await openInvitation(fresh.db, ids.bedford, now)
  expect(await invited(code)).toBeUndefined()
})
