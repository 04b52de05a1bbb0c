/**
 * Who may do what, in one table. Each command and each kind of message names the actions that it asks for; rights.ts
 * decides them, by what somebody is to the thing in question.
 */

/**
 * What somebody is to a programme and to a thing of it.
 *
 * - `anyone`: every account of the workspace or tenant
 * - `person`: an account that the people file links to a person
 * - `member`: has a role in the programme
 * - `lead`: leads the project
 * - `workstream lead`: leads its workstream; of what belongs to no project, any workstream
 * - `deputy`: stands in today for one of these leads, who is away
 * - `sponsor`: sponsors its workstream; of what belongs to no project, the programme or any workstream
 * - `owner`: the register names them as the owner of the entry, or they stand in today for its owner, who is away
 * - `second rater`: whoever the programme's settings let rate a project beside its lead
 * - `office`: in the programme office
 * - `admin`: an account that the installation names as its administrator, whatever else it is
 */
export type Role =
  | 'anyone'
  | 'person'
  | 'member'
  | 'lead'
  | 'workstream lead'
  | 'deputy'
  | 'sponsor'
  | 'owner'
  | 'second rater'
  | 'office'
  | 'admin'

/** Every action, with the roles of which one is enough. */
export const rolesByAction = {
  'ask for help': ['anyone'],
  'look after oneself': ['person'],
  'read plan': ['member'],
  'ask leads': ['member'],
  'change project': ['lead', 'workstream lead', 'deputy', 'office'],
  'change plan': ['office'],
  'confirm update': ['sponsor', 'office'],
  'agree to move': ['sponsor', 'office'],
  'confirm milestone': ['lead', 'workstream lead', 'deputy', 'sponsor', 'office'],
  'rate beside the lead': ['second rater', 'office'],
  'record reading': ['lead', 'workstream lead', 'office'],
  'add to programme': ['workstream lead', 'office'],
  'close entry': ['lead', 'workstream lead', 'owner', 'office'],
  'close decision': ['lead', 'workstream lead', 'sponsor', 'office'],
  'override colour': ['sponsor', 'office'],
  'say leave for others': ['office'],
  'publish digest': ['office'],
  'approve paper': ['sponsor'],
  'see messages': ['office'],
  'run programme': ['office'],
  'give roles': ['office', 'admin'],
  'list programmes': ['person', 'admin'],
  'set up programme': ['admin'],
  'archive programme': ['office', 'admin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

export type Action = keyof typeof rolesByAction

/** What may still be done about a programme that was archived: it is read, and restored. */
export const actionsOnArchived: readonly Action[] = [
  ...(['ask for help', 'look after oneself', 'read plan', 'see messages'] as const),
  ...(['list programmes', 'archive programme'] as const),
]

export const actions = Object.keys(rolesByAction) as readonly Action[]
