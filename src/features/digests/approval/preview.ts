import type { PlatformName } from '../../../base/addresses.ts'
import { dateIn, fullDate, fullMoment } from '../../../base/dates.ts'
import { plural } from '../../../base/text.ts'
import { loadOpenChecks } from '../../../domain/checks/store.ts'
import { latestDigestBefore } from '../../../domain/digests/archive/digest-store.ts'
import {
  boardTarget,
  composeDigestFor,
  type DigestTarget,
} from '../../../domain/digests/audience/compose-for.ts'
import { loadDigestInput } from '../../../domain/digests/audience/load-input.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import { digestSetting } from '../../../domain/digests/settings.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
import { loadPlan } from '../../../domain/plan/store.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import {
  defaultSchedule,
  type ScheduleRound,
  scheduleDayBefore,
} from '../../../domain/schedule/schedule.ts'
import { formatScope } from '../../../domain/schedule/scope.ts'
import {
  loadSubscriptions,
  type Subscription,
} from '../../../domain/schedule/subscription-store.ts'
import type { Tx } from '../../../infra/db.ts'
import { audiencePhrases } from '../channel-visibility.ts'
import { formatCount, headlineOf, visibleCounts } from '../rendering/format.ts'
import { loadApprovalState, type PendingDecision, pendingDecision } from './approval.ts'
import { membersWithoutNotice, notifyOffice, type OfficeNotice } from './notify-office.ts'
import { formatPendingDecision } from './office-notices.ts'

/** The digest as it would be posted on the plan's day, compared with the last one that speaks for an earlier day. */
export async function previewDigest(
  tx: Tx,
  plan: Plan,
  to: DigestTarget = boardTarget,
): Promise<DigestContent> {
  const { programme, asAt } = plan
  const about = { programmeId: programme.id, scope: to.scope }
  const previous = await latestDigestBefore(tx, about, asAt)
  const since = previous?.asAt ?? scheduleDayBefore(defaultSchedule(programme.zone), asAt)
  return composeDigestFor(await loadDigestInput(tx, plan, { previous, since }), to)
}

/** Shows the programme office on the working day before what will be posted, where, and what is open; once. */
export async function notifyPreview(
  tx: Tx,
  parts: {
    readonly prefix: (platform: PlatformName) => string
    readonly platformTitle: (platform: PlatformName) => string
  },
  programme: Programme,
  { day, moment }: ScheduleRound,
  now: Date,
): Promise<void> {
  const key = `digest-preview:${programme.id}:${day}`
  if ((await membersWithoutNotice(tx, programme, key)).length === 0) return
  const plan = await loadPlan(tx, programme.id, dateIn(programme.zone, now))
  const content = await previewDigest(tx, plan)
  const directed = await loadApprovalState(tx, programme.id, day)
  const waiting = pendingDecision(directed, digestSetting.of(programme.settings))
  const step = nextStepFor(waiting)
  const questions = (await loadOpenChecks(tx, plan)).length
  const channels = await loadSubscriptions(tx, programme.id)
  const data = { programme: programme.key, round: day }
  const news: OfficeNotice = {
    key,
    heading: 'Your next digest, as it stands now',
    lines: (prefix) => [
      `The digest of ${programme.title} for ${fullDate(day)} is posted on ${fullMoment(moment, programme.zone)}.`,
      ...(waiting ? [`It ${formatPendingDecision(waiting)}.`] : []),
      ...channels.map((each) => formatDestination(each, parts.platformTitle(each.place.platform))),
      `${visibleCounts(content).map(formatCount).join(', ')}. ${directed.headline ?? headlineOf(content)}`,
      questions === 0
        ? 'There is no question to answer before it.'
        : `${plural(questions, 'question')} to answer before the board asks: ${prefix} checks for ${programme.key}`,
      `${officeSteps[step].words}: ${prefix} digest ${step}. To write its headline: ${prefix} digest headline …`,
    ],
    buttons: [
      { title: 'Show it', verb: 'digest', data },
      { title: officeSteps[step].title, verb: `digest-${step}`, data },
    ],
  }
  await notifyOffice(tx, programme, news, { now, prefix: parts.prefix })
}

/** What the office would do next with a digest, and how that is asked for. */
const officeSteps = {
  hold: { title: 'Hold', words: 'To hold it' },
  release: { title: 'Release', words: 'To let it go' },
  approve: { title: 'Approve', words: 'To approve it' },
}

function nextStepFor(waiting: PendingDecision | null): keyof typeof officeSteps {
  if (!waiting) return 'hold'
  return waiting.for === 'release' ? 'release' : 'approve'
}

/** 'To a channel on Slack, for the board, about the whole programme.' */
function formatDestination({ audience, scope }: Subscription, platform: string): string {
  return `To a channel on ${platform}, ${audiencePhrases[audience]}, about ${formatScope(scope)}.`
}
