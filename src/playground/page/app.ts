import type { ClockAction, SlackAction, TeamsAction } from '../view-model.ts'

/** What the parts of the page call on the whole. */
export interface App {
  /** The id of the person that the user acts as. */
  person(): string
  actAs(person: string): void
  /** Does something as that person. A refusal is shown at the top of the page. */
  act(kind: 'slack', body: SlackAction): Promise<void>
  act(kind: 'teams', body: TeamsAction): Promise<void>
  act(kind: 'clock', body: ClockAction): Promise<void>
  /** Draws the last view model again, after a choice on the page. */
  redraw(): void
  /** Switches to a person, opens a conversation in Slack and fills in its composer. */
  suggestInSlack(person: string, place: string, text: string): void
}
