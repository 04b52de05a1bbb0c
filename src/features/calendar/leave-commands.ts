import { z } from 'zod'
import { type CivilDate, fullDate, toDbDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { quoted } from '../../base/text.ts'
import {
  type Command,
  defineCommand,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { patternOn } from '../../domain/calendars/calendar.ts'
import { parseDateRange } from '../../domain/calendars/date-range.ts'
import {
  deputyWarnings,
  formatLeave,
  formatReturn,
  leaveProblem,
  leaveToEnd,
} from '../../domain/calendars/leave.ts'
import { formatWorkingPattern } from '../../domain/calendars/working-pattern.ts'
import { findMember } from '../../domain/people/find-member.ts'
import { namesOf } from '../../domain/people/names.ts'
import type { Person } from '../../domain/people/person.ts'
import { loadPerson, personInclude, personOf } from '../../domain/people/person-store.ts'
import { endLeave, storeLeave } from '../../domain/people/working-time-store.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import type { ReadTx } from '../../infra/db.ts'

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
    const { tx, today } = context
    const person = await findLeavePerson(context, named)
    if (first === undefined) return { card: await awayCard(context, person, 'Away', []) }
    const period = parseDateRange(first, last, today)
    const deputy = deputyNamed ? await findDeputy(tx, person, deputyNamed) : null
    const problem = leaveProblem(person, period, today)
    if (problem) throw new Refusal(`${problem} Nothing was saved.`)
    const leave = { personId: person.id, ...period, deputyId: deputy?.id ?? null }
    await storeLeave(context, leave, requirePersonId(context.actor))
    const remarks = deputy
      ? deputyWarnings(person, deputy, period, await hasAccount(tx, deputy.id))
      : ['With no deputy, what falls due comes before you go; the rest waits until you are back.']
    return {
      card: await awayCard(context, await loadPerson(tx, person.id), 'Saved', remarks),
    }
  },
})

const back = defineCommand({
  name: 'back',
  usages: ['back', 'back for <person>'],
  slots: { person: slot.person },
  examples: ['back', 'back for Asha Verity'],
  authority: ['look after oneself', 'say leave for others'],
  summary: 'Ends your leave as of today, or calls off the next one.',
  args: personArgs,
  run: async (context, { person: named }) => {
    const person = await findLeavePerson(context, named)
    const leave = leaveToEnd(person.leaves, context.today)
    if (!leave) {
      const who = person.id === context.actor.personId ? 'You are' : `${person.name} is`
      const lines = [`${who} not away, and no leave is ahead.`]
      return { card: noticeCard({ heading: 'Nothing to change', lines, buttons: [] }) }
    }
    const ended = { personId: person.id, from: leave.from }
    await endLeave(context, ended, requirePersonId(context.actor))
    const lines = [formatReturn(leave, context.today)]
    return {
      card: await awayCard(context, await loadPerson(context.tx, person.id), 'Saved', lines),
    }
  },
})

/** Whose leave it is: one's own, or that of somebody in a programme whose office one is in. @throws Refusal */
async function findLeavePerson(
  { tx, actor }: QueryContext,
  named: string | undefined,
): Promise<Person> {
  const personId = requirePersonId(actor)
  if (named === undefined) return loadPerson(tx, personId)
  const offices = await tx.membership.findMany({
    where: { personId, role: 'programme_office' },
    select: { programmeId: true },
  })
  if (offices.length === 0) {
    throw new Refusal(
      'Only a programme office can say that for others. Leave out “for …” to say it of yourself. Nothing was saved.',
    )
  }
  return findMember(
    tx,
    offices.map(({ programmeId }) => programmeId),
    named,
  )
}

/** @throws Refusal where the name is that of nobody in their programmes, or their own. */
async function findDeputy(tx: ReadTx, person: Person, named: string): Promise<Person> {
  const programmes = await tx.membership.findMany({
    where: { personId: person.id },
    select: { programmeId: true },
  })
  const deputy = await findMember(
    tx,
    programmes.map(({ programmeId }) => programmeId),
    named,
  )
  if (deputy.id !== person.id) return deputy
  throw new Refusal(
    `${quoted(named)} cannot stand in for themselves. Name somebody else, or nobody. Nothing was saved.`,
  )
}

async function hasAccount(tx: ReadTx, personId: string): Promise<boolean> {
  return (await tx.identity.count({ where: { personId } })) > 0
}

async function awayCard(
  { tx, actor, today, prefix }: QueryContext,
  person: Person,
  heading: string,
  remarks: readonly string[],
) {
  const isOwn = person.id === actor.personId
  const ahead = person.leaves.filter(({ to }) => to >= today)
  const names = await namesOf(
    tx,
    ahead.flatMap(({ deputyId }) => deputyId ?? []),
  )
  const who = isOwn ? 'You are' : `${person.name} is`
  const leaves = ahead.map((leave) => `${who} away ${formatLeave(leave, names)}.`)
  const none = `${who} not away, and no leave is ahead.`
  const pattern = formatWorkingPattern(patternOn(person, today))
  const quiet = person.quiet ? `, quiet from ${person.quiet.from} to ${person.quiet.to}` : ''
  const hours = isOwn ? [`You work ${pattern}, in ${actor.zone}${quiet}.`] : []
  const how = `Say leave: ${prefix} away 3 Aug to 14 Aug deputy … End it: ${prefix} back`
  return noticeCard({
    heading,
    lines: [
      ...(leaves.length > 0 ? leaves : [none]),
      ...remarks,
      ...(await deputyForLines(tx, person, today)),
      ...hours,
      how,
    ],
    buttons: [],
  })
}

/** For whom a person stands in, now and later. */
async function deputyForLines(tx: ReadTx, person: Person, today: CivilDate): Promise<string[]> {
  const rows = await tx.person.findMany({
    where: { leaves: { some: { deputyId: person.id, to: { gte: toDbDate(today) } } } },
    orderBy: { name: 'asc' },
    ...personInclude,
  })
  return rows
    .map(personOf)
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
