import type { ClockAction, SlackAction, TeamsAction } from '../view-model.ts'

/** What the parts of the page ask of the whole. */
export interface App {
  /** The id of the person one acts as. */
  person(): string
  actAs(person: string): void
  /** Does something as that person; why it was refused is shown at the top. */
  act(kind: 'slack', body: SlackAction): Promise<void>
  act(kind: 'teams', body: TeamsAction): Promise<void>
  act(kind: 'clock', body: ClockAction): Promise<void>
  /** Draws what was last seen again, after a choice made on the page. */
  redraw(): void
  /** Becomes a person, opens a place in Slack and fills in its composer. */
  suggestInSlack(person: string, place: string, text: string): void
}
