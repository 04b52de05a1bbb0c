import type * as Slack from './slack/model.ts'
import type * as Teams from './teams/model.ts'

/** What the page is told: plain JSON. The page imports these types alone. */

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
  /** The move under way: where to, in words, and how much of it is done, 0 to 1. */
  moving: { to: string; share: number } | null
}

/** The playground as one person sees it. */
export interface ViewModel {
  clock: ClockViewModel
  /** The command that Slack knows: '/rag'. */
  command: string
  people: PersonViewModel[]
  me: string
  /** Null for somebody without an account there. */
  slack: Slack.Snapshot | null
  teams: Teams.Snapshot | null
}

/** What is typed into a form in Slack, by the action id of the field. */
export type FormAnswers = Record<string, string | string[]>

/** What a person does in Slack. */
export type SlackAction =
  | { act: 'write'; channel: string; text: string; threadTs?: string | undefined }
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
  | { act: 'write'; conversation: string; text: string }
  | {
      act: 'press'
      conversation: string
      message: string
      button: number
      filled: Record<string, string>
    }

/** Where the clock shall go. */
export type ClockAction = { to: 'next monday' | 'tomorrow' | 'an hour on' | { local: string } }
