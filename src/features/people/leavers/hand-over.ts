import { z } from 'zod'
import { toDbDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import {
  type Command,
  type CommandContext,
  type CommandResult,
  defineCommand,
  optionalText,
  type QueryContext,
} from '../../../chat/commands.ts'
import { parseWith } from '../../../chat/fields.ts'
import { slot } from '../../../chat/grammar.ts'
import { noticeCard, savedResult, undoButton } from '../../../chat/notice.ts'
import { loadPeopleToChoose } from '../../../domain/people/accounts-here.ts'
import type { ProgrammeRole } from '../../../domain/people/member-resolver.ts'
import { grantRole } from '../../../domain/people/members.ts'
import { handOver, isNothing, loadOpenWork, type OpenWork } from '../../../domain/plan/handover.ts'
import { findProgrammeTo } from '../../../domain/plan/lookup.ts'
import { lockProgramme } from '../../../domain/programme/lock.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { ownProvenance, type Provenance } from '../../../domain/revisions/provenance.ts'
import type { Tx } from '../../../infra/db.ts'
import type { MessageKind } from '../../../outbox/message-kinds.ts'
import { peoplePickerForm } from '../cards.ts'
import { type ChosenGuest, type ChosenPerson, findChosenPerson } from '../chosen-person.ts'
import { findPersonHere } from '../person-here.ts'
import { takeRoleName } from '../role-names.ts'
import { closeLeaverNotices } from './close-notices.ts'
import { handOverName } from './names.ts'
import { passQuestionsOn } from './pass-questions.ts'
import { describeWork } from './work-lines.ts'

const handOverArgs = z.object({
  person: z.string(),
  other: optionalText,
  account: optionalText,
  programme: optionalText,
  reason: optionalText,
  /** The office knows that it is a guest. */
  guest: optionalText,
})
type HandOverArgs = z.infer<typeof handOverArgs>

/** Gives all that somebody answers for to somebody else. `questionKind`: how questions to leads are sent. */
export function createHandOver(questionKind: MessageKind): Command {
  return defineCommand({
    name: handOverName,
    usages: ['hand over <person> to <other> [for <programme>] [because <reason>]'],
    slots: {
      ...{ person: slot.text, other: slot.textUpToBecause },
      ...{ programme: slot.word, reason: slot.text },
    },
    examples: [
      'hand over Asha Verity to Ben Okoro',
      'hand over Asha Verity to @ben because she has left',
    ],
    authority: ['change plan'],
    summary:
      'Give all that somebody leads, sponsors and stands in for to somebody else, with their open questions. Undo takes it back as a whole. For the programme office.',
    args: handOverArgs,
    form: async (context, { values, problems }) => {
      const { person, programme: key, reason } = parseWith(handOverArgs.partial(), values)
      const programme = await findProgrammeTo(context, 'change plan', key)
      const leaver = await findPersonHere(context.tx, programme.id, person ?? '')
      const work = await openWorkOf(context, programme, leaver.id)
      return peoplePickerForm({
        heading: `Hand over: ${leaver.name}`,
        lines: isNothing(work) ? ['Nothing is open.'] : await describeWork(context.tx, work),
        label: 'Hand over to',
        choices: await loadPeopleToChoose(context, programme.id, leaver.id),
        reason: { label: 'Why', value: reason ?? '' },
        submit: {
          ...{ title: 'Hand over', verb: handOverName },
          data: { person: leaver.id, programme: programme.key },
        },
        problem: problems.account ?? '',
      })
    },
    run: async (context, args) => {
      const programme = await findProgrammeTo(context, 'change plan', args.programme)
      const leaver = await findPersonHere(context.tx, programme.id, args.person)
      await lockProgramme(context.tx, programme.id)
      const work = await openWorkOf(context, programme, leaver.id)
      if (isNothing(work))
        throw new Refusal(
          `${leaver.name} answers for nothing that is open: it was handed over already, or was never theirs. Nothing was changed.`,
        )
      const receiver = await findChosenPerson(context, programme.id, {
        ...args,
        typed: args.other,
      })
      if ('guestAccount' in receiver) return guestQuestion(receiver, programme, leaver.id, args)
      if (receiver.id === leaver.id)
        throw new Refusal(`${leaver.name} has it already. Nothing was changed.`)
      return store(context, { programme, leaver, receiver, work, questionKind }, args.reason)
    },
  })
}

const openWorkOf = (
  { tx, today }: Pick<QueryContext, 'tx' | 'today'>,
  { id: programmeId }: Programme,
  personId: string,
) => loadOpenWork(tx, { programmeId, personId, today: toDbDate(today) })

interface Handing {
  readonly programme: Programme
  readonly leaver: { readonly id: string; readonly name: string }
  readonly receiver: ChosenPerson
  readonly work: OpenWork
  readonly questionKind: MessageKind
}

async function store(
  context: CommandContext,
  { programme, leaver, receiver, work, questionKind }: Handing,
  reason: string | undefined,
): Promise<CommandResult> {
  const { tx, actor, now: at } = context
  const lines = await describeWork(tx, work)
  const said = ownProvenance(context)
  await grantRoles(tx, { programmeId: programme.id, personId: receiver.id, said }, work)
  const people = { personId: leaver.id, receiverId: receiver.id }
  const handover = await handOver(tx, work, {
    ...{ programmeId: programme.id, ...people, reason: reason ?? null, said },
  })
  await passQuestionsOn(tx, { ...people, projects: work.projects, kind: questionKind, now: at })
  const done = `${leaver.name}’s work went to ${receiver.name}: ${actor.name} did it.`
  await closeLeaverNotices(tx, { programmeId: programme.id, personId: leaver.id, done, now: at })
  const remarks = receiver.remark ? [receiver.remark] : []
  const out = { person: leaver.id, role: 'programme', programme: programme.key }
  return savedResult([`From ${leaver.name} to ${receiver.name}:`, ...lines, ...remarks], done, [
    undoButton({ handover }),
    { title: 'Take out of the programme', verb: takeRoleName, data: out },
  ])
}

interface Grant {
  readonly programmeId: string
  readonly personId: string
  readonly said: Provenance
}

async function grantRoles(
  tx: Tx,
  { programmeId, personId, said }: Grant,
  { projects, workstreams, sponsored }: OpenWork,
): Promise<void> {
  const grant = (role: ProgrammeRole) => grantRole(tx, programmeId, [personId], role, said)
  if (projects.length + workstreams.length > 0) await grant('lead')
  if (sponsored.length > 0) await grant('sponsor')
  const held = await tx.membership.count({ where: { programmeId, personId } })
  if (held === 0) await grant('viewer')
}

function guestQuestion(
  { name, guestAccount }: ChosenGuest,
  { key: programme }: Programme,
  person: string,
  { reason }: HandOverArgs,
): CommandResult {
  const lines = [
    `${name} is a guest of your workspace. They would see the whole plan, and be asked about this work.`,
    'Nothing was handed over yet.',
  ]
  const data = { programme, person, account: guestAccount, guest: 'yes', ...(reason && { reason }) }
  const buttons = [{ title: 'Hand over to the guest', verb: handOverName, data }]
  return { card: noticeCard({ heading: 'A guest', lines, buttons }) }
}
