import { messageOf } from '../base/errors.ts'
import { readSheet } from '../base/sheets/read-sheet.ts'
import type { ProgrammeSample } from '../chat/installation.ts'
import { updateServiceUrls as updateIdentityServiceUrls } from '../domain/people/identity-store.ts'
import { createProgramme } from '../domain/programme/programme-store.ts'
import { updateServiceUrls as updateSubscriptionServiceUrls } from '../domain/schedule/subscription-store.ts'
import { latestUpdateMoment } from '../domain/status/store.ts'
import { importPlan } from '../features/imports/import-plan.ts'
import { importPeople } from '../features/people/import-people.ts'
import { parsePeopleFile } from '../features/people/people-file.ts'
import { type Database, inTransaction, type Tx } from '../infra/db.ts'
import { latestRequestMoment } from '../infra/idempotency-keys.ts'
import { updateServiceUrls as updateMessageServiceUrls } from '../outbox/outbox.ts'
import { latestMessageMoment } from '../outbox/statistics.ts'
import type { Sample, SampleFile } from './sample.ts'

/** Loads the sample programmes that are not there yet. @throws Error that names the file that cannot be loaded */
export async function seedSamples(
  db: Database,
  samples: readonly Sample[],
  now: Date,
): Promise<void> {
  for (const sample of samples) await inTransaction(db, (tx) => seedSample(tx, sample, now))
}

/** As an operator would: the programme with its settings, its plans, its people. */
async function seedSample(tx: Tx, sample: Sample, now: Date): Promise<void> {
  const { create, ...own } = programmeSampleOf(sample)
  // Without the lock, two that start at once on one database would both find nothing there.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('playground samples'))`
  if (await tx.programme.findUnique({ where: { key: own.key } })) return
  await create(tx, { ...own, organisationId: null }, now)
}

/** A sample as what a new programme can begin with. */
export function programmeSampleOf(sample: Sample): ProgrammeSample {
  return {
    ...sample.programme,
    create: async (tx, named, now) => {
      const programme = await createProgramme(tx, { ...named, settings: sample.settings }, now)
      await loadSample(tx, sample, programme, now)
      return programme
    },
  }
}

async function loadSample(
  tx: Tx,
  sample: Sample,
  programme: { readonly id: string; readonly key: string },
  now: Date,
): Promise<void> {
  for (const plan of sample.plans) {
    const { key } = programme
    const request = { ...plan, programme: { key }, asOf: sample.asOf, dryRun: false }
    await withFileInError(sample, plan, () => importPlan(tx, request, now))
  }
  await withFileInError(sample, sample.people, async () => {
    const sheet = await readSheet(sample.people.bytes, sample.people.fileName)
    const file = parsePeopleFile(sheet, ['slack', 'teams'])
    await importPeople(tx, { programme, file, accept: true, unlisted: 'keep' }, now)
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
 * The latest moment in the playground's data; undefined where there is none yet. The clock continues from there,
 * because history keeps its times.
 */
export async function latestSavedMoment(db: Database): Promise<Date | undefined> {
  const found = await Promise.all([
    latestRequestMoment(db),
    latestMessageMoment(db),
    latestUpdateMoment(db),
  ])
  const moments = found.flatMap((moment) => moment?.getTime() ?? [])
  return moments.length > 0 ? new Date(Math.max(...moments)) : undefined
}

/** The tenant has another port at each start: moves the conversations that the bot knows to the new one. */
export async function updateTeamsServiceUrls(db: Database, serviceUrl: string): Promise<void> {
  await updateIdentityServiceUrls(db, 'teams', serviceUrl)
  await updateSubscriptionServiceUrls(db, 'teams', serviceUrl)
  await updateMessageServiceUrls(db, 'teams', serviceUrl)
}
