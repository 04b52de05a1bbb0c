import type { Place } from '../../../src/base/addresses.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import type { Database } from '../../../src/infra/db.ts'
import { leaseMs } from '../../../src/outbox/lease.ts'
import type { Sample } from '../../../src/playground/sample.ts'
import { type SeededRandom, seededRandom } from '../../support/seeded-random.ts'
import { judgeStory, type Verdict } from './judge.ts'
import { createMilepost, type Milepost, withSimulatedFetch } from './milepost.ts'
import { createNetwork } from './network.ts'
import { createReplica, type Fate, type Rates, type Replica } from './replica.ts'
import { createSchedule, type Schedule } from './schedule.ts'
import { createFarSide, type FarSide } from './wire.ts'

/** The Monday on which the sample programme's first digest is due, five minutes before the day's work. */
export const firstMoment = new Date('2026-03-02T08:55:00Z')

/** By then the reminders and digests of that Monday are due. */
const halfPastNine = new Date('2026-03-02T09:30:00Z')

export interface Update {
  readonly request: ChatRequest
  readonly marker: string
  isSaved: boolean
}

/** How a story ended: what is wrong with it, and what happened, one line each. */
export interface StoryEnd extends Verdict {
  readonly lines: readonly string[]
  readonly crashes: number
  readonly freezes: number
  readonly updates: readonly Update[]
}

/**
 * A Monday of a programme: replicas come and go, each with a clock of its own, while the database, the network and the
 * processes fail; people send updates, some several times. Then everything works again and is counted. `db` holds the
 * sample programme with its digests (see prepare.ts). The same seed tells the same story.
 */
export function tellStory(
  db: Database,
  { sample, dueKeys }: Prepared,
  seed: number,
): Promise<StoryEnd> {
  return withSimulatedFetch(() => new Story(db, sample, seed).tell(dueKeys))
}

/** The keys of what is due on a Monday on which nothing fails; the lead who sends updates aside, whom they may spare a reminder. */
export function tellCalmly(db: Database, sample: Sample): Promise<readonly string[]> {
  return withSimulatedFetch(() => new Story(db, sample, 0).tellCalmly())
}

/** A prepared database can be copied for each story. */
export interface Prepared {
  readonly sample: Sample
  /** What is due on that Monday, whatever fails. */
  readonly dueKeys: readonly string[]
}

interface Running extends Milepost {
  readonly replica: Replica
}

class Story {
  readonly #db: Database
  readonly #random: SeededRandom
  readonly #schedule: Schedule
  readonly #farSide: FarSide
  readonly #updates: Update[] = []
  readonly #frozen: { replica: Replica; work: Promise<unknown> }[] = []
  #replicas = 0
  #crashes = 0
  #freezes = 0
  /** How far the machine's clock is off: it is set forward and back. */
  #offset = 0

  constructor(db: Database, sample: Sample, seed: number) {
    this.#db = db
    this.#random = seededRandom(seed)
    this.#schedule = createSchedule(firstMoment, this.#random)
    this.#farSide = createFarSide(sample, { now: () => this.#schedule.now() })
  }

  async tell(dueKeys: readonly string[]): Promise<StoryEnd> {
    const rounds = 3 + this.#random.below(4)
    for (let round = 0; round < rounds; round += 1) await this.#round()
    await this.#finish()
    const verdict = await judgeStory(this.#db, this.#farSide, this.#updates, dueKeys)
    return {
      ...verdict,
      lines: this.#schedule.lines,
      ...{ crashes: this.#crashes, freezes: this.#freezes, updates: this.#updates },
    }
  }

  async tellCalmly(): Promise<readonly string[]> {
    await this.#finish()
    const { keys, faults } = await judgeStory(this.#db, this.#farSide, [], [])
    if (faults.length > 0) throw new Error(faults.join('\n'))
    const { personId } = await this.#db.identity.findFirstOrThrow({
      where: { user: lead.user },
    })
    return keys.filter((key) => /^(reminder|digest):/.test(key) && !key.includes(personId))
  }

  async #round(): Promise<void> {
    const random = this.#random
    this.#stepClock()
    const rates = {
      database: random.pick([0, 0.02, 0.1]),
      network: random.pick([0, 0.1, 0.4]),
    }
    const start = () => this.#start(rates, this.#fate())
    const more = Array.from({ length: random.below(3) }, start)
    const running = [start(), ...more] as const
    const asked = this.#someUpdates()
    const work = running.map((one) => this.#work(one))
    const answers = asked.map((update) => this.#send(update, random.pick(running)))
    const stopped = running.map(({ replica }, at) => Promise.race([work[at], replica.stopped]))
    // A request to a process that died is never answered.
    const heard = answers.map(({ by, answered }) => Promise.race([answered, by.replica.stopped]))
    await this.#schedule.runUntil(Promise.all([...stopped, ...heard]))
    for (const [at, { replica }] of running.entries()) {
      if (replica.isFrozen) this.#frozen.push({ replica, work: work[at] ?? Promise.resolve() })
      if (replica.isDead) this.#crashes += 1
      if (replica.isFrozen) this.#freezes += 1
    }
    this.#schedule.advance(random.pick([1_000, 2 * leaseMs, 5 * 60_000, 45 * 60_000]))
    if (random.happens(0.4)) await this.#wakeFrozen()
  }

  /** Everything works again, and whoever was not answered asks again. */
  async #finish(): Promise<void> {
    const schedule = this.#schedule
    schedule.note('everything works again')
    schedule.advance(Math.max(2 * leaseMs, halfPastNine.getTime() - schedule.now().getTime()))
    const last = this.#start({ database: 0, network: 0 }, { event: 'none', at: 0 })
    await this.#wakeFrozen()
    for (let turns = 0; turns < 200; turns += 1) {
      await schedule.runUntil(this.#work(last))
      for (const update of this.#updates.filter(({ isSaved }) => !isSaved)) {
        await schedule.runUntil(this.#send(update, last).answered)
      }
      if ((await this.#open()) === 0) return
      let next: Date | undefined
      await schedule.runUntil(
        last.dispatcher.nextDue(schedule.now()).then((moment) => {
          next = moment
        }),
      )
      schedule.advance(Math.max(1_000, (next?.getTime() ?? 0) - schedule.now().getTime()))
    }
  }

  #start(rates: Rates, fate: Fate): Running {
    this.#replicas += 1
    const shared = { schedule: this.#schedule, random: this.#random }
    const drift = this.#random.below(8_001) - 4_000
    const clockOffset = () => this.#offset + drift
    const name = `replica-${this.#replicas}`
    const replica = createReplica({ ...shared, name, fate, rates, clockOffset })
    const carry = createNetwork({ ...shared, replica, rates, farSide: this.#farSide })
    const db = replica.databaseOf(this.#db)
    return { replica, ...createMilepost({ ...shared, db, replica, carry }) }
  }

  #fate(): Fate {
    const event = this.#random.pick(['crash', 'crash', 'freeze', 'none'])
    return { event, at: 3 + this.#random.below(this.#random.pick([10, 60, 250])) }
  }

  /** Within the five minutes that a lookup in Slack allows for (clockSkewMs of src/outbox/state-machine.ts). */
  #stepClock(): void {
    if (!this.#random.happens(0.3)) return
    this.#offset = this.#random.below(480_001) - 240_000
    this.#schedule.note(`the clock is set to be off by ${Math.round(this.#offset / 1_000)} s`)
  }

  async #work({ dispatcher, tick }: Running): Promise<void> {
    await tick()
    await dispatcher.dispatchDue().catch(() => {})
  }

  /** New ones, some of them delivered twice, and some that were not answered. */
  #someUpdates(): Update[] {
    const fresh = Array.from({ length: this.#random.below(3) }, () => {
      const update = storyUpdate(this.#updates.length + 1)
      this.#updates.push(update)
      return update
    })
    const twice = fresh.filter(() => this.#random.happens(0.4))
    const again = this.#updates.filter(({ isSaved }) => !isSaved && this.#random.happens(0.5))
    return [...fresh, ...twice, ...again]
  }

  #send(update: Update, by: Running): { by: Running; answered: Promise<void> } {
    const answered = (async () => {
      await by.replica.step(`gets ${update.marker}`, true)
      const { card } = await by.handle(update.request)
      if (JSON.stringify(card).includes(savedHeading)) update.isSaved = true
    })()
    return { by, answered }
  }

  async #wakeFrozen(): Promise<void> {
    const woken = this.#frozen.splice(0)
    for (const { replica } of woken) {
      this.#schedule.note(`${replica.name} wakes`)
      replica.wake()
    }
    await this.#schedule.runUntil(Promise.all(woken.map(({ work }) => work)))
  }

  async #open(): Promise<number> {
    const messages = await this.#db.outboxMessage.count({
      where: { state: { in: ['waiting', 'sending'] } },
    })
    const edits = await this.#db.messageEdit.count({ where: { outboxMessage: { state: 'sent' } } })
    return messages + edits
  }
}

/** The heading of an answer that something was saved. */
export const savedHeading = '"heading":"Saved"'

const lead: ChatRequest['actor'] = { platform: 'slack', tenant: 'T0MILEPOST', user: 'U0MEI' }
const leadsChat: Place = {
  ...{ platform: 'slack', tenant: 'T0MILEPOST', conversation: 'D0MEI', kind: 'direct' },
}

/** An update of a project by its lead, told apart by its number. */
export function storyUpdate(number: number): Update {
  const marker = `story-${number}`
  const input = { by: 'text', text: `1.1 amber ${marker} green by 30 Jun` } as const
  return { marker, isSaved: false, request: { key: marker, actor: lead, place: leadsChat, input } }
}
