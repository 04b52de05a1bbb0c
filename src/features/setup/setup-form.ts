import { nations } from '../../base/bank-holidays.ts'
import { weekdays } from '../../base/dates.ts'
import { capitalised } from '../../base/text.ts'
import type { Card } from '../../chat/cards.ts'
import type { FormState } from '../../chat/commands.ts'
import { listProblems } from '../../chat/form-problems.ts'
import type { Installation } from '../../chat/installation.ts'
import { nationTitles } from '../../domain/calendars/nations.ts'
import { builtInSchemes } from '../../domain/scheme/schemes.ts'
import { setupFormCard, setupValues } from './cards.ts'

/** `begin` of a programme that begins with nothing. */
export const emptyBeginning = 'empty'

const formValues = setupValues.partial().catch({})

/** The form, with what was typed already; where nothing was, with what most programmes choose. */
export function setupForm(
  { samples }: Pick<Installation, 'samples'>,
  { values, problems }: FormState,
): Card {
  const typed = formValues.parse(values)
  return setupFormCard({
    values: {
      ...{ key: typed.key ?? '', title: typed.title ?? '', states: typed.states ?? '' },
      scheme: typed.scheme || 'rag',
      nation: typed.nation || 'england-and-wales',
      begin: typed.begin || emptyBeginning,
      ...{ weekday: typed.weekday ?? '', time: typed.time ?? '' },
    },
    schemes: [
      ...Object.values(builtInSchemes).map(({ key, label, states }) => ({
        title: `${label}: ${states.map((state) => state.label).join(', ')}`,
        value: key,
      })),
      { title: 'Its own states, written below', value: 'own' },
    ],
    nations: nations.map((value) => ({ title: nationTitles[value], value })),
    weekdays: weekdays.map((value) => ({ title: capitalised(value), value })),
    beginnings: [
      { title: 'Nothing: you add to it', value: emptyBeginning },
      ...samples.map(({ key, title }) => ({ title: `A sample: ${title}`, value: key })),
    ],
    problems: listProblems(problems),
  })
}
