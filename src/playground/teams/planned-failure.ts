import type { ConnectionFault } from '../failure-plan.ts'

/** The calls that a bot makes to Teams, under the names that the connector gives them. */
export type Operation =
  | 'token'
  | 'createConversation'
  | 'sendToConversation'
  | 'replyToActivity'
  | 'updateActivity'
  | 'deleteActivity'
  | 'getMembers'
  | 'getPagedMembers'
  | 'getMember'
  | 'getTeam'
  | 'getChannels'
  | 'downloadFile'
  | 'uploadFile'

/** How a call fails: by its connection, or with a status that is answered instead of doing the work. */
export type PlannedFailure = ConnectionFault | number | FailureStatus

export interface FailureStatus {
  status: number
  code?: string
  message?: string
  /** Sent as Retry-After. */
  retryAfterSeconds?: number
}
