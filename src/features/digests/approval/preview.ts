import type { PlatformName } from '../../../base/addresses.ts'
import { fullDate, fullMoment } from '../../../base/dates.ts'
import { plural } from '../../../base/text.ts'
import { loadOpenChecks } from '../../../domain/checks/store.ts'
import {
  loadApprovalState,
  type PendingDecision,
  pendingDecision,
} from '../../../domain/digests/approval.ts'
import {
  boardTarget,
  composeDigestFor,
  type DigestTarget,
} from '../../../domain/digests/audience/compose-for.ts'
import {
  type DigestSources,
  digestInput,
  loadDigestSources,
} from '../../../domain/digests/audience/load-input.ts'
import { loadComparison } from '../../../domain/digests/comparison/load-comparison.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import type { DigestInput } from '../../../domain/digests/content/digest-input.ts'
import { digestSetting } from '../../../domain/digests/settings.ts'
import type { Plan } from '../../../domain/plan/plan.ts'
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
import { type Database, inTransaction, type ReadTx } from '../../../infra/db.ts'
import { checkDigest, formatFinding } from '../fact-check/check-digest.ts'
import { formatReaders } from '../format.ts'
import { formatCount, formatMissingPaths, headlineOf, visibleCounts } from '../rendering/format.ts'
import { paginateDigest } from '../rendering/paginate.ts'
import type { SectionDescriptor } from '../rendering/sections/section-descriptor.ts'
import { membersWithoutNotice, notifyOffice, type OfficeNotice } from './notify-office.ts'
import { formatPendingDecision, maxDoubtsShown } from './office-notices.ts'

/** The digest as it would be posted on the plan's day, compared with the last one that speaks for an earlier day. */
export async function previewDigest(
  tx: ReadTx,
  plan: Plan,
  target: DigestTarget = boardTarget,
): Promise<DigestContent> {
  return (await composePreview(tx, await loadDigestSources(tx, plan), target)).content
}

async function composePreview(
  tx: ReadTx,
  sources: DigestSources,
  target: DigestTarget,
): Promise<{ readonly content: DigestContent; readonly input: DigestInput }> {
  const { programme, asAt } = sources.plan
  const since = scheduleDayBefore(defaultSchedule(programme.zone), asAt)
  const compared = await loadComparison(tx, sources.plan, target, since)
  const input = digestInput(sources, compared)
  return { content: composeDigestFor(input, target), input }
}

interface PreviewContext {
  readonly db: Database
  /** How a command begins there. */
  readonly prefix: (platform: PlatformName) => string
  readonly platformTitle: (platform: PlatformName) => string
  /** The sections of a digest. Left out: all there are. */
  readonly sections?: readonly SectionDescriptor[]
}

interface PreviewRun {
  readonly now: Date
  /** What digests as at today are made of. */
  readonly loadSources: () => Promise<DigestSources>
}

/** Shows the programme office on the working day before what will be posted, where, and what is open; once. */
export async function notifyPreview(
  { db, prefix, platformTitle, sections }: PreviewContext,
  programme: Programme,
  round: ScheduleRound,
  { now, loadSources }: PreviewRun,
): Promise<void> {
  const key = `digest-preview:${programme.id}:${round.day}`
  if ((await membersWithoutNotice(db, programme, key)).length === 0) return
  const sources = await loadSources()
  await inTransaction(db, async (tx) => {
    const notice = await previewNotice(tx, { key, sources, round, platformTitle, sections })
    await notifyOffice(tx, programme, notice, { now, prefix })
  })
}

interface PreviewNoticeInput extends Pick<PreviewContext, 'platformTitle' | 'sections'> {
  readonly key: string
  readonly sources: DigestSources
  readonly round: ScheduleRound
}

async function previewNotice(
  tx: ReadTx,
  { key, sources, round: { day, moment }, platformTitle, sections }: PreviewNoticeInput,
): Promise<OfficeNotice> {
  const { plan } = sources
  const { programme } = plan
  const { content, input } = await composePreview(tx, sources, boardTarget)
  const approval = await loadApprovalState(tx, programme.id, day)
  const pending = pendingDecision(approval, digestSetting.of(programme.settings))
  const step = nextStepFor(pending)
  const questions = (await loadOpenChecks(tx, plan)).length
  const channels = await loadSubscriptions(tx, programme.id)
  const data = { programme: programme.key, round: day }
  const pathless = formatMissingPaths(content)
  // As the board's channel would be checked when it is posted, so that the office can mend it before.
  const doubtsAt = (prefix: string) =>
    checkDigest({
      ...{ content, input, target: boardTarget },
      cards: paginateDigest(content, prefix, sections),
    }).map(formatFinding)
  return {
    key,
    heading: 'Your next digest, as it stands now',
    lines: (prefix) => [
      `The digest of ${programme.title} for ${fullDate(day)} is posted on ${fullMoment(moment, programme.zone)}.`,
      ...(pending ? [`It ${formatPendingDecision(pending)}.`] : []),
      ...channels.map((channel) =>
        formatDestination(channel, platformTitle(channel.place.platform)),
      ),
      `${visibleCounts(content).map(formatCount).join(', ')}. ${approval.headline ?? headlineOf(content)}`,
      ...(pathless ? [pathless] : []),
      ...doubtLines(doubtsAt(prefix)),
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
}

/** That it would be held as it stands, and why; nothing where all of it follows from the plan. */
function doubtLines(doubts: readonly string[]): string[] {
  if (doubts.length === 0) return []
  const shown = doubts.slice(0, maxDoubtsShown)
  const more = doubts.length - shown.length
  return [
    `As it stands it would be held: ${plural(doubts.length, 'sentence')} of it ${doubts.length === 1 ? 'does' : 'do'} not follow from the plan.`,
    ...shown,
    ...(more > 0 ? [`And ${plural(more, 'sentence')} more.`] : []),
  ]
}

/** What the office can do next about a digest. */
const officeSteps = {
  hold: { title: 'Hold', words: 'To hold it' },
  release: { title: 'Release', words: 'To let it go' },
  approve: { title: 'Approve', words: 'To approve it' },
}

function nextStepFor(pending: PendingDecision | null): keyof typeof officeSteps {
  if (!pending) return 'hold'
  return pending.for === 'release' ? 'release' : 'approve'
}

/** 'To a channel on Slack, for the board, about the whole programme.' */
function formatDestination(subscription: Subscription, platform: string): string {
  return `To a channel on ${platform}, ${formatReaders(subscription)}, about ${formatScope(subscription.scope)}.`
}
