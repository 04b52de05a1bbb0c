import { join } from 'node:path'
import { platforms } from '../../src/app/platforms.ts'
import type { Place } from '../../src/base/addresses.ts'
import type { ErrorMeaning } from '../../src/chat/error-meaning.ts'
import { noticeCard } from '../../src/chat/notice.ts'
import { type Database, inTransaction } from '../../src/infra/db.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { defineMessageKind } from '../../src/outbox/message-kinds.ts'
import { enqueue } from '../../src/outbox/outbox.ts'
import { explainSlackError } from '../../src/platforms/slack/error-codes.ts'
import type { Sample } from '../../src/playground/sample.ts'
import { documentedSlackCodes } from '../platforms/slack/documented-codes.ts'
import { documentedTeamsAnswers } from '../platforms/teams/documented-answers.ts'
import { createCalmMilepost } from '../simulation/story/calm-milepost.ts'
import { onCopy, prepareStories } from '../simulation/story/prepare.ts'
import { firstMoment } from '../simulation/story/story.ts'
import {
  json,
  serviceUrl,
  teamsChannel,
  tenantId,
  type WireResponse,
} from '../simulation/story/wire.ts'
import { startBreakablePostgres } from './breakable-postgres.ts'
import { createTemplate } from './create-template.ts'
import type { Part, Soak } from './part.ts'
import type { PartResult } from './report.ts'

/** Each error that the platforms document is answered to a message, through the adapter, until it is mended. */
export const errorCodes: Part = {
  name: 'error-codes',
  title: 'documented errors',
  share: 0.02,
  run,
}

interface Answer {
  readonly code: string
  readonly meaning: ErrorMeaning
  readonly place: Place
  readonly response: WireResponse
}

/** The state while the platform answers so, and once it does no more. */
const states: Readonly<Record<ErrorMeaning, readonly [during: string, after: string]>> = {
  'slow down': ['waiting', 'sent'],
  'person gone': ['dead', 'dead'],
  'channel gone': ['dead', 'dead'],
  'workspace broken': ['waiting', 'sent'],
  'workspace or recipient': ['waiting', 'sent'],
  'message rejected': ['dead', 'dead'],
  'not posted': ['waiting', 'sent'],
  'perhaps posted': ['waiting', 'sent'],
}

async function run({ folder }: Soak): Promise<PartResult> {
  const postgres = await startBreakablePostgres(join(folder, 'database'))
  try {
    const template = await createTemplate(postgres.url)
    await migrate(template)
    const { sample } = await prepareStories(template)
    const answers = [...slackAnswers(), ...teamsAnswers()]
    const faults = await onCopy(template, async (db) => {
      const all: string[] = []
      for (const answer of answers) all.push(...(await faultsOf(db, sample, answer)))
      return all
    })
    return {
      done: `${answers.length} error codes of chat.postMessage and of the connector, each to its state and with words that say what to do, and sent once mended where it can be`,
      faults,
    }
  } finally {
    await postgres.close()
  }
}

function slackAnswers(): Answer[] {
  const codes = ['every method', 'chat.postMessage'].flatMap((of) => documentedSlackCodes[of] ?? [])
  const place: Place = {
    ...{ platform: 'slack', tenant: 'T0MILEPOST', conversation: 'C0BOARD', kind: 'channel' },
  }
  return codes.map((code) => {
    const { meaning } = explainSlackError(code) ?? { meaning: 'not posted' }
    return { code, meaning, place, response: json(200, { ok: false, error: code }) }
  })
}

function teamsAnswers(): Answer[] {
  const place: Place = {
    ...{ platform: 'teams', tenant: tenantId, conversation: teamsChannel, kind: 'channel' },
    serviceUrl,
  }
  return documentedTeamsAnswers.map(([status, code, meaning]) => ({
    ...{ code: code ?? `http_${status}`, meaning, place },
    response: json(status, code ? { error: { code, message: 'What Teams says' } } : {}),
  }))
}

const kind = defineMessageKind({ kind: 'soak', title: 'Soak', authority: 'read plan' })

async function faultsOf(db: Database, sample: Sample, answer: Answer): Promise<string[]> {
  const { code, meaning, place, response } = answer
  await db.outboxMessage.deleteMany()
  await db.workspaceOutage.deleteMany()
  let isMended = false
  const milepost = createCalmMilepost(db, sample, firstMoment, (farSide) => async (request) => {
    const posts = /chat\.postMessage|\/v3\/conversations/.test(request.url)
    return posts && !isMended ? response : farSide.answer(request)
  })
  const card = noticeCard({ heading: 'Soak', lines: [], buttons: [] })
  await inTransaction(db, (tx) => enqueue(tx, { key: code, kind, place, card }, milepost.now()))
  const dispatch = () => milepost.run(({ dispatcher }) => dispatcher.dispatchDue())
  const read = () => db.outboxMessage.findUniqueOrThrow({ where: { key: code } })
  await dispatch()
  const during = await read()
  isMended = true
  for (let times = 0; times < 12; times += 1) {
    milepost.moveTo(new Date(milepost.now().getTime() + 10 * 60_000))
    await dispatch()
  }
  const after = await read()
  const where = `${place.platform} ${code}`
  const [wanted, atLast] = expectedStates(answer)
  const posted = milepost.farSide.timesPosted(code)
  const words = platforms.explain(during.errorCode ?? '')?.words ?? ''
  return [
    ...(during.state === wanted ? [] : [`${where}: ${during.state}, not ${wanted} (${meaning})`]),
    ...(after.state === atLast
      ? []
      : [`${where}: at last ${after.state}, not ${atLast} (${after.error})`]),
    ...(posted === (atLast === 'sent' ? 1 : 0) ? [] : [`${where}: posted ${posted} times`]),
    ...(words.length > 40 ? [] : [`${where}: no words for ${during.errorCode}`]),
  ]
}

/** In Teams nobody can look whether a message was posted. */
function expectedStates({ meaning, place }: Answer): readonly [string, string] {
  const [during, after] = states[meaning]
  return meaning === 'perhaps posted' && place.platform === 'teams'
    ? [during, 'uncertain']
    : [during, after]
}
