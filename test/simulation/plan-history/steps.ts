import type { SeededRandom } from '../../support/seeded-random.ts'

/** Lines that an office or a lead may type about a small plan: many are refused, as they would be of people. */

export const firstSheet = sheetOf([
  ['1.1', '1 People', 'Recruiting', 'Asha Verity', 'Adverts out - 6 March 2017', 'G', '', 'Posts'],
  ['1.2', '1 People', 'Keeping', 'Asha Verity', 'Offer agreed - 31 March 2017', 'A', 'Late', ''],
  [
    '2.1',
    '2 Practice',
    'Policy',
    'Ben Okoro',
    'Policy agreed - 30 June 2017',
    'R',
    'Lost',
    'Visits',
  ],
])

export type Row = readonly [string, string, string, string, string, string, string, string]

function sheetOf(rows: readonly Row[]): string {
  const head =
    'Ref,Priority,Action,Action Owner,Deadline for Completion,RAG,Commentary,Key Performance Indicators'
  const lines = rows.map((row) => row.map((cell) => `"${cell}"`).join(','))
  return [head, ...lines].join('\n')
}

const projects = ['1.1', '1.2', '2.1', '2.2', '1.3'] as const
const words = ['lamp', 'river', 'stone', 'cloud', 'field'] as const
const names = ['Asha Verity', 'Priya Marlowe', 'Ben Okoro'] as const

/** A line by the office. */
export function randomLine(random: SeededRandom): string {
  const project = random.pick(projects)
  const word = random.pick(words)
  const milestone = 1 + random.below(3)
  return random.pick([
    `${project} green`,
    `${project} amber ${word} is late green by 30 Jun`,
    `${project} red ${word} is lost green by 30 Sep`,
    `no change ${project}`,
    `done ${project} ${milestone}`,
    `move ${project} ${milestone} to ${1 + random.below(28)} Jul because of the ${word}`,
    `flag ${project} ${milestone} because of the ${word}`,
    `reopen ${project} ${milestone} because the ${word} is open`,
    `reword ${project} ${milestone} to Find the ${word}`,
    `remove milestone ${project} ${milestone} because it is there twice`,
    `add milestone ${project} Paint the ${word} by ${1 + random.below(28)} Aug 2017`,
    `add project The ${word} to ${1 + random.below(2)}`,
    `set ${project} title to The ${word}`,
    `set ${project} leads to ${random.pick(names)}`,
    `set ${project} workstream to ${1 + random.below(4)}`,
    `set ${project} starts to ${1 + random.below(28)} Mar 2017`,
    `set ${project} number to ${random.pick(projects)}`,
    `set workstream ${1 + random.below(2)} title to The ${word}`,
    `add workstream The ${word}`,
    `remove workstream ${1 + random.below(4)} because of the ${word}`,
    `tag ${project} ${word}`,
    `hold ${project} because of the ${word}`,
    `pipeline ${project} because of the ${word}`,
    `close ${project} as stopped because of the ${word}`,
    `remove project ${project} because it is there twice`,
    `resume ${project}`,
    `add measure The ${word} with target ${random.below(100)}%, projects ${project}`,
    `set measure ${milestone} title to The ${word} of all`,
    `set measure ${milestone} target to ${random.below(100)}%`,
    `set measure ${milestone} projects to ${project} and ${random.pick(projects)}`,
    `set measure ${milestone} target day to ${1 + random.below(28)} Sep 2017`,
    `remove measure ${milestone} because of the ${word}`,
    `kpi ${milestone} ${random.below(100)}%`,
    `admin scheme ${random.pick(['rag', 'brag'])}`,
    'undo',
    'undo import',
  ])
}

/** The first sheet with other words, dates, owners and states, rows more and rows less. */
export function randomSheet(random: SeededRandom): string {
  const deadline = () =>
    `${random.pick(['Adverts out', 'Offer agreed', 'Policy agreed'])} - ${1 + random.below(28)} July 2017`
  const row = (ref: string): Row => [
    ref,
    ref.startsWith('1') ? '1 People' : '2 Practice',
    `The ${random.pick(words)}`,
    random.pick(names),
    random.happens(0.5) ? deadline() : `${deadline()}\n${deadline()}`,
    ...(random.pick([
      ['G', ''],
      ['A', 'Late'],
      ['R', 'Lost'],
    ]) as [string, string]),
    random.pick(['', 'Posts', 'Visits', `The ${random.pick(words)}`]),
  ]
  const listed = projects.filter(() => random.happens(0.7))
  return sheetOf((listed.length > 0 ? listed : projects).map(row))
}
