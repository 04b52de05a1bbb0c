import { shorten } from '../../../base/text.ts'
import type { QueryContext } from '../../../chat/commands.ts'
import type { EditChoice, EditField } from '../../../chat/edit-form.ts'
import { memberIdsOf } from '../../../domain/people/members.ts'
import { namesOf } from '../../../domain/people/names.ts'
import { loadWorkstreamRefs } from '../../../domain/plan/workstream-lookup.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { maxChoices, maxTitleLength } from '../../../domain/status/project-choices.ts'

/** What of an input says how people are chosen in it. */
type PeopleInput = Pick<EditField, 'kind' | 'present' | 'choices' | 'hint'>

/** The people of a programme to choose from; where they are more than a list holds, their names are typed. */
export async function peopleInput(
  { tx }: QueryContext,
  { id }: Programme,
  chosen: readonly string[],
): Promise<PeopleInput> {
  const names = await namesOf(tx, [...(await memberIdsOf(tx, [id])), ...chosen])
  if (names.size === 0 || names.size > maxChoices) {
    const present = chosen.flatMap((one) => names.get(one) ?? []).join(', ')
    return { kind: 'text', present, hint: 'Asha Verity, Ben Okoro' }
  }
  const choices = [...names].map(([value, name]) => ({ title: cut(name), value }))
  choices.sort((one, other) => one.title.localeCompare(other.title))
  return { kind: 'choices', present: chosen.join(','), choices }
}

/** The workstreams of a programme to choose from, by id. */
export async function workstreamChoices(
  { tx }: QueryContext,
  programme: Programme,
): Promise<EditChoice[]> {
  const workstreams = await loadWorkstreamRefs(tx, [programme])
  return workstreams
    .slice(0, maxChoices)
    .map(({ id, ref, title }) => ({ title: cut(`${ref} ${title}`), value: id }))
}

const cut = (text: string) => shorten(text, maxTitleLength)
