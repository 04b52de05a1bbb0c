import type { PaperBlock } from '../../../base/papers/paper.ts'
import type { BenefitStanding } from '../../../domain/measures/benefits.ts'
import type { Project } from '../../../domain/plan/plan.ts'
import { dayText, listOr, noneFor, tableOr } from './parts.ts'
import type { PaperSnapshot, ProjectBenefits } from './snapshot.ts'

/** Which measures projects were to move, and whether they did. */

const stateTexts: Readonly<Record<BenefitStanding['state'], string>> = {
  moved: 'Moved',
  'not moved': 'Not moved',
  'to come': 'To come',
  'not known': 'Not known',
}

/** `projects`: left out, all that have any, closed ones too. */
export function benefitsTable(
  { beside, reader }: PaperSnapshot,
  projects?: readonly Project[],
): PaperBlock {
  const shown = beside.benefits.filter(
    ({ id }) => projects === undefined || projects.some((one) => one.id === id),
  )
  return tableOr(
    noneFor(reader, 'Measures to move', 'No project says which measure it is to move.'),
    'Measures that projects are to move, and whether they did',
    [
      ['Project', 3],
      ['Measure', 4],
      ['From', 1.8],
      ['By', 1],
      ['Did it?', 1.6],
      ['How we know', 4],
    ],
    shown.flatMap(({ ref, title, standings }) =>
      standings.map(({ benefit, measure, state, told }) => [
        { text: `${ref} ${title}` },
        { text: [String(benefit.measure), measure?.title].filter(Boolean).join(' ') },
        { text: dayText(benefit.from) },
        { text: String(benefit.by) },
        { text: stateTexts[state] },
        { text: told },
      ]),
    ),
  )
}

/** What was delivered and has not moved its measure; nothing where there is none. */
export function notMovedBlocks({ beside }: PaperSnapshot): PaperBlock[] {
  const lines = beside.benefits.filter(({ isDelivered }) => isDelivered).flatMap(notMovedLines)
  return lines.length === 0 ? [] : [listOr('', ['Delivered, not moved:', ...lines])]
}

const notMovedLines = ({ ref, title, standings }: ProjectBenefits): string[] =>
  standings
    .filter(({ state }) => state === 'not moved')
    .map(({ benefit, told }) => `${ref} ${title}: measure ${benefit.measure}. ${told}`)
