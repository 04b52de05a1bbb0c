import type { Place } from '../base/addresses.ts'
import { fullMoment } from '../base/dates.ts'
import { Refusal } from '../base/errors.ts'
import { movePapers } from '../domain/papers/schedule-store.ts'
import { linkAccount } from '../domain/people/identity-store.ts'
import { moveQuestions } from '../domain/questions/store.ts'
import { moveSubscription } from '../domain/schedule/subscription-store.ts'
import { isDatabaseUrl, replaceWithCopy } from '../infra/backup/copy.ts'
import { type Database, databaseLabel, inTransaction, type Tx } from '../infra/db.ts'
import { outboxTables } from '../outbox/erase.ts'
import { ZONE } from './clock-stepper.ts'
import { privateChannel, type Residents, slackTeamId, teamOf, teamsTenantId } from './residents.ts'
import type { PlaygroundPerson } from './sample.ts'

/**
 * A copy of real programmes to look at and to try things on. Everybody in it has an account of the playground's own in
 * both windows, and every channel stands for one of the playground's: no id by which a real person or channel is reached
 * is taken over, nor anything that was on its way to them.
 */

export interface Copy {
  /** What it is a copy of, as it was named: a file, a folder, or a database without its password. */
  readonly of: string
  readonly at: Date
}

/** Ids of real people in chat, and what was sent or is to be sent to them. */
export const notCopied: readonly string[] = [
  ...outboxTables,
  ...['Identity', 'IdempotencyKey', 'ImportDraft'],
  // Codes and tokens of real people and workspaces.
  ...['AccountLinkCode', 'DateLink', 'WorkspaceInstallation'],
]

/** Replaces all that is in the playground's database. `folder`: where the copy lies. @throws Refusal as replaceWithCopy does */
export async function copyInto(url: string, source: string, folder: string): Promise<Copy> {
  const { at } = await replaceWithCopy(url, { source, folder, leaveOut: notCopied })
  return { of: isDatabaseUrl(source) ? databaseLabel(source) : source, at: new Date(at) }
}

/** What the page says above everything else. */
export function copyNotice({ of, at }: Copy): string {
  return `A copy of ${of} as at ${fullMoment(at, ZONE)}; nothing here goes to anybody.`
}

/** Gives the people and channels of a copy their places in the playground. */
export function settleCopy(db: Database): Promise<Residents> {
  const work = async (tx: Tx) => {
    const programmes = await loadProgrammes(tx)
    const people = await settlePeople(tx, programmes)
    const channels = await Promise.all(
      programmes.map((programme, nth) => settleChannels(tx, programme, { people, nth })),
    )
    if (people.length === 0) throw new Refusal('There is nobody in any programme of this copy.')
    const office = people.find(({ role }) => role === 'programme office')
    return {
      council: 'Copied',
      people,
      first: (office ?? people[0])?.id ?? '',
      slackChannels: channels.map(({ slack }) => slack),
      teamsTeam: teamOf(
        'Programmes',
        channels.map(({ teams }) => teams),
      ),
    }
  }
  return inTransaction(db, work, { timeoutMs: 120_000 })
}

type Programme = Awaited<ReturnType<typeof loadProgrammes>>[number]

function loadProgrammes(tx: Tx) {
  const person = { select: { id: true, name: true, post: true, zone: true, forgottenAt: true } }
  return tx.programme.findMany({
    where: { archivedAt: null },
    orderBy: { key: 'asc' },
    select: {
      ...{ id: true, key: true, title: true, zone: true },
      memberships: { select: { role: true, person } },
      subscriptions: { select: { id: true, platform: true } },
    },
  })
}

/** As in the page's list: who does most for the programme, first. */
const roles = { programme_office: 'programme office', lead: 'lead', sponsor: 'sponsor', viewer: '' }

/** Everybody once, in the first programme that they are in. */
async function settlePeople(tx: Tx, programmes: readonly Programme[]): Promise<PlaygroundPerson[]> {
  const settled = new Map<string, PlaygroundPerson>()
  for (const { title, zone, memberships } of programmes) {
    for (const [key, role] of Object.entries(roles)) {
      for (const { person } of memberships.filter((one) => one.role === key)) {
        if (person.forgottenAt || settled.has(person.id)) continue
        const account = accountOf(person.id)
        settled.set(person.id, {
          ...{ id: person.id, name: person.name, post: person.post ?? '', role },
          ...{ programme: title, zone: person.zone ?? zone, ...account },
        })
        for (const [platform, { tenant, user }] of placesOf(account)) {
          await linkAccount(tx, person.id, { platform, tenant, user })
        }
      }
    }
  }
  return [...settled.values()]
}

function accountOf(personId: string) {
  // The last digits of our ids are random; the first are a time that many share.
  const user = `U${personId.replaceAll('-', '').slice(-12).toUpperCase()}`
  return {
    slack: { team: slackTeamId, user },
    teams: { tenant: teamsTenantId, user: personId },
  }
}

const placesOf = ({ slack, teams }: ReturnType<typeof accountOf>) =>
  [
    ['slack', { tenant: slack.team, user: slack.user }],
    ['teams', { tenant: teams.tenant, user: teams.user }],
  ] as const

/** One channel of a programme on each side, which stands for all that it has there. */
async function settleChannels(
  tx: Tx,
  { id, key, title, subscriptions }: Programme,
  { people, nth }: { readonly people: readonly PlaygroundPerson[]; readonly nth: number },
) {
  const slack = { id: `C0COPY${nth}`, name: `${key.toLowerCase()}-board` }
  const teams = { id: `19:copy-${nth}@thread.tacv2`, name: `${key} board` }
  const inSlack: Place = {
    ...{ platform: 'slack', tenant: slackTeamId, conversation: slack.id, kind: 'channel' },
  }
  const inTeams: Place = {
    ...{ platform: 'teams', tenant: teamsTenantId, conversation: teams.id, kind: 'channel' },
  }
  for (const one of subscriptions) {
    await moveSubscription(tx, one.id, one.platform === 'teams' ? inTeams : inSlack)
  }
  await moveQuestions(tx, id, inSlack)
  await movePapers(tx, id, inSlack)
  const own = people.filter(({ programme }) => programme === title)
  return { slack: privateChannel(slack, own), teams }
}
