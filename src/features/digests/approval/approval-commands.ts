import { z } from 'zod'
import { type CivilDate, fullDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import {
  type Answer,
  type Command,
  type Context,
  defineCommand,
  optionalText,
} from '../../../chat/commands.ts'
import { nothingToChange, stored } from '../../../chat/notice.ts'
import { programmeCalendar } from '../../../domain/calendars/calendar.ts'
import { askAboutChild } from '../../../domain/checks/safeguarding-guard.ts'
import { knownPerson, officeProgramme } from '../../../domain/plan/lookup.ts'
import type { Programme } from '../../../domain/plan/plan.ts'
import { changeSettings } from '../../../domain/programme/settings-store.ts'
import { digestRound, nextRound } from '../../../domain/schedule/schedule.ts'
import { runningSubscriptions } from '../../../domain/schedule/subscription-store.ts'
import {
  addDirection,
  type Directed,
  type Direction,
  directionsOf,
  waitingFor,
} from './approval.ts'
import { waitsInWords } from './office-notices.ts'

/** `round`: the digest day that a button was about. */
const ofProgramme = z.object({ programme: optionalText, round: optionalText })
type About = z.infer<typeof ofProgramme>

const digestHold = defineCommand({
  name: 'digest-hold',
  usages: ['digest hold [for <programme>] [because <reason>]'],
  summary: 'Hold the next digest until you release it. For the programme office.',
  args: ofProgramme.extend({ reason: optionalText }),
  run: (context, { reason, ...about }) =>
    direct(context, about, { kind: 'held', text: reason ?? null }, ({ held }, day) =>
      held
        ? null
        : [
            `The digest of ${day} is held.`,
            `To let it go: ${context.prefix} digest release. It can be posted up to one working day after its hour; after that I tell you that it was not.`,
          ],
    ),
})

const digestRelease = defineCommand({
  name: 'digest-release',
  usages: ['digest release [for <programme>]'],
  summary: 'Let a held digest go. For the programme office.',
  args: ofProgramme,
  run: (context, about) =>
    direct(context, about, { kind: 'released', text: null }, ({ held }, day) =>
      held ? [`The digest of ${day} is released.`] : null,
    ),
})

const digestApprove = defineCommand({
  name: 'digest-approve',
  usages: ['digest approve [for <programme>]'],
  summary: 'Approve the next digest; a held one goes with that. For the programme office.',
  args: ofProgramme,
  run: (context, about) =>
    direct(context, about, { kind: 'approved', text: null }, ({ held, approvedBy }, day) =>
      approvedBy && !held ? null : [`The digest of ${day} is approved.`],
    ),
})

const longestHeadline = 500

const digestHeadline = defineCommand({
  name: 'digest-headline',
  usages: [
    'digest headline off [for <programme>]',
    'digest headline [for <programme>] <text> [words are fine because <fine>]',
  ],
  summary:
    'Write the headline of the next digest yourself, above the one that is worked out. For the programme office.',
  args: ofProgramme.extend({
    text: z
      .string()
      .max(longestHeadline, `Say it in at most ${longestHeadline} characters. Nothing was stored.`)
      .optional(),
    fine: optionalText,
  }),
  run: async (context, { text = '', fine, ...about }) => {
    const { id: programmeId } = await officeProgramme(context, about.programme)
    await askAboutChild(context, { programmeId, project: null }, [text], fine)
    return direct(
      context,
      about,
      { kind: 'headline', text: unquoted(text) },
      ({ headline }, day) => {
        if (!text) return headline ? [`The digest of ${day} has no headline of yours now.`] : null
        return [
          `The headline of the digest of ${day}: ${unquoted(text)}`,
          'It is for the board, as the register is: a digest for the public does not show it, unless your commentary is for the public.',
        ]
      },
    )
  },
})

/** What people put in quotation marks, without them. */
export function unquoted(text: string): string {
  return text.trim().replace(/^["“](.*)["”]$/s, '$1')
}

/** Says something of the next digest that is still to be posted. `told` gives the answer, null where it is so already. */
async function direct(
  context: Context,
  about: About,
  said: Pick<Direction, 'kind' | 'text'>,
  told: (before: Directed, day: string) => string[] | null,
): Promise<Answer> {
  const { tx, actor, place, now } = context
  const programme = await officeProgramme(context, about.programme)
  const round = await roundAhead(context, programme)
  if (about.round && about.round !== round) {
    throw new Refusal(
      `That button is about another digest. The next one of ${programme.title} is that of ${fullDate(round)}. Nothing was stored.`,
    )
  }
  const before = await directionsOf(tx, programme.id, round)
  const day = `${programme.title} for ${fullDate(round)}`
  const lines = told(before, day)
  if (!lines) {
    return nothingToChange([
      said.kind === 'headline'
        ? `The digest of ${day} has no headline of yours.`
        : standingInWords(before, day, programme),
    ])
  }
  const byId = knownPerson(actor)
  const saying = { programmeId: programme.id, round, byId, source: place.platform, now }
  await addDirection(tx, { ...saying, ...said })
  const after = await directionsOf(tx, programme.id, round)
  return stored([...lines, ...stillWaits(said.kind, after, programme)])
}

/** A released one may still wait for its approval. */
function stillWaits(kind: Direction['kind'], after: Directed, programme: Programme): string[] {
  const waiting = waitingFor(after, programme.settings.digest)
  return kind === 'released' && waiting ? [`It ${waitsInWords(waiting)}.`] : []
}

function standingInWords(before: Directed, day: string, { settings }: Programme): string {
  const waiting = waitingFor(before, settings.digest)
  return waiting
    ? `The digest of ${day} ${waitsInWords(waiting)}.`
    : `The digest of ${day} goes out by itself; nothing holds it.`
}

/** The day of the first digest that is still to be posted, in whichever channel. @throws Refusal where none will be. */
async function roundAhead({ tx, now, prefix }: Context, programme: Programme): Promise<CivilDate> {
  const calendar = programmeCalendar(programme)
  const running = await runningSubscriptions(tx, programme.id)
  const days = running.map(({ subscription, lastRound }) => {
    const due = digestRound(subscription, calendar, now)
    const isOpen =
      due && due.moment >= subscription.createdAt && (lastRound === null || lastRound < due.round)
    return isOpen ? due.round : nextRound(subscription, calendar, now).round
  })
  const [first] = days.toSorted()
  if (first) return first
  throw new Refusal(
    `No channel gets the digest of ${programme.title} yet. In the channel that should, type: ${prefix} digest here weekly monday 09:00. Nothing was stored.`,
  )
}

const onOff = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['on', 'off']))

const digestApproval = defineCommand({
  name: 'digest-approval',
  usages: ['digest approval <onoff> [for <programme>]'],
  summary:
    'Whether each digest waits for the programme office to approve it, or goes by itself (off). For the programme office.',
  args: ofProgramme.extend({ onoff: onOff }),
  run: async (context, { onoff, programme: key }) => {
    const programme = await officeProgramme(context, key)
    await change(context, programme, { approval: onoff === 'on' })
    return stored([
      onoff === 'on'
        ? `From now on a digest of ${programme.title} is posted when you have approved it: ${context.prefix} digest approve`
        : `From now on a digest of ${programme.title} is posted by itself.`,
    ])
  },
})

const digestPreview = defineCommand({
  name: 'digest-preview',
  usages: ['digest preview <onoff> [for <programme>]'],
  summary:
    'Whether you are shown each digest on the working day before, with what is open. For the programme office.',
  args: ofProgramme.extend({ onoff: onOff }),
  run: async (context, { onoff, programme: key }) => {
    const programme = await officeProgramme(context, key)
    await change(context, programme, { preview: onoff === 'on' })
    return stored([
      onoff === 'on'
        ? `The programme office of ${programme.title} is shown each digest on the working day before.`
        : `The programme office of ${programme.title} is not shown digests beforehand.`,
    ])
  },
})

async function change(
  { tx }: Context,
  { id }: Programme,
  chosen: Partial<Programme['settings']['digest']>,
): Promise<void> {
  await changeSettings(tx, id, (now) => ({ ...now, digest: { ...now.digest, ...chosen } }))
}

export const directionCommands: readonly Command[] = [
  digestHold,
  digestRelease,
  digestApprove,
  digestHeadline,
  digestApproval,
  digestPreview,
]
