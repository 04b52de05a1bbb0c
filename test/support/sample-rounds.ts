import { addDays, type CivilDate, fullDate } from '../../src/base/dates.ts'
import type { Plan, Project } from '../../src/domain/plan/plan.ts'
import { declaredStateOf } from '../../src/domain/plan/plan.ts'

/**
 * Four rounds in the life of a programme of 47 projects, in which everything happens that a digest can report.
 * They fit the playground's own sample, and any plan with the same numbers. All of it is invented.
 */
export interface Round {
  /** The Thursday on which people answer, and the Monday of the digest. */
  readonly day: CivilDate
  readonly digestOn: CivilDate
  readonly steps: readonly Step[]
}

/** What somebody of the programme office does: type a line, or fill in the form of a project's update. */
export type Step = (
  | { readonly say: string }
  | { readonly form: Readonly<Record<'project' | 'state' | 'reason' | 'path' | 'date', string>> }
) & {
  /** Whose account it is, where it is not the programme office's. */
  readonly by?: string
}

/** What there was to learn of a week, by the story alone: words that the digest's first message must have. */
export interface Lesson {
  readonly worse: readonly string[]
  readonly late: readonly string[]
  /** Who answers for what is worse or late. */
  readonly owners: readonly string[]
  readonly decide: readonly string[]
  readonly decided: readonly string[]
}

const say = (text: string): Step => ({ say: text })

/** Projects that nobody updates. */
const withoutUpdates = new Set(['2.6', '5.6', '7.3', '8.1'])
/** These stay open after their day, the first since early March. */
const late = new Set(['4.4/1', '1.2/2', '8.4/3'])
const moved = new Set(['6.1/1', '5.3/1', '6.3/1'])

/** The steps of each round besides "no change", by project or alone. */
const stepsByRound: readonly Readonly<Record<string, readonly Step[]>>[] = [
  {},
  {
    '5.4': [say('5.4 amber The joint guidance waits for one signature green by 30 Apr')],
    alone: [
      say('move 6.1 1 to 14 Apr because It waits for the figures on placements'),
      say(
        'decision Whether the north team moves before the summer needed from the chair by 27 Mar',
      ),
    ],
  },
  {
    '6.4': [
      say('6.4 red Both teaching posts were advertised again and nobody applied green by 29 May'),
    ],
    alone: [
      say(
        'decision for 2.2 Which of two training partners we pay for needed from the lead member by 6 Apr',
      ),
      say('dependency 7.1 on 2.1 because The examples cannot be shared before the site is up'),
    ],
  },
  {
    '1.5': [
      {
        form: {
          ...{ project: '1.5', state: 'red', date: '29 May' },
          reason: 'Both tutors withdrew',
          path: 'two tutors from the regional academy have begun',
        },
      },
    ],
    '2.4': [
      {
        form: {
          ...{ project: '2.4', state: 'amber', date: '30 Apr' },
          reason: 'Two teams have not had the template',
          path: 'both teams are briefed',
        },
      },
    ],
    '3.2': [say('3.2 amber The new lead has started and has a plan green by 30 Apr')],
    '4.3': [say('4.3 green')],
    alone: [
      say('decide 1 Yes, in May'),
      say('move 6.1 1 to 29 May because The figures came back wrong'),
      say('move 5.3 1 to 30 Apr because The police could not give days for the training'),
      say('flag 6.3 1 because Nobody can write the part on reporting'),
      say('decision Whether we meet before the inspection needed from the chair by 10 Apr'),
      say(
        'risk red 1.5 The academy opens without its first group mitigated by places on the regional course',
      ),
      say('headline The front door answered every call in its first week with one number'),
    ],
  },
]

/** The rounds from the first Monday on; `plan` as it stood on the day before. */
export function storyOf(plan: Plan, firstMonday: CivilDate): Round[] {
  return stepsByRound.map((special, at) => {
    const digestOn = addDays(firstMonday, 7 * (at + 1))
    const { alone = [] } = special
    const steps = [
      ...plan.projects.flatMap((project) => [
        ...finishedIn(project, addDays(digestOn, -7), digestOn),
        ...(special[project.ref] ?? usual(project, at)),
      ]),
      ...alone,
    ]
    return { day: addDays(digestOn, -4), digestOn, steps }
  })
}

/** In the first round every Red and Amber gets a day; from then on all is as it was. */
function usual(project: Project, round: number): Step[] {
  const { ref, updates } = project
  if (withoutUpdates.has(ref)) return []
  const state = declaredStateOf(project)
  const reason = updates[0]?.reason
  // 4.5 never had a day to be back to Green by.
  if (round > 0 || state === 'green' || !reason || ref === '4.5') return [say(`no-change ${ref}`)]
  return [say(`${ref} ${state} ${reason} green by ${state === 'red' ? '29 May' : '30 Apr'}`)]
}

function finishedIn({ ref, milestones }: Project, from: CivilDate, to: CivilDate): Step[] {
  return milestones
    .filter(({ number, due }) => {
      const name = `${ref}/${number}`
      return due !== null && from <= due && due < to && !late.has(name) && !moved.has(name)
    })
    .map(({ number }) => say(`done ${ref} ${number}`))
}

const nothing: Lesson = { worse: [], late: [], owners: [], decide: [], decided: [] }

/** What a chair is to learn after each round. */
export const lessons: readonly Lesson[] = [
  { ...nothing, late: ['4.4 Life story work', '6 days overdue'], owners: ['Samir Wells'] },
  {
    ...nothing,
    worse: ['5.4 Families facing domestic abuse', 'The joint guidance waits for one signature'],
    owners: ['Grace Elden'],
    decide: ['Whether the north team moves before the summer', 'Fri 27 Mar 2026', 'the chair'],
  },
  {
    ...nothing,
    worse: ['6.4 School and results for children in care', 'nobody applied'],
    owners: ['Leo Hartwick'],
    decide: [
      ...['Whether the north team moves before the summer', 'Fri 27 Mar 2026', 'the chair'],
      ...['Which of two training partners we pay for', 'Mon 6 Apr 2026', 'the lead member'],
    ],
  },
  {
    worse: ['1.5 Practice academy', 'Both tutors withdrew', '2.4 Plans for children in need'],
    late: ['1.2 Recruiting newly qualified staff', '8.4 Early help online', '6 days overdue'],
    owners: ['Mei Harrow', 'Asha Verity', 'Colm Ashby'],
    decide: [
      ...['Which of two training partners we pay for', 'Mon 6 Apr 2026', 'the lead member'],
      ...['Whether we meet before the inspection', 'Fri 10 Apr 2026', 'the chair'],
    ],
    decided: ['Whether the north team moves', 'Yes, in May'],
  },
]

/** What stands above the lists of the first message. */
export const firstHeadings = ['Decisions needed', 'Worse', 'Newly overdue']

/** Every kind of list that the thread of a digest has, by what stands above it. */
export function threadHeadingsOf({ digestOn }: Pick<Round, 'digestOn'>): string[] {
  const due = `Due by ${fullDate(addDays(digestOn, 14))}`
  return [
    ...[...firstHeadings, 'Still ◆ Red', 'Better', 'Finished', 'Dates that moved', due],
    ...['No update for 3 weeks', 'Headlines', 'Held up by another project', 'Risks'],
  ]
}
