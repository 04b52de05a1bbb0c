/**
 * What an account is to its workspace: one of the organisation's people, somebody let in from outside, a program, an
 * account that was closed, or somebody of another organisation with whom a channel is shared.
 */
export type Standing = 'employee' | 'guest' | 'bot' | 'deactivated' | 'outsider'

/** Why nobody can write to Milepost by such an account, after their name; undefined for one that can. Guests can. */
export function standingProblem(standing: Standing | undefined): string | undefined {
  switch (standing) {
    case 'bot':
      return 'is an app and not a person.'
    case 'deactivated':
      return 'has left: the account is closed. Choose somebody who can answer.'
    case 'outsider':
      return 'is of another organisation, and cannot use Milepost in yours. Choose somebody of yours.'
    default:
      return undefined
  }
}
