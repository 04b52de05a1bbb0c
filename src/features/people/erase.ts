import { Refusal } from '../../base/errors.ts'
import { inJson, listOf, plural } from '../../base/text.ts'
import { noticeCard } from '../../chat/notice.ts'
import { eraseFollows } from '../../domain/follows/follow-store.ts'
import { erasePersonRecord } from '../../domain/people/erase-record.ts'
import type { PersonRef } from '../../domain/people/find-person.ts'
import { formerMember } from '../../domain/people/names.ts'
import { personColumns } from '../../domain/people/person-data.ts'
import { removeOwner } from '../../domain/plan/owners.ts'
import { eraseConversations } from '../../domain/questions/store.ts'
import { recordDisposals } from '../../domain/records/disposal-log.ts'
import { disposals, holdsOn, holdText } from '../../domain/records/holds.ts'
import { Prisma, type ReadTx, type Tx } from '../../infra/db.ts'
import { likeContaining } from '../../infra/like-pattern.ts'
import {
  eraseMessagesOf,
  isAnyMessageHeld,
  outboxTables,
  replaceNameInMessages,
} from '../../outbox/erase.ts'
import { programmeMessages } from '../../outbox/programme-messages.ts'

export interface ErasureResult {
  readonly name: string
  /** How many accounts in chat were unlinked. */
  readonly accounts: number
  /** Refs of projects that have no lead any more. */
  readonly withoutLead: readonly string[]
  /** How many rows that name them as the author stay, shown as by a former member. */
  readonly retainedEntries: number
  /** Where other people wrote the name in their own texts, which nobody else may change: listed for the operator. */
  readonly remainingMentions: readonly { readonly table: string; readonly count: number }[]
  /** How many files stay because they are under a hold; any may name them. */
  readonly heldFiles: number
}

/** Takes out what another feature keeps about a person. */
export type PersonEraser = (tx: Tx, personId: string) => Promise<void>

/**
 * Takes a person's name, post, accounts, hours, leave and messages out, in the caller's transaction. What they did
 * stays in the history, as by a former member, and so does what others wrote. `by`: who asks for it, for the log of
 * disposals.
 * @throws Refusal where a programme would be left without anybody in its office, or where something about them is under a
 * hold
 */
export async function erasePerson(
  tx: Tx,
  person: PersonRef,
  now: Date,
  erasers: readonly PersonEraser[],
  by: string | null = null,
): Promise<ErasureResult> {
  await assertNotLastOfficeMember(tx, person)
  await assertNotHeld(tx, person)
  const { id, name } = person
  const withoutLead = await removeOwner(tx, id)
  await eraseFollows(tx, id)
  for (const erase of erasers) await erase(tx, id)
  const heldFiles = await eraseMessagesOf(tx, id, erasedMessageCard, {
    ...{ rule: erasureRule, now },
    disposals: { ...disposals, record: (...given) => recordDisposals(...given, by) },
  })
  await eraseConversations(tx, id)
  const accounts = await erasePersonRecord(tx, id, now)
  await redactNameInRecords(tx, name)
  const forgotten = { what: 'people', rule: erasureRule, programmeId: null, count: 1 }
  await recordDisposals(tx, [forgotten], now, by)
  return {
    name,
    accounts,
    withoutLead,
    retainedEntries: await countRetainedEntries(tx, id),
    remainingMentions: await countMentions(tx, name),
    heldFiles,
  }
}

const erasureRule = 'a person was forgotten'

async function assertNotHeld(tx: ReadTx, person: PersonRef): Promise<void> {
  const holds = await holdsOn(tx, person, programmeMessages)
  const isMessageHeld = await isAnyMessageHeld(tx, person, disposals)
  if (holds.length === 0 && !isMessageHeld) return
  const named = holds.length > 0 ? holds.map(holdText) : ['a message (records holds lists why)']
  throw new Refusal(
    `${person.name} stands in what is under a hold: ${listOf(named)}. Nothing was changed: what was asked for must stay as it is (FOIA section 77; UK GDPR article 17(3)). Tell them so, and forget them once it is released.`,
  )
}

async function assertNotLastOfficeMember(tx: ReadTx, { id, name }: PersonRef): Promise<void> {
  const held = await tx.membership.findMany({
    where: { personId: id, role: 'programme_office' },
    select: {
      programme: {
        select: {
          key: true,
          memberships: { where: { role: 'programme_office', personId: { not: id } }, take: 1 },
        },
      },
    },
  })
  const alone = held.flatMap(({ programme: { key, memberships } }) =>
    memberships.length === 0 ? key : [],
  )
  if (alone.length === 0) return
  throw new Refusal(
    `${name} is the only one in the programme office of ${listOf(alone)}. Put somebody else in it first (npm run -s milepost -- people). Nothing was changed.`,
  )
}

const erasedMessageCard = noticeCard({
  heading: 'Not kept',
  lines: ['This message was to somebody who has been forgotten.'],
  buttons: [],
})

/** Texts with the name that Milepost itself stored: frozen digests and papers, messages, replies, import reports. */
async function redactNameInRecords(tx: Tx, name: string): Promise<void> {
  const quoted = inJson(name)
  const holds = likeContaining(quoted)
  for (const [table, column] of [
    ['Digest', 'content'],
    ['IssuedPaper', 'content'],
    ['PaperDraft', 'content'],
    ['IdempotencyKey', 'reply'],
    ['PlanImport', 'result'],
  ] as const) {
    const where = Prisma.raw(`"${column}"`)
    await tx.$executeRaw`
      UPDATE ${Prisma.raw(`"${table}"`)}
      SET ${where} = replace(${where}::text, ${quoted}, ${formerMember})::jsonb
      WHERE ${where}::text LIKE ${holds}`
  }
  await replaceNameInMessages(tx, name, formerMember)
}

async function countRetainedEntries(tx: ReadTx, id: string): Promise<number> {
  let kept = 0
  for (const { table, column } of await personColumns(tx)) {
    if (outboxTables.includes(table)) continue
    const [row] = await tx.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) FROM ${Prisma.raw(`"${table}"`)} one
      WHERE one.${Prisma.raw(`"${column}"`)} = ${id}::uuid`
    kept += Number(row?.count ?? 0)
  }
  return kept
}

async function countMentions(
  tx: ReadTx,
  name: string,
): Promise<ErasureResult['remainingMentions']> {
  const columns = await tx.$queryRaw<{ table: string; column: string }[]>`
    SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'text' AND table_name <> '_prisma_migrations'
    ORDER BY table_name`
  const counts: { table: string; count: number }[] = []
  for (const [table, its] of Map.groupBy(columns, (column) => column.table)) {
    const holds = Prisma.join(
      its.map(
        ({ column }) => Prisma.sql`position(${name} IN one.${Prisma.raw(`"${column}"`)}) > 0`,
      ),
      ' OR ',
    )
    const [row] = await tx.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) FROM ${Prisma.raw(`"${table}"`)} one WHERE ${holds}`
    const count = Number(row?.count ?? 0)
    if (count > 0) counts.push({ table, count })
  }
  return counts
}

export function formatErasure(told: ErasureResult, isDone: boolean): string {
  const {
    name,
    accounts,
    retainedEntries,
    withoutLead,
    remainingMentions: written,
    heldFiles,
  } = told
  return [
    `${name} ${isDone ? 'is' : 'would be'} forgotten: ${plural(accounts, 'account')} unlinked, ${plural(retainedEntries, 'entry', 'entries')} in the history kept as by ${formerMember}.`,
    ...(withoutLead.length > 0 ? [`Then without a lead: ${listOf(withoutLead)}.`] : []),
    ...(written.length > 0
      ? [
          `People wrote the name in their own words, which stay: ${listOf(written.map(({ table, count }) => `${count} in ${table}`))}. Read and mend them where that matters.`,
        ]
      : []),
    ...(heldFiles > 0
      ? [
          `${plural(heldFiles, 'file')} that a hold keeps may name them: read them, and they go once it is released.`,
        ]
      : []),
    'A people file or a plan that still names them would bring the name back: take it out there too. Backups hold it until they are replaced.',
  ].join('\n')
}
