import { messageOf } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { readSheet } from '../base/sheets/read-sheet.ts'
import { changeSettings } from '../domain/programme/settings-store.ts'
import { importPlan } from '../features/imports/import-plan.ts'
import { importPeople } from '../features/people/import-people.ts'
import { parsePeopleFile } from '../features/people/people-file.ts'
import { type Database, inTransaction, type Tx } from '../infra/db.ts'
import { updateServiceUrls as updateMessageServiceUrls } from '../outbox/outbox.ts'
import { latestMessageMoment } from '../outbox/statistics.ts'
import type { Sample, SampleFile } from './sample.ts'

/** Loads the sample programmes that are not there yet. Again changes nothing. @throws Error that names the file */
export async function seedSamples(
  db: Database,
  samples: readonly Sample[],
  now: Date,
): Promise<void> {
  for (const sample of samples) await inTransaction(db, (tx) => seedSample(tx, sample, now))
}

/** The way an operator would: the programme and how it works, its plans, its people. */
async function seedSample(tx: Tx, sample: Sample, now: Date): Promise<void> {
  const { key, title } = sample.programme
  // Two that start at once on one database would both find nothing there.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('playground samples'))`
  if (await tx.programme.findUnique({ where: { key } })) return
  const programme = await tx.programme.create({
    data: { id: newId(), key, title, createdAt: now },
  })
  await changeSettings(tx, programme.id, (now) => ({ ...now, ...sample.settings }))
  for (const plan of sample.plans) {
    const asked = { ...plan, programme: { key }, asOf: sample.asOf, dryRun: false }
    await withFileInError(sample, plan, () => importPlan(tx, asked, now))
  }
  await withFileInError(sample, sample.people, async () => {
    const sheet = await readSheet(sample.people.bytes, sample.people.fileName)
    await importPeople(tx, programme, parsePeopleFile(sheet, ['slack', 'teams']), now)
  })
}

/** These files are ours: one that is refused is a fault, and the start fails. */
async function withFileInError(
  { programme }: Sample,
  { fileName }: SampleFile,
  load: () => Promise<unknown>,
): Promise<void> {
  try {
    await load()
  } catch (error) {
    const message = `The sample programme ${programme.key} cannot be loaded from its ${fileName}: ${messageOf(error)}`
    throw new Error(message, { cause: error })
  }
}

/**
 * The last moment that anything in the playground's data speaks of; undefined where there is none yet.
 * The clock goes on from there: what was stored and said before stands with its time.
 */
export async function latestStoredMoment(db: Database): Promise<Date | undefined> {
  const [request, message, update] = await Promise.all([
    db.idempotencyKey.aggregate({ _max: { at: true } }),
    latestMessageMoment(db),
    db.statusUpdate.aggregate({ _max: { at: true } }),
  ])
  const moments = [request._max.at, message ?? null, update._max.at].filter(
    (moment) => moment !== null,
  )
  return moments.length > 0
    ? new Date(Math.max(...moments.map((moment) => moment.getTime())))
    : undefined
}

/** The tenant has another port at each start: conversations that were kept are reached at the new one. */
export async function updateTeamsServiceUrls(db: Database, serviceUrl: string): Promise<void> {
  const kept = { where: { platform: 'teams', serviceUrl: { not: null } }, data: { serviceUrl } }
  await db.identity.updateMany(kept)
  await db.subscription.updateMany(kept)
  await updateMessageServiceUrls(db, 'teams', serviceUrl)
}
