import type { Lesson, Step } from './sample-rounds.ts'

/** Two weeks of each of the playground's smaller samples, told by its programme office. All of it is invented. */
export interface ProgrammeWeeks {
  readonly key: string
  /** Words of its title. */
  readonly programme: string
  readonly title: string
  readonly name: string
  /** The programme office's account, and the channel of the board, in Slack. */
  readonly user: string
  readonly channel: { readonly id: string; readonly name: string }
  /** Who reads it. */
  readonly chair: string
  /** What is said on the Thursday of each week. */
  readonly weeks: readonly (readonly Step[])[]
  /** What a chair is to learn from the digest after the second week. */
  readonly learns: Lesson
}

const said = (text: string): Step[] => lines(text).map((line) => ({ say: line }))

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

const noChange = (refs: string): string =>
  refs
    .split(' ')
    .map((ref) => `no-change ${ref}`)
    .join('\n')

const rated = (refs: string, state: string): string =>
  refs
    .split(' ')
    .map((ref) => `${ref} ${state}`)
    .join('\n')

export const otherProgrammes: readonly ProgrammeWeeks[] = [
  {
    learns: {
      worse: ['5.1 Start talking about adult life in Year 9', '3.8 With schools and health'],
      late: ['4.1 Review every out-of-area placement', '4 days overdue', 'moved once'],
      owners: ['Rowan Tilley', 'Ottilie Marsh', 'Joel Abara and 2 others'],
      decide: ['Whether we share the adviser with the next county', 'Fri 10 Apr 2026', 'the chair'],
      decided: ['The director agreed the money for six months'],
    },
    chair: 'Edmund Vale',
    ...{ title: 'Special educational needs', name: 'send' },
    ...{
      key: 'SEND',
      programme: 'SEND Action Plan',
      user: 'U0IMOGEN',
      channel: { id: 'C0SEND', name: 'send-board' },
    },
    weeks: [
      said(`
          ${rated('1.1 1.2 1.3 1.4 2.1 2.5 2.6 2.7 3.1 3.2 3.4 3.5 3.8 5.1 5.2', 'green')}
          1.5 amber Two of four lists still have no owner green by 30 Apr
          2.2 red Neither locum post has had an applicant green by 29 May
          3.3 amber Health visitors have not seen the checklist green by 30 Apr
          4.1 amber The review is half done green by 30 Apr
          move 4.1 1 to 26 Mar because Two homes could not be visited before
          decision for 2.2 Whether we pay an agency for psychologists needed from the director by 25 Mar
          decision for 4.2 Whether we share the adviser with the next county needed from the chair by 10 Apr
        `),
      said(`
          ${noChange('1.1 1.2 1.3 1.4 2.1 2.5 2.6 2.7 3.1 3.2 3.4 3.5 5.2')}
          decide 1 The director agreed the money for six months
          no-change 2.2
          1.5 green All four lists have an owner
          3.8 amber The hospital counts children in another way green by 30 Apr
          5.1 red Three of four employers withdrew green by 29 May
          2.4 green
          4.2 amber No adviser was free before May green by 1 Jun
        `),
    ],
  },
  {
    learns: {
      worse: ['4.1 Call every carer back within five days', '5.1 Record supervision'],
      late: ["4.2 Publish the carers' guide", '3 days overdue'],
      owners: ['Hester Lyle', 'Anneka Byrd'],
      decide: ['Whether staff go back to paper until the form works', 'Thu 2 Apr 2026'],
      decided: ['The director agreed forty reviews a month'],
    },
    chair: 'Tobias Wren',
    ...{ title: 'Adult social care', name: 'adult-care' },
    ...{
      key: 'ASC',
      programme: 'Adult Social Care',
      user: 'U0FAYE',
      channel: { id: 'C0ASC', name: 'adult-care-board' },
    },
    weeks: [
      said(`
          ${noChange('1.1 1.3 2.2 2.3 3.2 3.3 4.2 5.1 5.2')}
          done 4.2 1
          1.2 amber The hospital trust has not signed green by 31 Mar
          2.1 red Two of six reviewers have started green by 30 Jun
          3.1 amber The meeting was put off twice green by 30 Apr
          4.1 amber One of three teams has no cover green by 30 Apr
          decision for 2.1 Whether we buy reviews from an agency needed from the director by 24 Mar
          risk red 3.2 The landlord may sell two of the six flats mitigated by a longer lease
        `),
      said(`
          ${noChange('1.1 1.3 2.2 2.3 3.2 3.3 4.2 5.2 3.1')}
          decide 1 The director agreed forty reviews a month
          1.2 green The hospital trust has signed
          4.1 red Two of three teams have no cover green by 29 May
          5.1 red The form was turned off after it lost notes green by 30 Apr
          no-change 2.1
          done 1.1 1
          move 3.2 1 to 30 Apr because The last flat needs a new kitchen
          decision for 5.1 Whether staff go back to paper until the form works needed from the director by 2 Apr
          kpi 2 61% for March 2026
        `),
    ],
  },
  {
    learns: {
      worse: ['2.1 One worker from start to finish'],
      late: ['Changes of worker counted each month', '3 days overdue', '4.1 Four flats furnished'],
      owners: ['Idris Fallow'],
      decide: ['Who pays for the night line after July', 'Mon 13 Apr 2026', 'the board'],
      decided: ['The flats are furnished from our own stores by Easter'],
    },
    chair: 'Osric Pembury',
    ...{ title: 'Families first, rated by milestones', name: 'families-first' },
    ...{
      key: 'FFC',
      programme: 'Families First',
      user: 'U0LUCY',
      channel: { id: 'C0FFC', name: 'families-first-board' },
    },
    weeks: [
      said(`
          done 2.3 1
          flag 1.1 2 because The builder waits for a fire door
          decision for 4.1 Whether we furnish the flats from our own stores needed from the director by 25 Mar
        `),
      [
        { say: 'confirm 2.3 1', by: 'U0OSRIC' },
        ...said(`
          decide 1 The flats are furnished from our own stores by Easter
          done 4.1 1
          move 2.2 2 to 17 Apr because The health trust asked for a change
          decision for 3.3 Who pays for the night line after July needed from the board by 13 Apr
        `),
      ],
    ],
  },
  {
    learns: {
      worse: ['1.1 Refresh the quality handbook', '5.2 Bring the feedback app'],
      late: [],
      owners: ['Tamsin Odell', 'Cleo Ashdown'],
      decide: ['Whether we buy the handbook from another council', 'Fri 10 Apr 2026'],
      decided: ['Caretakers are paid until July'],
    },
    chair: 'Vivienne Alder',
    ...{ title: 'Youth services, rated in words of their own', name: 'youth' },
    ...{
      key: 'YTH',
      programme: 'Youth Services',
      user: 'U0DELIA',
      channel: { id: 'C0YTH', name: 'youth-board' },
    },
    weeks: [
      said(`
          ${noChange('1.1 1.2 1.3 1.4 1.5 2.1 2.2 2.4 3.1 3.2 3.3 3.4 3.5 4.1 4.4 5.1 5.2 5.3')}
          done 2.4 1
          4.3 inadequate Only two people are trained to hold them green by 30 Sep
          decision for 3.1 Whether caretakers are paid to open three centres needed from the director by 24 Mar
        `),
      said(`
          ${noChange('1.2 1.3 1.4 2.1 2.2 2.4 3.2 3.3 3.4 3.5 4.1 4.4 5.1 5.3')}
          decide 1 Caretakers are paid until July
          1.1 inadequate The writer left and nobody has the draft green by 29 May
          1.5 good All six have started
          3.1 good Caretakers open all eight places
          5.2 requires improvement The app fails on older phones green by 30 Apr
          5.4 good
          decision for 1.1 Whether we buy the handbook from another council needed from the director by 10 Apr
        `),
    ],
  },
]
