import type { Actor } from '../base/actor.ts'
import { Refusal } from '../base/errors.ts'
import type { Action } from './actions.ts'

/** Who does it instead, in words. */

/**
 * Everything but what everybody in the programme may do: to somebody outside it the thing is unknown, which its lookup
 * says in the same words as of a thing that does not exist.
 */
export type RefusedAction = Exclude<
  Action,
  'ask for help' | 'look after oneself' | 'read plan' | 'ask leads' | 'list programmes'
>

const officeText = (programme: string) =>
  `Only the programme office of ${programme} can do that. Nothing was changed.`

const officeOrAdminText = (programme: string) =>
  `Only the programme office of ${programme} and the administrators of Milepost can do that. Nothing was changed.`

/** `thing`: as a sentence names it: "2.1 Roll out", "decision 3", "the programme W17"; of setting up, who does it. */
const texts: Readonly<Record<RefusedAction, (thing: string) => string>> = {
  'change project': (thing) =>
    `Thank you, but ${thing} is updated by its leads and the programme office. Nothing was saved.`,
  'confirm update': (thing) =>
    `Thank you, but ${thing} is confirmed by its sponsor and the programme office. Nothing was saved.`,
  'agree to move': (thing) =>
    `Thank you, but a move of ${thing} is agreed by its sponsor and the programme office. Nothing was changed.`,
  'confirm milestone': (thing) =>
    `Thank you, but milestones of ${thing} are confirmed by its leads, its sponsor and the programme office. Nothing was saved.`,
  'rate beside the lead': (thing) => `Thank you, but ${thing} Nothing was saved.`,
  'record reading': (thing) =>
    `Thank you, but ${thing} is recorded by the leads of its projects and the programme office. Nothing was saved.`,
  'add to programme': () =>
    'Thank you, but what concerns a whole programme is added by the leads of its workstreams and its programme office. Nothing was saved.',
  'close entry': (thing) => `Thank you, but ${thing} and the programme office. Nothing was saved.`,
  'close decision': (thing) =>
    `Thank you, but ${thing}, sponsors and the programme office. Nothing was saved.`,
  'override colour': (programme) =>
    `Only the programme office of ${programme} and its sponsors can do that. Nothing was saved.`,
  'say leave for others': () =>
    'Only a programme office can say that for others. Leave out “for …” to say it of yourself. Nothing was saved.',
  'see messages': () =>
    'What became of messages is for the programme office to see. Please ask them. Nothing was changed.',
  'change plan': officeText,
  'publish digest': officeText,
  'approve paper': (programme) =>
    `Thank you, but papers of ${programme} are approved by its sponsors. Nothing was changed.`,
  'run programme': officeText,
  'give roles': officeOrAdminText,
  'set up programme': (who) =>
    `Programmes are set up by the administrators of Milepost here: ${who}. Nothing was saved.`,
  'archive programme': officeOrAdminText,
}

export function refusalText(action: RefusedAction, thing: string): string {
  return texts[action](thing)
}

/** The answer to whoever would change something of a programme that was archived. */
export const archivedRefusal = () =>
  new Refusal(
    'That programme is archived: it can be read, and nothing of it is changed or sent. Its programme office can restore it. Nothing was saved.',
  )

/** The answer to an account that nobody has linked to a person yet, telling what to do. */
export function strangerRefusal({ identity: { tenant, user } }: Actor): Refusal {
  return new Refusal(
    `I do not know this account yet. Ask your programme office to add it to the people of your programme: ${tenant}/${user}`,
  )
}
