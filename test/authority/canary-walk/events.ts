import { civilDate } from '../../../src/base/dates.ts'
import { RecipientGoneError } from '../../../src/chat/port.ts'
import { exportPersonData } from '../../../src/domain/people/person-data.ts'
import { programmeById } from '../../../src/domain/plan/store.ts'
import { exportPlan } from '../../../src/features/imports/export.ts'
import { erasePerson } from '../../../src/features/people/erase.ts'
import { withdrawPerson } from '../../../src/features/people/withdraw-person.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'
import type { StoredThings } from '../matrix/things.ts'
import { leaksTo } from './leaks.ts'
import { oneOf, privatePlaceOf } from './steps.ts'
import type { Town, Walker } from './town.ts'

/** What happened besides, and what it showed to whom it should not. */
interface Event {
  readonly what: string
  readonly leaks: readonly string[]
}

/** What happens besides: time, lost accounts, exports, people who leave. */
export async function perhapsEvent(town: Town, random: SeededRandom, step: number): Promise<Event> {
  if (step === 300) return leave(town, 'Ben Bridge', town.programmes[1])
  if (step === 500) return forget(town, town.programmes[0].members.otherLead.name)
  if (step === 700) return leave(town, 'Ada Bridge', town.programmes[0])
  if (random.happens(0.03)) return losePeople(town, random)
  if (random.happens(0.03)) return exportFiles(town, random)
  return { what: '', leaks: [] }
}

async function leave(town: Town, name: string, { things }: StoredThings): Promise<Event> {
  const walker = walkerNamed(town, name)
  await inTransaction(town.db, (tx) =>
    withdrawPerson(tx, {
      ...{ personId: walker.personId ?? '', programmeId: things.programme, now: town.now() },
    }),
  )
  walker.isIn.delete(things.canary)
  return { what: `${name} left ${things.key}; `, leaks: [] }
}

async function forget(town: Town, name: string): Promise<Event> {
  const walker = walkerNamed(town, name)
  await inTransaction(town.db, (tx) =>
    erasePerson(tx, { id: walker.personId ?? '', name }, town.now(), []),
  )
  walker.isIn.clear()
  return { what: `${name} was forgotten; `, leaks: [] }
}

function walkerNamed({ walkers }: Town, name: string): Walker {
  const found = walkers.find((walker) => walker.name === name)
  if (!found) throw new Error(`Nobody is called ${name}`)
  return found
}

/** One private chat or all are gone until the next such event. */
async function losePeople(town: Town, random: SeededRandom): Promise<Event> {
  const inBoth = town.walkers.filter(({ wasIn }) => wasIn.size > 1)
  const lost = oneOf(random, random.happens(0.5) ? inBoth : town.walkers)
  const conversations = lost ? [privatePlaceOf(lost).conversation, lost.identity.user] : []
  town.chat.beforeSend = ({ conversation }) => {
    if (conversations.includes(conversation))
      throw new RecipientGoneError('user_not_found', 'There is nobody')
  }
  return { what: `${lost?.name} cannot be reached; `, leaks: [] }
}

async function exportFiles(town: Town, random: SeededRandom): Promise<Event> {
  const { db } = town
  const { things } = oneOf(random, town.programmes) ?? town.programmes[0]
  const programme = await programmeById(db, things.programme)
  const day = civilDate(town.now().toISOString().slice(0, 10))
  const plan = new TextDecoder().decode(await exportPlan(db, programme, day, 'plan.csv'))
  const walker = oneOf(
    random,
    town.walkers.filter(({ personId }) => personId !== undefined),
  )
  const own = walker
    ? JSON.stringify(
        await exportPersonData(db, { id: walker.personId ?? '', name: walker.name }, town.now()),
        (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value),
      )
    : ''
  return {
    what: 'files were exported; ',
    leaks: [
      ...leaksTo(town, new Set([things.canary]), { what: `the plan of ${things.key}`, text: plan }),
      ...leaksTo(town, walker?.wasIn ?? new Set(), {
        what: `what is stored about ${walker?.name}`,
        text: own,
      }),
    ],
  }
}
