import { fold, plural } from '../../base/text.ts'
import { programmeArgs } from '../../chat/args.ts'
import { defineQuery, type QueryContext } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { loadContactability } from '../../domain/people/contactability.ts'
import { idsWithoutRequest } from '../../domain/people/identity-store.ts'
import { formerMember } from '../../domain/people/names.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { loadRecentPlan } from '../../domain/plan/store.ts'
import { peopleMatchCard } from './cards.ts'
import { gapRows, type Owner } from './people-gaps.ts'

/** Who is in a programme, and where nobody can be asked: each with the command that mends it. */
export const people = defineQuery({
  name: 'people',
  usages: ['people [for <programme>]'],
  slots: { programme: slot.word },
  examples: ['people', 'people for W17'],
  authority: ['run programme'],
  summary:
    'Projects without a lead, owners without an account or who never wrote, and who is in the programme. For the programme office.',
  args: programmeArgs,
  run: async (context, args) => {
    const programme = await findProgrammeTo(context, 'run programme', args.programme)
    const plan = await loadRecentPlan(context.tx, programme.id, context.today)
    const owners = await loadOwners(context, plan)
    const lines = [
      ...withoutLead(plan, context.prefix),
      ...unreachedOwners(owners, context.prefix),
      ...(await membersByRole(context, plan)),
      ...aloneInOffice(plan, context.prefix),
    ]
    const heading = `People of ${programme.title}`
    return { card: peopleMatchCard({ heading, lines, certain: [], ...gapRows(plan, owners) }) }
  },
})

/** How many a line names; more would not be read. */
const maxNamed = 20

function nameSome(names: readonly string[]): string {
  const rest = names.length - maxNamed
  return names.slice(0, maxNamed).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

function withoutLead({ projects }: Plan, prefix: string): string[] {
  const unowned = projects.filter(({ leads }) => leads.length === 0)
  const [first] = unowned
  if (!first) return ['Every project has a lead.']
  const named = nameSome(unowned.map(({ ref, title }) => `${ref} ${title}`))
  return [
    `${plural(unowned.length, 'project')} without a lead: ${named}. To mend: ${prefix} set ${first.ref} leads to @name`,
  ]
}

interface KnownOwner extends Owner {
  /** No request ever came from them. */
  readonly isSilent: boolean
}

/** Owners of projects and workstreams, with whether a message reaches them and they have ever written to Milepost. */
async function loadOwners(
  { tx, now }: QueryContext,
  { projects, workstreams, people: known }: Plan,
): Promise<KnownOwner[]> {
  const owned = new Map<string, string>()
  for (const { ref, leads } of projects) for (const id of leads) owned.set(id, owned.get(id) ?? ref)
  for (const { ref, leads, sponsors } of workstreams)
    for (const id of [...leads, ...sponsors]) owned.set(id, owned.get(id) ?? `workstream ${ref}`)
  const contactabilityOf = await loadContactability(tx, now)
  const silent = new Set(await idsWithoutRequest(tx, [...owned.keys()]))
  return [...owned].map(([id, ref]) => ({
    ...{ id, ref, name: known.get(id)?.name ?? formerMember },
    ...{ contactability: contactabilityOf(id), isSilent: silent.has(id) },
  }))
}

function unreachedOwners(owners: readonly KnownOwner[], prefix: string): string[] {
  const line = (isMeant: (owner: KnownOwner) => boolean, what: string, remedy: string) => {
    const names = owners.filter(isMeant).map(({ name, ref }) => `${name} (${ref})`)
    return names.length === 0 ? [] : [`${what}: ${nameSome(names)}. ${remedy}`]
  }
  return [
    ...line(
      ({ contactability }) => contactability === 'no account',
      'Owners without an account here',
      `To mend: ${prefix} people match finds them among the members of your workspace`,
    ),
    ...line(
      ({ contactability }) => contactability === 'gone',
      'Owners whose account is gone',
      `To mend: give all that they own to somebody else, as in ${prefix} hand over Asha Verity to @name`,
    ),
    ...line(
      ({ contactability, isSilent }) => contactability === 'reached' && isSilent,
      'Owners who never wrote to Milepost',
      `What reached them: ${prefix} ledger and their name`,
    ),
  ]
}

/** Who stands in for the office itself: its members do for each other. */
function aloneInOffice({ programmeOffice, people: known }: Plan, prefix: string): string[] {
  const [only, second] = programmeOffice
  if (!only || second) return []
  return [
    `Nobody stands in for the programme office: ${known.get(only)?.name} is alone in it. To mend: ${prefix} add @name to the office`,
  ]
}

const roleTitles = {
  programme_office: 'Programme office',
  sponsor: 'Sponsors',
  lead: 'Leads',
  viewer: 'Viewers',
} as const

async function membersByRole({ tx }: QueryContext, { programme, people: known }: Plan) {
  const members = await tx.membership.findMany({ where: { programmeId: programme.id } })
  return Object.entries(roleTitles).flatMap(([role, title]) => {
    const names = members
      .filter((member) => member.role === role)
      .flatMap(({ personId }) => known.get(personId)?.name ?? [])
      .toSorted((one, other) => fold(one).localeCompare(fold(other)))
    return names.length === 0 ? [] : [`${title} (${names.length}): ${nameSome(names)}`]
  })
}
