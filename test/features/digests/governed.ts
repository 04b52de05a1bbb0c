import { beforeEach } from '@jest/globals'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import type { Place } from '../../../src/base/addresses.ts'
import { type Channel, unknownChannel } from '../../../src/chat/port.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import type { ChatInput } from '../../../src/chat/request.ts'
import { createRouter } from '../../../src/chat/router.ts'
import { digestContent } from '../../../src/domain/digests/content/content.ts'
import { resolveActorIn } from '../../../src/domain/people/identity-store.ts'
import { postDigests } from '../../../src/features/digests/posting/publish.ts'
import { digestSections } from '../../../src/features/digests/rendering/sections/registry.ts'
import type { SectionDescriptor } from '../../../src/features/digests/rendering/sections/section-descriptor.ts'
import type { Database } from '../../../src/infra/db.ts'
import { clockAt } from '../../support/clock.ts'
import { platformTitle } from '../../support/platforms.ts'
import {
  emptyDatabase,
  type ProgrammeSketch,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

/** A programme with an office of two, a lead, and channels of which the test says who reads them. */
export interface Governed {
  readonly db: Database
  readonly programmeId: string
  readonly office: StoredPerson
  readonly colleague: StoredPerson
  readonly lead: StoredPerson
  /** By conversation; what is not named, nobody can tell of. */
  readonly channels: Map<string, Channel | Error>
  /** What Milepost answers somebody at a moment, in the channel C1 or another; all its words. */
  say(who: StoredPerson, text: string, moment: string, conversation?: string): Promise<string>
  reply(who: StoredPerson, text: string, moment: string): Promise<Reply>
  /** The words of the answer to a button. */
  press(
    who: StoredPerson,
    verb: string,
    args: Record<string, unknown>,
    moment: string,
  ): Promise<string>
  /** Runs the minute, with the sections that a digest has; gives the keys of what was posted. */
  post(moment: string, sections?: readonly SectionDescriptor[]): Promise<string[]>
  /** What the office was told in private, as headings, oldest first. */
  told(who?: StoredPerson): Promise<string[]>
  /** The words of what one person of the office was told last. */
  lastTold(who?: StoredPerson): Promise<string>
  digests(): Promise<ReturnType<typeof digestContent.parse>[]>
  readonly logged: string[]
}

export const channelAt = (conversation: string): Place => ({
  ...{ platform: 'slack', tenant: 'T1', kind: 'channel' },
  conversation,
})

export const privateChannel: Channel = { visibility: 'private', isArchived: false, name: 'board' }

const { commands } = buildCommandRegistry()

export function governed(sketch: Partial<ProgrammeSketch> = {}): Governed {
  const base = emptyDatabase()
  const channels: Governed['channels'] = new Map()
  const logged: string[] = []
  const note = (_: object, message: string) => void logged.push(message)
  const log = { info: () => {}, warn: note, error: note }
  const prefix = () => '/rag'
  const channel = async ({ conversation }: Place) => {
    const found = channels.get(conversation) ?? unknownChannel
    if (found instanceof Error) throw found
    return found
  }
  let asked = 0
  const handle = (who: StoredPerson, ask: ChatInput, moment: string, conversation: string) =>
    createRouter({
      ...{
        db: base.db,
        commands,
        prefix,
        platformTitle,
        resolveActor: resolveActorIn,
        lookupChannel: channel,
      },
      clock: clockAt(new Date(moment)),
      redraw: async () => undefined,
      countNotifyingRequest: async () => {},
      onError: (error) => {
        throw error
      },
    })({
      ...{ key: `asked ${++asked}`, actor: who.identity, input: ask },
      place: channelAt(conversation),
    })
  const reply = (who: StoredPerson, text: string, moment: string, conversation = 'C1') =>
    handle(who, { by: 'text', text }, moment, conversation)
  const toldTo = async (who: StoredPerson) => {
    const rows = await base.db.outboxMessage.findMany({
      where: { kind: 'office', personId: who.id },
      orderBy: { sequence: 'asc' },
    })
    return rows.map(({ data }) => data as { heading: string; lines: string[] })
  }
  let here: Pick<Governed, 'programmeId' | 'office' | 'colleague' | 'lead'> | undefined
  const set = () => {
    if (here) return here
    throw new Error('The programme is there from the first test on.')
  }
  const at: Governed = {
    get db() {
      return base.db
    },
    get programmeId() {
      return set().programmeId
    },
    get office() {
      return set().office
    },
    get colleague() {
      return set().colleague
    },
    get lead() {
      return set().lead
    },
    ...{ channels, logged },
    reply,
    say: async (...said) => wordsOf(await reply(...said)),
    press: async (who, verb, args, moment) =>
      wordsOf(await handle(who, { by: 'button', verb, args }, moment, 'C1')),
    post: (moment, sections = digestSections) =>
      postDigests({
        ...{ db: base.db, prefix, platformTitle, log, channel, sections },
        clock: clockAt(new Date(moment)),
      }),
    told: async (who = at.office) => (await toldTo(who)).map(({ heading }) => heading),
    lastTold: async (who = at.office) => (await toldTo(who)).at(-1)?.lines.join('\n') ?? '',
    digests: async () => {
      const rows = await base.db.digest.findMany({ orderBy: { number: 'asc' } })
      return rows.map(({ content }) => digestContent.parse(content))
    },
  }
  beforeEach(async () => {
    channels.clear()
    channels.set('C1', privateChannel)
    logged.length = 0
    const [office, colleague, lead] = await storePeople(base.db, 'Asha', 'Tom', 'Mei')
    const programmeId = await storeProgramme(base.db, {
      key: 'BCS',
      office: [office, colleague],
      projects: [
        {
          ref: '2.1',
          title: 'Practice standards',
          leads: [lead],
          milestones: [['Site', '2017-03-31']],
        },
        { ref: '2.2', title: 'Assessments', leads: [lead] },
      ],
      ...sketch,
    })
    here = { programmeId, office, colleague, lead }
  })
  return at
}
