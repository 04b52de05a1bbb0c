import type * as Slack from './slack/model.ts'
import type * as Teams from './teams/model.ts'

/** What the API and the page exchange: plain JSON. The page imports these as types only. */

export interface PersonViewModel {
  id: string
  name: string
  post: string
  role: string
  /** The title of their programme. */
  programme: string
  onSlack: boolean
  onTeams: boolean
}

export interface ClockViewModel {
  /** ISO moment, UTC. */
  now: string
  zone: string
  /** The moment in `zone` as a date-time picker takes it: '2026-02-27T09:30'. */
  local: string
  /** The move that is running: where to, formatted, and how much of it is done, 0 to 1. */
  moving: { to: string; share: number } | null
}

/** The playground as one person sees it. */
export interface ViewModel {
  /** What stands above everything else: of what the data are a copy. Null for the samples. */
  notice: string | null
  clock: ClockViewModel
  /** The slash command: '/rag'. */
  command: string
  people: PersonViewModel[]
  me: string
  /** Null for a person without a Slack account. */
  slack: Slack.Snapshot | null
  /** Null for a person without a Teams account. */
  teams: Teams.Snapshot | null
}

/** What a person entered in a Slack form, by the action id of the field. */
export type FormAnswers = Record<string, string | string[]>

/** A file that a person chose or dropped. `content`: base64. */
export interface ChosenFile {
  name: string
  contentType: string
  content: string
}

/** What a person does in Slack. */
export type SlackAction =
  | { act: 'open home' }
  | {
      act: 'write'
      channel: string
      text: string
      threadTs?: string | undefined
      files?: ChosenFile[] | undefined
    }
  | {
      act: 'choose'
      channel: string
      ts: string
      blockId: string
      actionId: string
      choice?: string | string[] | undefined
    }
  | {
      act: 'choose in view'
      view: string
      actionId: string
      choice?: string | string[] | undefined
      answers: FormAnswers
    }
  | { act: 'submit'; view: string; answers: FormAnswers }
  | { act: 'close'; view: string }
  | { act: 'read'; channel: string }

/** What a person does in Teams. `button` counts the Action.Execute of a card in reading order. */
export type TeamsAction =
  | { act: 'write'; conversation: string; text: string; files?: ChosenFile[] | undefined }
  /** Whether the person wants the file that a message offers. */
  | { act: 'answer offer'; message: string; isWanted: boolean }
  | {
      act: 'press'
      conversation: string
      message: string
      button: number
      filled: Record<string, string>
    }

/** Where to move the clock. */
export type ClockAction = { to: 'next monday' | 'tomorrow' | 'an hour on' | { local: string } }
