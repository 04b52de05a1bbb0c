import type { ChatIdentity } from './addresses.ts'
import type { Language } from './language.ts'

/** Who makes a request: an account, and the person it belongs to if Milepost knows them. */
export interface Actor {
  readonly identity: ChatIdentity
  /** Null for an account that is linked to no person. */
  readonly personId: string | null
  /** The account asks in a place of another organisation than its own: it is nobody there, whatever it is at home. */
  readonly isInOtherOrganisation?: boolean
  readonly name: string
  /** IANA zone. */
  readonly zone: string
  /** Absent: English. */
  readonly language?: Language | undefined
}
