import { z } from 'zod'
import { Refusal } from '../../../base/errors.ts'
import { listOf } from '../../../base/text.ts'
import {
  type CommandResult,
  defineCommand,
  optionalText,
  type QueryContext,
} from '../../../chat/commands.ts'
import { addForm, type EditField } from '../../../chat/edit-form.ts'
import { parseWith } from '../../../chat/fields.ts'
import { phrase, slot } from '../../../chat/grammar.ts'
import { noticeCard, savedResult, unchangedResult, undoButton } from '../../../chat/notice.ts'
import { loadPeopleToChoose } from '../../../domain/people/accounts-here.ts'
import type { ProgrammeRole } from '../../../domain/people/member-resolver.ts'
import { rolesOf, setRoles } from '../../../domain/people/role-history.ts'
import { findManagedProgramme } from '../../../domain/plan/managed-programme.ts'
import { lockProgramme } from '../../../domain/programme/lock.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { ownProvenance } from '../../../domain/revisions/provenance.ts'
import { type ChosenGuest, findChosenPerson } from '../chosen-person.ts'
import { giveRoleName } from '../role-names.ts'
import { roleChoices, roleOf, roleRights, roleTitle } from './role-words.ts'

const giveRoleArgs = z.object({
  person: optionalText,
  role: z.string().trim().min(1, 'Choose a role.'),
  /** What a picker gave. */
  account: optionalText,
  programme: optionalText,
  /** The office knows that it is a guest. */
  guest: optionalText,
})
type GiveRoleArgs = z.infer<typeof giveRoleArgs>

/** Puts somebody into the office, or makes them a sponsor or a viewer: besides what they are. */
export const giveRole = defineCommand({
  name: giveRoleName,
  usages: ['add <person> to <role> [for <programme>]', 'make <person> <role> [for <programme>]'],
  slots: {
    person: slot.text,
    role: phrase(
      '(?:an? |the )?(?:programme office|office|sponsors?|chair|viewers?|board member|board)',
      3,
    ),
    programme: slot.word,
  },
  examples: ['add @ben to the office', 'make Ben Okoro a sponsor', 'make @cai viewer for W17'],
  authority: ['give roles'],
  summary:
    'Put somebody into the programme office, or make them a sponsor (a chair, too) or a viewer (a board member, too). Undo takes it back. For the programme office and administrators.',
  args: giveRoleArgs,
  form: async (context, filled) => {
    const { programme: key } = parseWith(giveRoleArgs.partial(), filled.values)
    const programme = await findManagedProgramme(context, 'give roles', key)
    const options = { heading: 'Give a role', about: programme.title, button: 'Save' }
    const fields = await formFields(context, programme)
    const data = { programme: programme.key }
    return addForm({ ...options, verb: giveRoleName, data }, fields, filled)
  },
  run: async (context, args) => {
    const programme = await findManagedProgramme(context, 'give roles', args.programme)
    const role = roleOf(args.role)
    if (!role) throw new Refusal('Choose a role. Nothing was saved.', { role: 'Choose one.' })
    await lockProgramme(context.tx, programme.id)
    const person = await findChosenPerson(context, programme.id, { ...args, typed: args.person })
    if ('guestAccount' in person) return guestQuestion(person, programme, role, args)
    const held = await rolesOf(context.tx, programme.id, person.id)
    const isHeld = held.includes(role) || (role === 'viewer' && held.length > 0)
    if (isHeld) return heldResult(person.name, programme, held)
    const revision = await setRoles(context.tx, {
      ...{ programmeId: programme.id, personId: person.id, reason: null },
      // Everybody else in the programme may do what a viewer may.
      roles: [...held.filter((one) => one !== 'viewer'), role],
      said: ownProvenance(context),
    })
    const done = `${person.name} is ${roleTitle(role)} of ${programme.title} from now on.`
    const lines = [done, roleRights(role), ...(person.remark ? [person.remark] : [])]
    return savedResult(lines, done, revision ? [undoButton({ role: revision })] : [])
  },
})

async function formFields(context: QueryContext, { id }: Programme): Promise<EditField[]> {
  const choices = await loadPeopleToChoose(context, id)
  return [
    { id: 'account', label: 'Who', kind: 'person', present: '', choices, hint: 'Type a name' },
    { id: 'role', label: 'Role', kind: 'choice', present: 'office', choices: roleChoices },
  ]
}

function heldResult(name: string, { title }: Programme, held: readonly ProgrammeRole[]) {
  return unchangedResult([`${name} is ${listOf(held.map(roleTitle))} of ${title} already.`])
}

function guestQuestion(
  { name, guestAccount }: ChosenGuest,
  { key: programme, title }: Programme,
  role: ProgrammeRole,
  { role: words }: GiveRoleArgs,
): CommandResult {
  const lines = [
    `${name} is a guest of your workspace. As ${roleTitle(role)} of ${title} they would see the whole plan.`,
    'Nothing was saved yet.',
  ]
  const data = { programme, role: words, account: guestAccount, guest: 'yes' }
  const buttons = [{ title: 'Let the guest in', verb: giveRoleName, data }]
  return { card: noticeCard({ heading: 'A guest', lines, buttons }) }
}
