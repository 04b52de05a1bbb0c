import type { ChatIdentity } from './addresses.ts'

/** Who asks: an account, and the person it belongs to if Milepost knows them. */
export interface Actor {
  readonly identity: ChatIdentity
  readonly personId: string | null
  readonly name: string
  /** IANA zone. */
  readonly zone: string
}
