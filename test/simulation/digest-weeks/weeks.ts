import { weekdayOf } from '../../../src/base/dates.ts'
import type { Card } from '../../../src/chat/cards.ts'
import {
  composeDigestFor,
  type DigestTarget,
} from '../../../src/domain/digests/audience/compose-for.ts'
import { digestInput } from '../../../src/domain/digests/audience/load-input.ts'
import { asImported } from '../../../src/domain/digests/comparison/load-comparison.ts'
import { type DigestContent, digestContent } from '../../../src/domain/digests/content/content.ts'
import type { Claim, Finding } from '../../../src/domain/digests/fact-check/claims.ts'
import { defaultSchedule, scheduleDayBefore } from '../../../src/domain/schedule/schedule.ts'
import { checkDigest, claimsOf } from '../../../src/features/digests/fact-check/check-digest.ts'
import { paginateDigest } from '../../../src/features/digests/rendering/paginate.ts'
import { type SeededRandom, seededRandom } from '../../support/seeded-random.ts'
import { happenSomething } from './events.ts'
import { RandomProgramme } from './random-programme.ts'

/** A channel, and the digest that it read last. */
interface Reader {
  readonly target: DigestTarget
  previous: DigestContent | null
  /** The week of its first digest. */
  readonly since: number
}

export interface ReadDigest {
  readonly cards: readonly Card[]
  /** What it says, as far as that is understood. */
  readonly claims: readonly Claim[]
  readonly findings: readonly Finding[]
  /** All that happened until then. */
  readonly told: readonly string[]
}

const whole = { workstreams: [], tags: [] }

/** The digests of a random programme over so many weeks, each read again. A week may have two, for two channels. */
export function readWeeks(seed: number, weeks: number): ReadDigest[] {
  const random = seededRandom(seed)
  const programme = beginProgramme(random)
  const readers: Reader[] = [
    {
      target: { audience: 'board', scope: whole, boards: ['Improvement Board'] },
      previous: null,
      since: random.below(4),
    },
    ...(random.happens(0.3) ? [secondReader(random)] : []),
  ]
  const perDay = random.next() * 3
  if (random.happens(0.3))
    for (const reader of readers) reader.previous = importedFor(programme, reader)
  const read: ReadDigest[] = []
  for (let week = 0; week < weeks; week += 1) {
    do {
      programme.nextDay()
      for (let left = random.below(Math.ceil(perDay * 2) + 1); left > 0; left -= 1) {
        happenSomething(programme)
      }
    } while (weekdayOf(programme.today) !== 'monday')
    for (const reader of readers) {
      if (week < reader.since) continue
      programme.tell(`digest for ${reader.target.audience}`)
      read.push({ ...readDigest(programme, reader), told: [...programme.told] })
    }
    // On the day of the digest, after it.
    if (random.happens(0.3)) happenSomething(programme)
  }
  return read
}

function beginProgramme(random: SeededRandom): RandomProgramme {
  const programme = new RandomProgramme(random)
  const scheme = random.pick(['rag', 'rag', 'brag', 'delivery'])
  const policy = random.pick(['worst', 'plurality', 'proportion'])
  const kept = random.pick([[], ['time', 'cost', 'confidence']])
  const confidencePoints = random.pick([3, 5])
  programme.settings = { scheme, rollUp: { policy }, dimensions: { kept, confidencePoints } }
  const projects = random.pick([0, 1, 3, 8, 15])
  for (let count = 0; count < projects; count += 1) programme.addProject()
  return programme
}

function secondReader(random: SeededRandom): Reader {
  const scope = random.pick([
    whole,
    { workstreams: ['1'], tags: [] },
    { workstreams: [], tags: ['Ofsted'] },
  ])
  const audience = random.pick(['internal', 'board', 'public'])
  return { target: { audience, scope }, previous: null, since: random.below(8) }
}

/** A programme that began with a sheet: its first digest is compared with that. */
function importedFor(programme: RandomProgramme, { target }: Reader): DigestContent {
  const sources = programme.sources()
  const input = digestInput(sources, { previous: null, since: sources.plan.asAt })
  return asImported(composeDigestFor(input, target))
}

function readDigest(programme: RandomProgramme, reader: Reader): Omit<ReadDigest, 'told'> {
  const { target, previous } = reader
  const sources = programme.sources()
  const {
    asAt,
    programme: { zone },
  } = sources.plan
  const since = previous?.asAt ?? scheduleDayBefore(defaultSchedule(zone), asAt)
  const input = digestInput(sources, { previous, since })
  const composed = composeDigestFor(input, target)
  // As it is frozen, and read again a week later.
  const content = digestContent.parse(JSON.parse(JSON.stringify(composed)))
  reader.previous = content
  const cards = paginateDigest(content, '/rag')
  return {
    cards,
    claims: claimsOf(content, cards, input.plan.projects),
    findings: checkDigest({ content, cards, input, target }),
  }
}
