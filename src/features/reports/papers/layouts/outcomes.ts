import { headingBlock, type PaperBlock } from '../../../../base/papers/paper.ts'
import type { MeasureEntry } from '../../../../domain/digests/content/measure-entries.ts'
import { formatState } from '../../../../domain/scheme/schemes.ts'
import { ratingContextOf, ratingOf } from '../../../../domain/status/rating.ts'
import { benefitsTable } from '../benefit-tables.ts'
import { factsOf, type PaperLayout } from '../layout.ts'
import { dashNote, listOr, measureName, noneFor, tableOr, textCell } from '../parts.ts'
import type { PaperSnapshot } from '../snapshot.ts'

/** Outcomes, their measures and the recommendations they answer, as in W17's appendix 4. */
export const outcomes: PaperLayout = {
  key: 'outcomes',
  title: 'Outcomes, measures and recommendations',
  about:
    'each outcome with its measures, the projects that serve it and the recommendations they answer',
  compose: (snapshot) => ({
    title: `${snapshot.plan.programme.title}: outcomes, measures and recommendations`,
    language: 'en-GB',
    facts: factsOf(snapshot),
    blocks: [
      headingBlock(1, 'Outcomes'),
      outcomesTable(snapshot),
      headingBlock(1, 'Recommendations'),
      recommendationsTable(snapshot),
      headingBlock(1, 'Measures to move'),
      benefitsTable(snapshot),
      headingBlock(1, 'Measures of no outcome'),
      listOr(
        noneFor(snapshot.reader, 'Measures', 'Every measure belongs to an outcome.'),
        snapshot.measures
          .filter((measure) => measure.outcomes.length === 0)
          .map((measure) => `${measureName(measure)}: ${measure.title}`),
      ),
      headingBlock(1, 'Notes'),
      listOr('', [linksNote, dashNote]),
    ],
  }),
}

const linksNote =
  'Which project serves which outcome, recommendation and measure is shown as it is recorded now.'

function outcomesTable(snapshot: PaperSnapshot): PaperBlock {
  const { links, measures, plan, digest, reader } = snapshot
  return tableOr(
    noneFor(reader, 'Outcomes', 'No outcome is recorded.'),
    'Outcomes with their measures, projects and recommendations',
    [
      ['Outcome', 4],
      ['Measures', 4],
      ['Projects', 3.5],
      ['Recommendations', 2],
    ],
    links.outcomes.map(({ number, text }) => {
      const own = plan.projects.filter(({ id }) =>
        links.projects.get(id)?.outcomes.includes(number),
      )
      const refs = new Set(own.flatMap(({ id }) => links.projects.get(id)?.recommendations ?? []))
      const told = measures
        .filter((measure) => measure.outcomes.some((one) => one.number === number))
        .flatMap(({ id }) => digest.measures.find((one) => one.measureId === id) ?? [])
      return [
        { text: `${number} ${text}` },
        textCell(told.map(measureText).join('\n')),
        textCell(own.map((project) => `${project.ref} ${project.title}`).join('\n')),
        textCell([...refs].join(', ')),
      ]
    }),
  )
}

function recommendationsTable({ links, plan, reader }: PaperSnapshot): PaperBlock {
  const context = ratingContextOf(plan)
  return tableOr(
    noneFor(reader, 'Recommendations', 'No recommendation is recorded.'),
    'Recommendations with the projects that answer them',
    [
      ['Number', 1],
      ['Recommendation', 5],
      ['Projects and their ratings', 6],
    ],
    links.recommendations.map(({ ref, text }) => {
      const own = plan.projects.filter(({ id }) =>
        links.projects.get(id)?.recommendations.includes(ref),
      )
      const told = own.map((project) => {
        return `${project.ref} ${project.title}: ${formatState(ratingOf(project, context).state)}`
      })
      return [{ text: ref }, textCell(text), textCell(told.join('\n'))]
    }),
  )
}

/** 'KPI 3: Assessments in time (86%, target 90%)' */
function measureText(measure: MeasureEntry): string {
  const { title, reading, target } = measure
  const parts = [reading ?? 'no reading yet', target ? `target ${target}` : 'no target']
  return `${measureName(measure)}: ${title} (${parts.join(', ')})`
}
