import type { Address, Place } from '../../../src/base/addresses.ts'
import { newId } from '../../../src/base/ids.ts'
import type { StoredPerson } from '../../support/programme.ts'

/** The day on which everything is asked: a Wednesday, with the update round open. */
export const today = '2017-03-01'

/** Everybody in one programme. */
export interface Members {
  readonly office: StoredPerson
  readonly colleague: StoredPerson
  readonly sponsor: StoredPerson
  readonly workstreamLead: StoredPerson
  readonly lead: StoredPerson
  /** Leads the same project and is on leave. */
  readonly awayLead: StoredPerson
  readonly deputy: StoredPerson
  readonly otherLead: StoredPerson
  readonly viewer: StoredPerson
  /** In the office and a lead of everything, until they are erased. */
  readonly erased: StoredPerson
  /** The same, until a people file takes them out. */
  readonly withdrawn: StoredPerson
}

/** What a request may refer to in one programme: ids as buttons carry them, and words as people type them. */
export interface Things {
  /** A word that stands in every text of the programme and in no other one. */
  readonly canary: string
  /** Stands in what people write in their own words. */
  readonly word: string
  /** Key of the programme, as it is typed. */
  readonly key: string
  readonly programme: string
  readonly project: string
  /** Led by the same people, and waiting for a second person to confirm that it improved. */
  readonly improved: string
  readonly otherProject: string
  readonly milestone: string
  readonly flagged: string
  readonly reported: string
  readonly measure: string
  readonly risk: string
  readonly decision: string
  /** Closed. */
  readonly issue: string
  readonly question: string
  /** A change of the plan by its office. */
  readonly revision: string
  /** Of the other project, two weeks ago. */
  readonly update: string
  /** A sheet that its office has sent, with a new project in it. */
  readonly draft: string
  /** Numbers of messages in the outbox. */
  readonly deadMessage: string
  readonly waitingMessage: string
  readonly channel: Place
  /** The digest that stands in the channel. */
  readonly digest: Address
  /** The question that stands in the lead's private chat. */
  readonly asked: Address
  /** Names of people, as they are typed. */
  readonly viewer: string
  readonly deputy: string
  readonly awayLead: string
  /** Has no account. */
  readonly unlinked: string
}

export interface StoredThings {
  readonly things: Things
  readonly members: Members
}

/** Tells nothing of a programme. */
export const usualWord = 'supplier'

/** What would be named of a programme that does not exist. */
export const thingsOfNothing: Things = {
  ...{ canary: 'Harrier', word: usualWord, key: 'HARRIER', programme: newId() },
  ...{ project: newId(), improved: newId(), otherProject: newId() },
  ...{ milestone: newId(), flagged: newId(), reported: newId(), measure: newId() },
  ...{
    risk: newId(),
    decision: newId(),
    question: newId(),
    issue: newId(),
    revision: newId(),
    update: newId(),
  },
  draft: newId(),
  ...{ deadMessage: '999998', waitingMessage: '999999' },
  channel: { platform: 'slack', tenant: 'T1', conversation: 'C0', kind: 'channel' },
  digest: {
    place: { platform: 'slack', tenant: 'T1', conversation: 'C0', kind: 'channel' },
    messageId: 'digest in C0',
  },
  asked: {
    place: { platform: 'slack', tenant: 'T1', conversation: 'D0', kind: 'direct' },
    messageId: 'question to D0',
  },
  ...{ viewer: 'Harrier Viewer', deputy: 'Harrier Deputy', awayLead: 'Harrier Away Lead' },
  unlinked: 'Harrier Newcomer',
}
