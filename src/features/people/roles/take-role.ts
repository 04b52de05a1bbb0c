import { z } from 'zod'
import { toDbDate } from '../../../base/dates.ts'
import { listOf } from '../../../base/text.ts'
import {
  type CommandContext,
  type CommandResult,
  defineCommand,
  optionalText,
} from '../../../chat/commands.ts'
import { phrase, slot } from '../../../chat/grammar.ts'
import { noticeCard, savedResult, unchangedResult, undoButton } from '../../../chat/notice.ts'
import { formVerbOf } from '../../../chat/resolve-command.ts'
import { endFollowsIn } from '../../../domain/follows/follow-store.ts'
import type { ProgrammeRole } from '../../../domain/people/member-resolver.ts'
import { rolesOf, setRoles } from '../../../domain/people/role-history.ts'
import { isNothing, loadOpenWork } from '../../../domain/plan/handover.ts'
import { findManagedProgramme } from '../../../domain/plan/managed-programme.ts'
import { lockProgramme } from '../../../domain/programme/lock.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { ownProvenance } from '../../../domain/revisions/provenance.ts'
import { cancelMessagesTo } from '../../../outbox/cancelled.ts'
import { handOverName } from '../leavers/names.ts'
import { describeWork } from '../leavers/work-lines.ts'
import { findPersonHere } from '../person-here.ts'
import { takeRoleName } from '../role-names.ts'
import { roleOf, roleTitle } from './role-words.ts'

interface Member {
  readonly id: string
  readonly name: string
}

/** Takes a role off somebody, or takes them out of the programme as a whole. */
export const takeRole = defineCommand({
  name: takeRoleName,
  usages: ['take <person> out of <role> [for <programme>] [because <reason>]'],
  slots: {
    person: slot.text,
    role: phrase('(?:the )?(?:programme office|office|sponsors|viewers|board|programme)', 3),
    ...{ programme: slot.word, reason: slot.text },
  },
  examples: ['take @ben out of the office', 'take Ben Okoro out of the programme because he left'],
  authority: ['give roles'],
  summary:
    'Take somebody out of the programme office, the sponsors or the whole programme. Somebody who can be reached stays in the office. For the programme office and administrators.',
  args: z.object({
    ...{ person: z.string(), role: z.string() },
    ...{ programme: optionalText, reason: optionalText },
  }),
  run: async (context, args) => {
    const { tx, mentions } = context
    const programme = await findManagedProgramme(context, 'give roles', args.programme)
    await lockProgramme(tx, programme.id)
    const person = await findPersonHere(tx, programme.id, args.person, mentions)
    const held = await rolesOf(tx, programme.id, person.id)
    const role = roleOf(args.role)
    const roles = rolesWithout(held, role)
    if (held.length === 0 || (role && !held.includes(role)))
      return unchangedResult([`${person.name} is not ${goalText(role)} of ${programme.title}.`])
    if (roles.length === 0) {
      const refused = await openWorkCard(context, programme, person)
      if (refused) return refused
    }
    const member = { programmeId: programme.id, personId: person.id }
    const said = ownProvenance(context)
    const reason = args.reason ?? null
    const revision = await setRoles(tx, { ...member, roles, reason, said })
    if (roles.length === 0) await endMembership(context, member)
    return takenResult(programme, person, { role, roles, revision })
  },
})

/** Out of the office or the sponsors, somebody may still read; out of the viewers or the programme, nothing is left. */
function rolesWithout(
  held: readonly ProgrammeRole[],
  role: ProgrammeRole | undefined,
): readonly ProgrammeRole[] {
  if (!role) return []
  const rest = held.filter((one) => one !== role)
  return rest.length > 0 || role === 'viewer' ? rest : ['viewer']
}

const goalText = (role: ProgrammeRole | undefined) => (role ? roleTitle(role) : 'a member')

/** Whoever answers for something open hands it over first, so that nothing is left without an owner. */
async function openWorkCard(
  { tx, today }: CommandContext,
  { id: programmeId, key: programme, title }: Programme,
  { id: person, name }: Member,
): Promise<CommandResult | undefined> {
  const of = { programmeId, personId: person, today: toDbDate(today) }
  const work = await loadOpenWork(tx, of)
  if (isNothing(work)) return undefined
  const lines = [
    `${name} would be in ${title} no more, and still answers for this:`,
    ...(await describeWork(tx, work)),
    'Hand it over first. Nothing was changed.',
  ]
  const verb = formVerbOf({ name: handOverName })
  const buttons = [{ title: 'Hand over', verb, data: { person, programme } }]
  return { card: noticeCard({ heading: 'Not yet', lines, buttons }) }
}

/** What they follow there and what waits to be sent to them ends with it. */
async function endMembership(
  { tx, now }: CommandContext,
  member: { readonly programmeId: string; readonly personId: string },
): Promise<void> {
  await endFollowsIn(tx, { ...member, now })
  await cancelMessagesTo(tx, member, 'they are not in the programme any more')
}

interface Taken {
  readonly role: ProgrammeRole | undefined
  readonly roles: readonly ProgrammeRole[]
  readonly revision: string | null
}

function takenResult(
  { key: programme, title }: Programme,
  { id: person, name }: Member,
  { role, roles, revision }: Taken,
): CommandResult {
  if (revision === null) throw new Error('Roles that differ were not changed')
  const undo = undoButton({ role: revision })
  if (roles.length === 0) {
    const done = `${name} is not in ${title} any more.`
    return savedResult([done], done, [undo])
  }
  const done = `${name} is not ${goalText(role)} of ${title} any more.`
  const left = `They are ${listOf(roles.map(roleTitle))} there.`
  const out = { title: 'Take out of the programme', verb: takeRoleName }
  const isViewer = roles.join() === 'viewer'
  return savedResult([done, left], done, [
    undo,
    ...(isViewer ? [{ ...out, data: { person, role: 'the programme', programme } }] : []),
  ])
}
