import { z } from 'zod'
import { fullDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import { listOf, plural, stripQuotes } from '../../../base/text.ts'
import {
  type Command,
  defineCommand,
  defineQuery,
  optionalText,
  type QueryContext,
} from '../../../chat/commands.ts'
import { slot } from '../../../chat/grammar.ts'
import { noticeCard, savedResult } from '../../../chat/notice.ts'
import { requireSafeguardingAnswer } from '../../../domain/checks/safeguarding-guard.ts'
import { correctDigest, formatCorrections } from '../../../domain/digests/archive/corrections.ts'
import {
  type DigestChange,
  type DigestDiff,
  diffDigest,
  formatDiff,
} from '../../../domain/digests/archive/diff.ts'
import {
  type IssuedDigest,
  loadIssuedDigest,
} from '../../../domain/digests/archive/digest-store.ts'
import {
  findProgramme,
  findProgrammeTo,
  requirePersonId,
  splitProgrammeKey,
} from '../../../domain/plan/lookup.ts'
import { loadRecentPlan } from '../../../domain/plan/store.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { planWithin } from '../../../domain/schedule/scope.ts'
import { paginateDigest } from '../rendering/paginate.ts'
import { editDigestMessage, withRemarks } from './edit-digest-message.ts'

const digestArgs = z.object({ number: z.string(), programme: optionalText })

/** "12", "#12" and "W17/12". */
function parseDigestNumber({ number, programme }: z.infer<typeof digestArgs>) {
  const { key, rest } = splitProgrammeKey(number)
  return { key: key ?? programme, number: Number(rest.replace('#', '')) }
}

const digestShow = defineQuery({
  name: 'digest-show',
  usages: [
    'digest <number> [for <programme>]',
    'digest <number> part <position> [for <programme>]',
  ],
  slots: { number: slot.number, position: slot.position, programme: slot.text },
  examples: ['digest 12', 'digest W17/12 part 2'],
  authority: ['read plan'],
  summary:
    'A digest again as it was posted, with its corrections, and whether things changed since; “part 2” for what followed in its thread.',
  args: digestArgs.extend({ position: z.coerce.number().optional() }),
  run: async (context, args) => {
    const { key, number } = parseDigestNumber(args)
    const programme = await findProgramme(context.tx, context.actor, key)
    const digest = await loadIssuedDigest(context.tx, programme, number)
    const [root, ...parts] = paginateDigest(digest.content, context.prefix)
    if (args.position !== undefined) return { card: threadPartAt(parts, args.position) }
    const changes = formatDiff(await diffWithToday(context, programme, digest))
    const name = digest.content.programme.key
    const remarks = [
      ...formatCorrections(digest.corrections, digest.content),
      ...(changes ? [`${changes} ${context.prefix} digest ${name}/${number} changes`] : []),
    ]
    return { card: withRemarks(root, remarks) }
  },
})

/** A message of a digest's thread by its position, from 1. @throws Refusal where there is none */
export function threadPartAt<Part>(parts: readonly Part[], position: number): Part {
  const part = parts[position - 1]
  if (part) return part
  throw new Refusal(
    parts.length === 0
      ? 'Nothing follows in the thread of that digest.'
      : `${plural(parts.length, 'part')} ${parts.length === 1 ? 'follows' : 'follow'} in the thread of that digest.`,
  )
}

/** Compares a digest with today's plan of the same part of the programme. */
async function diffWithToday(
  { tx, today }: Pick<QueryContext, 'tx' | 'today'>,
  programme: Programme,
  { content, scope }: IssuedDigest,
): Promise<DigestDiff> {
  return diffDigest(content, planWithin(await loadRecentPlan(tx, programme.id, today), scope))
}

const maxChangesShown = 12

const digestChanges = defineQuery({
  name: 'digest-changes',
  usages: ['digest <number> changes [for <programme>]'],
  slots: { number: slot.number, programme: slot.text },
  examples: ['digest 12 changes'],
  authority: ['read plan'],
  summary: 'What is otherwise now than a digest said. The digest itself stays as it was.',
  args: digestArgs,
  run: async (context, args) => {
    const { key, number } = parseDigestNumber(args)
    const programme = await findProgramme(context.tx, context.actor, key)
    const digest = await loadIssuedDigest(context.tx, programme, number)
    const { states, milestones, projects } = await diffWithToday(context, programme, digest)
    const lines = [...states, ...milestones, ...projects].map(formatChange)
    const more = lines.length - maxChangesShown
    return {
      card: noticeCard({
        heading: `Digest ${number} of ${fullDate(digest.content.asAt)}, and today`,
        lines:
          lines.length === 0
            ? ['No state, date or project has changed since.']
            : [
                ...lines.slice(0, maxChangesShown),
                ...(more > 0 ? [`${plural(more, 'more change')} not listed.`] : []),
              ],
        buttons: [],
      }),
    }
  },
})

const formatChange = ({ title, line }: DigestChange) => `${title}: ${line}`

const maxCorrectionLength = 1000

const digestCorrect = defineCommand({
  name: 'digest-correct',
  usages: ['digest <number> correct <text> [words are fine because <fine>]'],
  slots: { number: slot.number, text: slot.text, fine: slot.text },
  examples: ['digest 12 correct The Cabinet meets on 3 May, not 2 May'],
  authority: ['publish digest'],
  notifies: 'office',
  summary:
    'Correct a digest that was posted: it is marked as corrected where it stands, with the day and your name; what it said stays. For the programme office.',
  args: digestArgs.extend({
    text: z
      .string()
      .max(
        maxCorrectionLength,
        `Say it in at most ${maxCorrectionLength} characters. Nothing was saved.`,
      ),
    fine: optionalText,
  }),
  run: async (context, args) => {
    const { tx, actor, place, now } = context
    const { key, number } = parseDigestNumber(args)
    const programme = await findProgrammeTo(context, 'publish digest', key)
    const digest = await loadIssuedDigest(tx, programme, number)
    const text = stripQuotes(args.text)
    await requireSafeguardingAnswer(
      context,
      { programmeId: programme.id, project: null },
      [text],
      args.fine,
    )
    const byId = requirePersonId(actor)
    const correcting = { text, byId, source: place.platform, now }
    const { corrected, widerAudience } = await correctDigest(tx, programme.id, digest, correcting)
    for (const one of corrected) await editDigestMessage(tx, programme.id, one, now)
    const saved = savedResult([
      `Corrected where it stands: ${formatDigestNumbers(corrected)}. It can take a minute.`,
      ...(widerAudience.length > 0
        ? [
            `Not in ${formatDigestNumbers(widerAudience)} of the same day, which more people read. To correct it there too: ${context.prefix} digest ${widerAudience[0]?.number} correct …`,
          ]
        : []),
    ])
    return { ...saved, heardIn: { programmeId: programme.id } }
  },
})

/** 'digest 3', 'digests 3 and 4'; one digest has one number in all its channels. */
function formatDigestNumbers(digests: readonly IssuedDigest[]): string {
  const numbers = [...new Set(digests.map(({ number }) => `${number}`))]
  return `${numbers.length === 1 ? 'digest' : 'digests'} ${listOf(numbers)}`
}

export const archiveCommands: readonly Command[] = [digestShow, digestChanges, digestCorrect]
