import type { Command } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { fullMoment } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { urlBelow } from '../../base/public-url.ts'
import { listOf } from '../../base/text.ts'
import { allowTenant, endInstallation } from '../../domain/organisations/installation-store.ts'
import {
  addOrganisation,
  findOrganisation,
  invitationDays,
  listOrganisations,
  type OrganisationSummary,
  openInvitation,
} from '../../domain/organisations/organisation-store.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { setOrganisation } from '../../domain/programme/programme-store.ts'
import type { Tx } from '../../infra/db.ts'
import { loadEnvironment, readConfig } from '../config.ts'
import { platforms } from '../platforms.ts'
import { withStore } from './store.ts'

/** `organisations`: those that this Milepost serves, their workspaces and programmes. */
export function addOrganisationCommands(program: Command): void {
  const organisations = program
    .command('organisations')
    .description('list the organisations that are served here, their workspaces and programmes')
    .action(async () => {
      console.log(formatOrganisations(await withStore(program, listOrganisations)))
    })

  organisations
    .command('add')
    .argument('<name>', 'as people know it; never shown to another organisation')
    .description('serve another organisation: prints the link by which it installs Milepost')
    .action(async (name: string) => {
      const link = await withStore(program, async (tx) =>
        linkFor(tx, (await addOrganisation(tx, name, systemClock.now())).id),
      )
      console.log(`${name} is served here from now on. ${link}`)
    })

  organisations
    .command('link')
    .argument('<name>')
    .description('print a new link by which it installs Milepost; the one before works no more')
    .action(async (name: string) => {
      console.log(
        await withStore(program, async (tx) => linkFor(tx, (await findOrganisation(tx, name)).id)),
      )
    })

  organisations
    .command('allow')
    .argument('<name>')
    .argument('<tenant>', 'the id of a Teams tenant whose administrators let Milepost in')
    .description('let the people of a Teams tenant use it, for this organisation')
    .action(async (name: string, tenant: string) => {
      await withStore(program, async (tx) => {
        const { id } = await findOrganisation(tx, name)
        await allowTenant(tx, tenant, id, systemClock.now())
      })
      console.log(`The tenant ${tenant} belongs to ${name}.`)
    })

  organisations
    .command('end')
    .argument('<workspace>', 'as the list shows it: slack:T0123, teams:<tenant id>')
    .description('serve a workspace no more: its token is deleted, and its messages wait')
    .action(async (text: string) => {
      const [platform = '', tenant = ''] = text.split(/:(.*)/s)
      const now = systemClock.now()
      const isEnded = await withStore(program, (tx) =>
        endInstallation(tx, { platform, tenant }, now),
      )
      if (!isEnded) {
        throw new Refusal(
          `No workspace ${text} has installed Milepost here. Nothing was changed. “organisations” lists them.`,
        )
      }
      console.log(
        `${text} is served no more. The app itself is taken away in ${platforms.title(platform)}.`,
      )
    })

  organisations
    .command('programme')
    .argument('<key>', 'the short name of the programme, such as W17')
    .argument('[name]', 'left out: the organisation that runs Milepost')
    .description('say whose a programme is, before its people have accounts in chat')
    .action(async (key: string, name: string | undefined) => {
      await withStore(program, async (tx) => {
        const organisation = name === undefined ? null : await findOrganisation(tx, name)
        await setOrganisation(tx, await programmeByKey(tx, key), organisation?.id ?? null)
      })
      console.log(`${key} belongs to ${name ?? ownName}.`)
    })
}

const ownName = 'the organisation that runs Milepost'

/** What to do next, with the link where workspaces can install Milepost here. */
async function linkFor(tx: Tx, id: string): Promise<string> {
  const { publicUrl, platforms: configured } = readConfig(loadEnvironment())
  const path = configured
    .map(({ definition, config }) => definition.installPath?.(config))
    .find((one) => one !== undefined)
  if (path === undefined || publicUrl === undefined) {
    throw new Refusal(
      'Workspaces cannot install Milepost here yet: SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, PUBLIC_URL and TOKEN_KEYS have to be set. Nothing was changed.',
    )
  }
  const link = new URL(urlBelow(publicUrl, path))
  link.searchParams.set('organisation', await openInvitation(tx, id, systemClock.now()))
  return `Give this link to whoever looks after its workspace; it works for ${invitationDays} days:\n${link.href}`
}

/** A line for each organisation, and one for each of its workspaces. */
export function formatOrganisations(organisations: readonly OrganisationSummary[]): string {
  return organisations
    .flatMap(({ name, programmes, workspaces }) => [
      `${name ?? 'This organisation'}: ${programmes.length > 0 ? listOf([...programmes]) : 'no programme yet'}`,
      ...(name === null ? ['  the workspaces that the settings name'] : []),
      ...workspaces.map((workspace) => `  ${formatWorkspace(workspace)}`),
    ])
    .join('\n')
}

function formatWorkspace({
  platform,
  tenant,
  name,
  viaTenant,
  installedAt,
  revokedAt,
  revokedBy,
}: OrganisationSummary['workspaces'][number]): string {
  const called = `${platform}:${tenant}${name ? ` ${name}` : ''} (${platforms.title(platform)})`
  if (revokedAt) {
    return `${called}, taken away ${fullMoment(revokedAt, 'UTC')} UTC (${revokedBy}): its messages wait`
  }
  if (viaTenant) return `${called}, by the installation of ${viaTenant}`
  return `${called}, since ${fullMoment(installedAt, 'UTC')} UTC`
}
