import { z } from 'zod'
import { fullDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import { listOf, plural } from '../../../base/text.ts'
import { type Command, type Context, defineCommand, optionalText } from '../../../chat/commands.ts'
import { noticeCard, stored } from '../../../chat/notice.ts'
import { askAboutChild } from '../../../domain/checks/safeguarding-guard.ts'
import {
  correct,
  correctionsInWords,
  withRemarks,
} from '../../../domain/digests/archive/corrections.ts'
import {
  type Change,
  type ChangedSince,
  changedSince,
  changesInWords,
} from '../../../domain/digests/archive/diff.ts'
import { type IssuedDigest, issuedDigest } from '../../../domain/digests/archive/digest-store.ts'
import {
  findProgramme,
  knownPerson,
  officeProgramme,
  splitKey,
} from '../../../domain/plan/lookup.ts'
import type { Programme } from '../../../domain/plan/plan.ts'
import { loadPlan } from '../../../domain/plan/store.ts'
import { planWithin } from '../../../domain/schedule/scope.ts'
import { unquoted } from '../approval/approval-commands.ts'
import { fitDigest } from '../rendering/paginate.ts'

const numbered = z.object({ number: z.string(), programme: optionalText })

/** "12", "#12" and "W17/12". */
function meant({ number, programme }: z.infer<typeof numbered>) {
  const { key, rest } = splitKey(number)
  return { key: key ?? programme, number: Number(rest.replace('#', '')) }
}

const digestShow = defineCommand({
  name: 'digest-show',
  tells: true,
  usages: [
    'digest <number> [for <programme>]',
    'digest <number> part <position> [for <programme>]',
  ],
  summary:
    'A digest again as it was posted, with its corrections, and whether things changed since; “part 2” for what followed in its thread.',
  args: numbered.extend({ position: z.coerce.number().optional() }),
  run: async (context, args) => {
    const { key, number } = meant(args)
    const programme = await findProgramme(context.tx, context.actor, key)
    const digest = await issuedDigest(context.tx, programme, number)
    const [root, ...parts] = fitDigest(digest.content, context.prefix)
    if (args.position !== undefined) return { card: partOf(parts, args.position) }
    const changes = changesInWords(await changesOf(context, programme, digest))
    const name = digest.content.programme.key
    const remarks = [
      ...correctionsInWords(digest.corrections, digest.content),
      ...(changes ? [`${changes} ${context.prefix} digest ${name}/${number} changes`] : []),
    ]
    return { card: withRemarks(root, remarks) }
  },
})

function partOf<Part>(parts: readonly Part[], position: number): Part {
  const part = parts[position - 1]
  if (part) return part
  throw new Refusal(
    parts.length === 0
      ? 'Nothing followed in the thread of that digest.'
      : `${plural(parts.length, 'part')} followed in the thread of that digest.`,
  )
}

/** As things are today, in the part of the programme that the digest told of. */
async function changesOf(
  { tx, today }: Pick<Context, 'tx' | 'today'>,
  programme: Programme,
  { content, scope }: IssuedDigest,
): Promise<ChangedSince> {
  return changedSince(content, planWithin(await loadPlan(tx, programme.id, today), scope))
}

const changesShown = 12

const digestChanges = defineCommand({
  name: 'digest-changes',
  tells: true,
  usages: ['digest <number> changes [for <programme>]'],
  summary: 'What is otherwise now than a digest said. The digest itself stays as it was.',
  args: numbered,
  run: async (context, args) => {
    const { key, number } = meant(args)
    const programme = await findProgramme(context.tx, context.actor, key)
    const digest = await issuedDigest(context.tx, programme, number)
    const { states, milestones, projects } = await changesOf(context, programme, digest)
    const lines = [...states, ...milestones, ...projects].map(changeInWords)
    const more = lines.length - changesShown
    return {
      card: noticeCard({
        heading: `Digest ${number} of ${fullDate(digest.content.asAt)}, and today`,
        lines:
          lines.length === 0
            ? ['No state, date or project has changed since.']
            : [
                ...lines.slice(0, changesShown),
                ...(more > 0 ? [`${plural(more, 'more change')} not listed.`] : []),
              ],
        buttons: [],
      }),
    }
  },
})

const changeInWords = ({ title, line }: Change) => `${title}: ${line}`

const longestCorrection = 1000

const digestCorrect = defineCommand({
  name: 'digest-correct',
  usages: ['digest <number> correct <text> [words are fine because <fine>]'],
  summary:
    'Correct a digest that was posted: it is marked as corrected where it stands, with the day and your name; what it said stays. For the programme office.',
  args: numbered.extend({
    text: z
      .string()
      .max(
        longestCorrection,
        `Say it in at most ${longestCorrection} characters. Nothing was stored.`,
      ),
    fine: optionalText,
  }),
  run: async (context, args) => {
    const { tx, actor, place, now } = context
    const { key, number } = meant(args)
    const programme = await officeProgramme(context, key)
    const digest = await issuedDigest(tx, programme, number)
    const text = unquoted(args.text)
    await askAboutChild(context, { programmeId: programme.id, project: null }, [text], args.fine)
    const byId = knownPerson(actor)
    const correcting = { text, byId, source: place.platform, now }
    const { corrected, wider } = await correct(tx, programme.id, digest, correcting)
    return stored([
      `Corrected where it stands: ${namesOf(corrected)}. It can take a minute.`,
      ...(wider.length > 0
        ? [
            `Not in ${namesOf(wider)} of the same day, which more people read. To correct it there too: ${context.prefix} digest ${wider[0]?.number} correct …`,
          ]
        : []),
    ])
  },
})

/** 'digest 3', 'digests 3 and 4'. */
function namesOf(digests: readonly IssuedDigest[]): string {
  const numbers = listOf(digests.map(({ number }) => `${number}`))
  return `${digests.length === 1 ? 'digest' : 'digests'} ${numbers}`
}

export const issuedCommands: readonly Command[] = [digestShow, digestChanges, digestCorrect]
