import { buttonTo } from '../../chat/card-button.ts'
import type { Contactability } from '../../domain/people/contactability.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { handOverName } from './leavers/names.ts'
import { linkName } from './matching/names.ts'
import { giveRoleName } from './role-names.ts'

/** Where nobody can be asked, a row each with the button that mends it. Pure. */

/** Somebody whom the plan names, with the first thing that they own: "2.1", "workstream 2". */
export interface Owner {
  readonly id: string
  readonly name: string
  readonly ref: string
  readonly contactability: Contactability
}

/** How many are asked about at once: each takes a line and a row of buttons, and Slack holds 50 blocks. */
const maxRows = 10

/** The rows of the list of people; `more` says how many there was no place for. */
export function gapRows(
  { programme: { key: programme }, projects }: Plan,
  owners: readonly Owner[],
) {
  const those = (one: Contactability) =>
    owners.filter(({ contactability }) => contactability === one)
  const gaps = [
    ...those('gone').map(({ id, name, ref }) => ({
      ...{ title: `${name} (${ref})`, line: 'Their account is gone.' },
      buttons: [buttonTo('Hand over', `${handOverName}:form`, { person: id, programme })],
    })),
    ...those('no account').map(({ id, name, ref }) => ({
      ...{ title: `${name} (${ref})`, line: 'No account here is known to be theirs.' },
      buttons: [
        buttonTo('Choose', `${linkName}:form`, { person: id, programme }),
        buttonTo('Hand over', `${handOverName}:form`, { person: id, programme }),
      ],
    })),
    ...projects
      .filter(({ leads }) => leads.length === 0)
      .map(({ id, ref, title }) => ({
        ...{ title: `${ref} ${title}`, line: 'Nobody leads it.' },
        buttons: [buttonTo('Choose leads', 'change-project:form', { project: id })],
      })),
  ]
  const rest = gaps.length - maxRows
  return {
    rows: [...gaps.slice(0, maxRows), rolesRow(programme, those('no account').length > 0)],
    more: rest > 0 ? `${rest} more will be here when these are done.` : '',
  }
}

function rolesRow(programme: string, hasUnlinked: boolean) {
  const match = buttonTo('Find the owners here', 'people-match', { programme })
  return {
    ...{ title: 'Roles', line: 'Who is in the programme office, sponsors it or reads it.' },
    buttons: [
      buttonTo('Give a role', `${giveRoleName}:form`, { programme }),
      ...(hasUnlinked ? [match] : []),
    ],
  }
}
