import { z } from 'zod'
import { fullMoment, isZone, type Weekday, weekdays } from '../../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../../base/errors.ts'
import { capitalised, listOf, nearest, plural, quoted } from '../../../base/text.ts'
import { programmeArgs } from '../../../chat/args.ts'
import {
  type Command,
  type CommandContext,
  defineCommand,
  defineQuery,
  optionalText,
  type QueryContext,
} from '../../../chat/commands.ts'
import { oneOf, slot } from '../../../chat/grammar.ts'
import { noticeCard, savedResult, unchangedResult } from '../../../chat/notice.ts'
import { programmeCalendar } from '../../../domain/calendars/calendar.ts'
import { findProgrammeTo, requirePersonId } from '../../../domain/plan/lookup.ts'
import { loadRecentPlan } from '../../../domain/plan/store.ts'
import { type Audience, audiences } from '../../../domain/programme/audience.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { type Boards, parseBoards } from '../../../domain/schedule/boards.ts'
import { nextRound } from '../../../domain/schedule/schedule.ts'
import { formatScope, parseScope } from '../../../domain/schedule/scope.ts'
import {
  endSubscription,
  loadSubscriptions,
  type Subscription,
  subscribe,
  unsubscribe,
} from '../../../domain/schedule/subscription-store.ts'
import { audiencePhrases, channelName, formatReaders } from '../format.ts'
import { channelRefusal, recordedReach, visibilityRemarks } from './channel-visibility.ts'

/** Which weekday a word means, by its first three letters or more. @throws Refusal */
function parseWeekday(word: string): Weekday {
  const typed = word.toLowerCase()
  const found = weekdays.find((day) => typed.length >= 3 && day.startsWith(typed))
  if (found) return found
  const near = nearest(typed, weekdays)
  const hint = near ? ` Did you mean ${near}?` : ''
  throw new Refusal(`I do not know the day “${word}”.${hint} Nothing was saved.`)
}

/** "9:05" and "09.05" are 09:05. */
const normalizeTime = (text: string): string => text.replace('.', ':').padStart(5, '0')

/** "london" is Europe/London. @throws Refusal */
function parseZone(word: string | undefined, { zone }: Programme): string {
  if (word === undefined) return zone
  if (isZone(word)) return word
  const near = nearest(word, Intl.supportedValuesOf('timeZone'))
  const hint = near ? ` Did you mean ${near}?` : ' Try Europe/London.'
  throw new Refusal(`I do not know the time zone ${quoted(word)}.${hint} Nothing was saved.`)
}

/** Who reads it, as typed; the board where it was not said. @throws Refusal */
function parseAudience(word: string | undefined): Audience {
  if (word === undefined) return 'board'
  const named = audiences.find((audience) => audience === word.toLowerCase())
  if (named) return named
  throw fieldRefusal({ audience: `A digest is for ${listOf(audiences)}, not for ${quoted(word)}.` })
}

export const digestHere = defineCommand({
  name: 'digest-here',
  usages: [
    'digest here weekly <weekday> <time> [in <zone>] [to <audience>] [serving <boards>] [about <scope>] [for <programme>]',
  ],
  slots: {
    weekday: slot.letters,
    time: slot.time,
    zone: slot.text,
    audience: oneOf(...audiences),
    boards: slot.text,
    scope: slot.text,
    programme: slot.text,
  },
  examples: [
    'digest here weekly monday 09:00',
    'digest here weekly monday 09:00 serving Improvement Board, the chair',
    'digest here weekly mon 9:00 in Europe/London to public about 2, Ofsted for W17',
  ],
  authority: ['publish digest'],
  summary:
    'Post the digest in this channel each week: to internal, board (if you say nothing) or public; about some workstreams or tags (“about 2, Ofsted”). “serving Cabinet”: decisions asked of Cabinet stand first, those of others are counted. For the programme office.',
  args: programmeArgs.extend({
    weekday: z.string(),
    time: z.string(),
    zone: optionalText,
    audience: optionalText,
    boards: optionalText,
    scope: optionalText,
  }),
  run: async (context, args) => {
    const { tx, actor, place, now, today } = context
    const programme = await findProgrammeTo(context, 'publish digest', args.programme)
    const audience = parseAudience(args.audience)
    const schedule = {
      weekday: parseWeekday(args.weekday),
      time: normalizeTime(args.time),
      zone: parseZone(args.zone, programme),
    }
    const scope = parseScope(args.scope, await loadRecentPlan(tx, programme.id, today))
    const boards = servedBoards(args.boards, audience)
    const channel = await context.channel(place)
    const refusal = place.kind === 'channel' ? channelRefusal(audience, channel) : null
    if (refusal) throw new Refusal(refusal)
    const subscription = await subscribe(tx, {
      ...{ programmeId: programme.id, place, schedule, audience, scope, boards, now },
      reach: recordedReach(channel),
      createdById: requirePersonId(actor),
    })
    return savedResult([
      `The digest of ${programme.title}, ${audiencePhrases[audience]}, about ${formatScope(scope)}, will be posted here each week. The next one: ${formatNextPosting(subscription, programme, now)}.`,
      ...(boards.length > 0
        ? [
            `Decisions asked of ${listOf(boards)} stand first in it; those asked of others are counted, and follow in its thread.`,
          ]
        : []),
      'If that day is a bank holiday or you are closed, it comes on the working day before.',
      ...visibilityRemarks(audience, channel),
    ])
  },
})

/** @throws Refusal where there is something else among the names, and for the public, which is told no decisions */
function servedBoards(text: string | undefined, audience: Audience): Boards {
  if (new RegExp(`\\bto (?:${audiences.join('|')})$`, 'i').test(text ?? '')) {
    throw new Refusal(
      'Say for whom it is before the boards: to board serving Cabinet. Nothing was saved.',
    )
  }
  const boards = parseBoards(text)
  if (audience === 'public' && boards.length > 0) {
    throw new Refusal(
      'A public digest tells no decisions, so it serves no board. Leave “serving” out, or post it to board. Nothing was saved.',
    )
  }
  return boards
}

/** 'Mon 2 Mar 2026, 09:00'. */
function formatNextPosting(subscription: Subscription, programme: Programme, now: Date): string {
  const { moment } = nextRound(subscription, programmeCalendar(programme), now)
  return fullMoment(moment, subscription.zone)
}

export const digestStop = defineCommand({
  name: 'digest-stop',
  usages: ['digest here stop [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['digest here stop'],
  authority: ['publish digest'],
  summary: 'Post no more digests in this channel. For the programme office.',
  args: programmeArgs,
  run: async (context: CommandContext, args) => {
    const { tx, place, now } = context
    const programme = await findProgrammeTo(context, 'publish digest', args.programme)
    const ended = await unsubscribe(tx, { programmeId: programme.id, place, now })
    return ended
      ? savedResult([`The digest of ${programme.title} will not be posted here any more.`])
      : unchangedResult([`The digest of ${programme.title} was not posted here.`])
  },
})

/** More would not be read; and of each its platform is asked. */
const maxChannelsListed = 12

const digestChannels = defineQuery({
  name: 'digest-channels',
  usages: ['digest channels [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['digest channels'],
  authority: ['publish digest'],
  summary: 'Which channels get the digest, when, and for whom. For the programme office.',
  args: programmeArgs,
  run: async (context, args) => {
    const programme = await findProgrammeTo(context, 'publish digest', args.programme)
    const running = await loadSubscriptions(context.tx, programme.id)
    const shown = running.slice(0, maxChannelsListed)
    const told = await Promise.all(shown.map((one) => formatSubscription(context, one, programme)))
    const lines = told.map((line, at) => `${at + 1}. ${line}`)
    const more = running.length - shown.length
    return {
      card: noticeCard({
        heading: `Channels that get the digest of ${programme.key}`,
        lines: [
          ...(lines.length > 0 ? lines : ['None yet.']),
          ...(more > 0 ? [`${plural(more, 'more channel')} not listed.`] : []),
          `To add one, type there: ${context.prefix} digest here weekly monday 09:00. To end one: ${context.prefix} digest here stop, or from anywhere ${context.prefix} digest channels stop 1`,
        ],
        buttons: [],
      }),
    }
  },
})

const digestChannelStop = defineCommand({
  name: 'digest-channel-stop',
  usages: ['digest channels stop <position> [for <programme>]'],
  slots: { position: slot.position, programme: slot.text },
  examples: ['digest channels stop 1'],
  authority: ['publish digest'],
  summary:
    'Post no more digests in a channel, by its number in “digest channels”. For the programme office.',
  args: programmeArgs.extend({ position: z.coerce.number() }),
  run: async (context, { position, programme: key }) => {
    const { tx, now, channel, platformTitle } = context
    const programme = await findProgrammeTo(context, 'publish digest', key)
    const running = await loadSubscriptions(tx, programme.id)
    const chosen = running[position - 1]
    if (!chosen) {
      throw new Refusal(
        `${programme.title} has ${plural(running.length, 'channel')} with a digest. ${context.prefix} digest channels lists them. Nothing was changed.`,
      )
    }
    await endSubscription(tx, chosen.id, now)
    const title = platformTitle(chosen.place.platform)
    const name = channelName(chosen.place, await channel(chosen.place), title)
    return savedResult([`The digest of ${programme.title} will not be posted in ${name} any more.`])
  },
})

/** '#leadership-board on Slack: Monday 09:00 (Europe/London), for the board, about … . Next: Mon 2 Mar 2026, 09:00.' */
async function formatSubscription(
  { channel, now, platformTitle }: QueryContext,
  subscription: Subscription,
  programme: Programme,
): Promise<string> {
  const { place, weekday, time, zone, scope } = subscription
  const found = await channel(place)
  const when = `${capitalised(weekday)} ${time} (${zone})`
  const archived = found.isArchived ? ' It is archived.' : ''
  const name = channelName(place, found, platformTitle(place.platform))
  return `${capitalised(name)}: ${when}, ${formatReaders(subscription)}, about ${formatScope(scope)}. Next: ${formatNextPosting(subscription, programme, now)}.${archived}`
}

export const channelCommands: readonly Command[] = [
  digestHere,
  digestStop,
  digestChannels,
  digestChannelStop,
]
