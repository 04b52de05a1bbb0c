import { z } from 'zod'
import { programmesOfOffice } from '../../authority/programme-roles.ts'
import { addDays, type CivilDate, fullDate, plainDay, toDbDate } from '../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { quoted } from '../../base/text.ts'
import {
  type Command,
  defineCommand,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { parseWith } from '../../chat/fields.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { countsIn, patternOn } from '../../domain/calendars/calendar.ts'
import { parseDateRange } from '../../domain/calendars/date-range.ts'
import {
  deputyWarnings,
  formatLeave,
  formatReturn,
  leaveProblem,
  leavesToEnd,
} from '../../domain/calendars/leave.ts'
import { formatWorkingPattern } from '../../domain/calendars/working-pattern.ts'
import { findAnswerableMember } from '../../domain/people/answerable-member.ts'
import { findMember } from '../../domain/people/find-member.ts'
import { memberIdsOf } from '../../domain/people/members.ts'
import { namesOf } from '../../domain/people/names.ts'
import type { Person } from '../../domain/people/person.ts'
import { loadPerson, personInclude, personOf } from '../../domain/people/person-store.ts'
import { endLeave, storeLeave } from '../../domain/people/working-time-store.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import { programmesOf } from '../../domain/plan/store.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import type { ReadTx } from '../../infra/db.ts'
import { awayForm, awayFormValues } from './away-form.ts'

const personArgs = z.object({ person: optionalText })

const away = defineCommand({
  name: 'away',
  usages: [
    'away',
    'away for <person> <first> [to <last>] [deputy <deputy>]',
    'away for <person>',
    'away <first> [to <last>] [deputy <deputy>]',
  ],
  slots: { person: slot.person, first: slot.firstDay, last: slot.text, deputy: slot.text },
  examples: [
    'away',
    'away for Asha Verity 3 Aug to 14 Aug deputy Priya Marlowe',
    'away for Asha Verity',
    'away 3 Aug to 14 Aug',
  ],
  authority: ['look after oneself', 'say leave for others'],
  summary:
    'Your leave, from a day to a day, and who gets your messages and may answer meanwhile; alone, what is saved. The programme office says it for others.',
  args: personArgs.extend({ first: optionalText, last: optionalText, deputy: optionalText }),
  run: async (context, { person: named, first, last, deputy: deputyNamed }) => {
    const { tx, today, actor } = context
    const subject = await findLeaveSubject(context, named)
    if (first === undefined) return { card: await awayCard(context, subject, 'Away', []) }
    const { person } = subject
    const period = await askedIn('first', () => parseDateRange(first, last, today))
    const deputy = deputyNamed
      ? await askedIn('deputy', () => findDeputy(context, subject, deputyNamed))
      : null
    const problem = leaveProblem(person, period, today)
    if (problem) throw fieldRefusal({ first: problem })
    const leave = { personId: person.id, ...period }
    for (const { programmeId, deputyId } of await whereItCounts(tx, subject, deputy))
      await storeLeave(context, { ...leave, programmeId, deputyId }, requirePersonId(actor))
    const remarks = deputy
      ? deputyWarnings(person, deputy, period, await hasAccount(tx, deputy.id))
      : ['With no deputy, what falls due comes before you go; the rest waits until you are back.']
    return { card: await awayCard(context, await reload(tx, subject), 'Saved', remarks) }
  },
  form: async (context, filled) => {
    const { person, deputy } = parseWith(awayFormValues, filled.values)
    const subject = await findLeaveSubject(context, person || undefined)
    // A form that is shown again says at its field what is wrong.
    if (deputy !== '' && Object.keys(filled.problems).length === 0)
      await findDeputy(context, subject, deputy)
    return awayForm(context, filled)
  },
})

/** What cannot be read is asked for again in the form, at its field. */
async function askedIn<Read>(field: string, read: () => Read | Promise<Read>): Promise<Read> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Refusal) throw fieldRefusal({ [field]: error.message }, '')
    throw error
  }
}

const back = defineCommand({
  name: 'back',
  usages: ['back', 'back for <person>'],
  slots: { person: slot.person },
  examples: ['back', 'back for Asha Verity'],
  authority: ['look after oneself', 'say leave for others'],
  summary: 'Ends your leave as of today, or calls off the next one.',
  args: personArgs,
  run: async (context, { person: named }) => {
    const { tx, today, actor } = context
    const subject = await findLeaveSubject(context, named)
    const { person, isOwn } = subject
    const leaves = leavesToEnd(person.leaves, today)
    const theirs = leaves.filter(({ programmeId }) => isOwn || programmeId !== null)
    if (leaves.length === 0) {
      const lines = [`${isOwn ? 'You are' : `${person.name} is`} not away, and no leave is ahead.`]
      return { card: noticeCard({ heading: 'Nothing to change', lines, buttons: [] }) }
    }
    if (theirs.length === 0) {
      throw new Refusal(
        `${person.name} said that leave, and ends it: ${context.prefix} back. Nothing was saved.`,
      )
    }
    for (const { from, programmeId } of theirs)
      await endLeave(context, { personId: person.id, from, programmeId }, requirePersonId(actor))
    const lines = [...new Set(theirs.map((leave) => formatReturn(leave, today)))]
    return { card: await awayCard(context, await reload(tx, subject), 'Saved', lines) }
  },
})

/** Whose leave it is, and what of it the person who asks may know. */
interface LeaveSubject {
  /** With the leave that counts in one of the programmes. */
  readonly person: Person
  readonly isOwn: boolean
  /** One's own; of somebody else, those in whose office one is and of which they are a member. */
  readonly programmes: readonly Programme[]
}

/** Whose leave it is: one's own, or that of somebody in a programme whose office one is in. @throws Refusal */
async function findLeaveSubject(
  { tx, actor, mentions }: QueryContext,
  named: string | undefined,
): Promise<LeaveSubject> {
  const personId = requirePersonId(actor)
  const own = await programmesOf(tx, personId)
  if (named === undefined)
    return {
      person: withLeaveIn(own, await loadPerson(tx, personId)),
      isOwn: true,
      programmes: own,
    }
  const offices = await programmesOfOffice(tx, personId, 'say leave for others')
  const person = await findMember(tx, offices, named, mentions)
  const theirs = new Set((await programmesOf(tx, person.id)).map(({ id }) => id))
  const programmes = own.filter(({ id }) => offices.includes(id) && theirs.has(id))
  return { person: withLeaveIn(programmes, person), isOwn: person.id === personId, programmes }
}

/** Without the leave that an office of another programme said, of which nobody here knows. */
function withLeaveIn(programmes: readonly Programme[], person: Person): Person {
  const leaves = person.leaves.filter((leave) => programmes.some(({ id }) => countsIn(leave, id)))
  return { ...person, leaves }
}

async function reload(tx: ReadTx, subject: LeaveSubject): Promise<LeaveSubject> {
  const person = await loadPerson(tx, subject.person.id)
  return { ...subject, person: withLeaveIn(subject.programmes, person) }
}

/** Somebody's own word counts everywhere; an office's in its own programmes, with a deputy who is a member there. */
async function whereItCounts(
  tx: ReadTx,
  { isOwn, programmes }: LeaveSubject,
  deputy: Person | null,
): Promise<{ readonly programmeId: string | null; readonly deputyId: string | null }[]> {
  if (isOwn) return [{ programmeId: null, deputyId: deputy?.id ?? null }]
  const theirs = new Set((deputy ? await programmesOf(tx, deputy.id) : []).map(({ id }) => id))
  return programmes.map(({ id }) => ({
    programmeId: id,
    deputyId: deputy && theirs.has(id) ? deputy.id : null,
  }))
}

/** @throws Refusal where the name is that of nobody in those programmes, or their own. */
async function findDeputy(
  context: QueryContext,
  { person, programmes }: LeaveSubject,
  named: string,
): Promise<Person> {
  const ids = programmes.map(({ id }) => id)
  const deputy = await findAnswerableMember(context, ids, named)
  if (deputy.id !== person.id) return withLeaveIn(programmes, deputy)
  throw new Refusal(
    `${quoted(named)} cannot stand in for themselves. Name somebody else, or nobody. Nothing was saved.`,
  )
}

async function hasAccount(tx: ReadTx, personId: string): Promise<boolean> {
  return (await tx.identity.count({ where: { personId } })) > 0
}

async function awayCard(
  { tx, actor, today, prefix }: QueryContext,
  subject: LeaveSubject,
  heading: string,
  remarks: readonly string[],
) {
  const { person, isOwn, programmes } = subject
  const ahead = person.leaves.filter(({ to }) => to >= today)
  const names = await namesOfMembers(
    tx,
    programmes,
    ahead.flatMap(({ deputyId }) => deputyId ?? []),
  )
  const who = isOwn ? 'You are' : `${person.name} is`
  const leaves = ahead.map((leave) => {
    const there = programmes.find(({ id }) => id === leave.programmeId)
    return `${who} away ${formatLeave(leave, names)}.${there ? ` It counts in ${there.key}.` : ''}`
  })
  const none = `${who} not away, and no leave is ahead.`
  const pattern = formatWorkingPattern(patternOn(person, today))
  const quiet = person.quiet ? `, quiet from ${person.quiet.from} to ${person.quiet.to}` : ''
  const hours = isOwn ? [`You work ${pattern}, in ${actor.zone}${quiet}.`] : []
  // With days near to today, which are read as what they look like.
  const [first, last] = [addDays(today, 21), addDays(today, 32)].map((one) => plainDay(one))
  const how = `Say leave: ${prefix} away ${first} to ${last} deputy … End it: ${prefix} back`
  return noticeCard({
    heading,
    lines: [
      ...(leaves.length > 0 ? leaves : [none]),
      ...remarks,
      ...(await deputyForLines(tx, subject, today)),
      ...hours,
      how,
    ],
    buttons: isOwn ? [{ title: 'Say leave', verb: 'away:form', data: {} }] : [],
  })
}

/** A deputy who is in none of these programmes stands in for nobody there, and is not named. */
async function namesOfMembers(
  tx: ReadTx,
  programmes: readonly Programme[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const members = await memberIdsOf(
    tx,
    programmes.map(({ id }) => id),
  )
  return namesOf(
    tx,
    ids.filter((id) => members.includes(id)),
  )
}

/** For whom a person stands in, now and later, in those programmes. */
async function deputyForLines(
  tx: ReadTx,
  { person, programmes }: LeaveSubject,
  today: CivilDate,
): Promise<string[]> {
  const rows = await tx.person.findMany({
    where: {
      memberships: { some: { programmeId: { in: programmes.map(({ id }) => id) } } },
      leaves: { some: { deputyId: person.id, to: { gte: toDbDate(today) } } },
    },
    orderBy: { name: 'asc' },
    ...personInclude,
  })
  return rows
    .map((row) => withLeaveIn(programmes, personOf(row)))
    .flatMap(({ name, leaves }) =>
      leaves
        .filter(({ deputyId, to }) => deputyId === person.id && to >= today)
        .map(
          ({ from, to }) =>
            `${person.name} stands in for ${name}: ${fullDate(from)} to ${fullDate(to)}.`,
        ),
    )
}

/** Leave and deputies, for oneself and, by the programme office, for others. */
export const leaveCommands: readonly Command[] = [away, back]
