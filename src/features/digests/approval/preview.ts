import { dateIn, fullDate, fullMoment } from '../../../base/dates.ts'
import { plural } from '../../../base/text.ts'
import type { PlatformName } from '../../../chat/request.ts'
import { checksIn } from '../../../domain/checks/store.ts'
import { digestBefore } from '../../../domain/digests/archive/digest-store.ts'
import {
  type Addressed,
  digestFor,
  forTheBoard,
} from '../../../domain/digests/audience/compose-for.ts'
import { loadAsked } from '../../../domain/digests/audience/load-input.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import type { Plan, Programme } from '../../../domain/plan/plan.ts'
import { loadPlan } from '../../../domain/plan/store.ts'
import { defaultSchedule, type Round, roundBefore } from '../../../domain/schedule/schedule.ts'
import { partInWords } from '../../../domain/schedule/scope.ts'
import { type Subscription, subscriptions } from '../../../domain/schedule/subscription-store.ts'
import type { Tx } from '../../../infra/db.ts'
import { forWhom, platformNames } from '../posting/channel-visibility.ts'
import { countInWords, countsShown, headlineOf } from '../rendering/format.ts'
import { directionsOf, type Waiting, waitingFor } from './approval.ts'
import { type OfficeNews, tellOffice, untold } from './notify-office.ts'
import { waitsInWords } from './office-notices.ts'

/** The digest as it would be posted on the plan's day, compared with the last one that speaks for an earlier day. */
export async function previewDigest(
  tx: Tx,
  plan: Plan,
  to: Addressed = forTheBoard,
): Promise<DigestContent> {
  const { programme, asAt } = plan
  const about = { programmeId: programme.id, scope: to.scope }
  const previous = await digestBefore(tx, about, asAt)
  const since = previous?.asAt ?? roundBefore(defaultSchedule(programme.zone), asAt)
  return digestFor(await loadAsked(tx, plan, { previous, since }), to)
}

/** Shows the programme office on the working day before what will be posted, where, and what is open; once. */
export async function tellPreview(
  tx: Tx,
  parts: { readonly prefix: (platform: PlatformName) => string },
  programme: Programme,
  { round, moment }: Round,
  now: Date,
): Promise<void> {
  const key = `digest-preview:${programme.id}:${round}`
  if ((await untold(tx, programme, key)).length === 0) return
  const plan = await loadPlan(tx, programme.id, dateIn(programme.zone, now))
  const content = await previewDigest(tx, plan)
  const directed = await directionsOf(tx, programme.id, round)
  const waiting = waitingFor(directed, programme.settings.digest)
  const step = stepFor(waiting)
  const questions = (await checksIn(tx, plan)).length
  const channels = await subscriptions(tx, programme.id)
  const data = { programme: programme.key, round }
  const news: OfficeNews = {
    key,
    heading: 'Your next digest, as it stands now',
    lines: (prefix) => [
      `The digest of ${programme.title} for ${fullDate(round)} is posted on ${fullMoment(moment, programme.zone)}.`,
      ...(waiting ? [`It ${waitsInWords(waiting)}.`] : []),
      ...channels.map(channelInWords),
      `${countsShown(content).map(countInWords).join(', ')}. ${directed.headline ?? headlineOf(content)}`,
      questions === 0
        ? 'There is no question to answer before it.'
        : `${plural(questions, 'question')} to answer before the board asks: ${prefix} checks for ${programme.key}`,
      `${nextStep[step].words}: ${prefix} digest ${step}. To write its headline: ${prefix} digest headline …`,
    ],
    buttons: [
      { title: 'Show it', verb: 'digest', data },
      { title: nextStep[step].title, verb: `digest-${step}`, data },
    ],
  }
  await tellOffice(tx, programme, news, { now, prefix: parts.prefix })
}

/** What the office would do next with a digest, and how that is asked for. */
const nextStep = {
  hold: { title: 'Hold', words: 'To hold it' },
  release: { title: 'Release', words: 'To let it go' },
  approve: { title: 'Approve', words: 'To approve it' },
}

function stepFor(waiting: Waiting | null): keyof typeof nextStep {
  if (!waiting) return 'hold'
  return waiting.for === 'release' ? 'release' : 'approve'
}

/** 'To a channel on Slack, for the board, about the whole programme.' */
function channelInWords({ place, audience, scope }: Subscription): string {
  return `To a channel on ${platformNames[place.platform]}, ${forWhom[audience]}, about ${partInWords(scope)}.`
}
