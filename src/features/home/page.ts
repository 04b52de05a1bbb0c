import type { CivilDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { buttonTo } from '../../chat/card-button.ts'
import type { Card } from '../../chat/cards.ts'
import { projectsLedBy } from '../../domain/plan/led-projects.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import type { Question } from '../../domain/questions/question.ts'
import type { Decision } from '../../domain/register/entry.ts'
import type { CurrentRounds } from '../../domain/rounds/rules.ts'
import { homeCard } from './cards.ts'
import { fitSections, type PageSize, type SectionDraft } from './fit-sections.ts'
import { informationSection, type OwedRow, owedSection, questionsSection } from './lead-sections.ts'
import { type OfficeInput, officeSections } from './office-sections.ts'
import { projectsSection } from './projects-section.ts'
import { decisionsSection, latestDigestSection, sponsoredSection } from './reader-sections.ts'

/** What only somebody of a programme's office is shown of it. */
export type OfficeFacts = Omit<OfficeInput, 'plan' | 'rounds' | 'now' | 'prefix'>

/** A programme as one person's page needs it. */
export interface HomeProgramme {
  readonly plan: Plan
  readonly rounds: CurrentRounds | undefined
  readonly decisions: readonly Decision[]
  readonly latestDigest: Parameters<typeof latestDigestSection>[1]
  /** Undefined where the person is not in its office. */
  readonly office: OfficeFacts | undefined
}

export interface HomeInput {
  readonly programmes: readonly HomeProgramme[]
  readonly owed: readonly OwedRow[]
  readonly questions: readonly Question[]
  readonly personId: string
  readonly isAdmin: boolean
  readonly now: Date
  readonly today: CivilDate
  /** How a command begins there: "/rag". */
  readonly prefix: string
}

/**
 * One person's page: what they owe as a lead or a deputy, then what their office, their sponsorship and the board are
 * there for. Somebody with several roles has the sections of all of them, in this order.
 */
export function homePage(input: HomeInput, size: PageSize, note = ''): Card {
  const { owed, questions, prefix } = input
  const toAnswer = owed.filter(({ asks }) => asks !== false).length + questions.length
  const drafts = [
    owedSection(owed, prefix),
    questionsSection(questions),
    myProjects(input),
    ...officeParts(input),
    ...sponsorParts(input),
    ...boardParts(input),
    setupSection(input),
  ].filter((draft) => draft !== undefined)
  return homeCard({
    heading: 'Your page',
    intro:
      drafts.length === 0
        ? `You are in no programme here yet. Type ${prefix} help to see what you can ask.`
        : toAnswer === 0
          ? 'You have nothing to answer.'
          : `${plural(toAnswer, 'thing')} to answer.`,
    note,
    sections: fitSections(drafts, size),
  })
}

function myProjects(input: HomeInput): SectionDraft | undefined {
  const { programmes, personId, today, prefix } = input
  const rounds = new Map(
    programmes.flatMap(({ plan, rounds: of }) => (of ? [[plan.programme.id, of] as const] : [])),
  )
  return projectsSection({
    ...{ personId, today, prefix, rounds },
    plans: programmes.map(({ plan }) => plan),
  })
}

function officeParts({ programmes, now, prefix }: HomeInput): SectionDraft[] {
  return programmes.flatMap(({ plan, rounds, office }) =>
    office ? officeSections({ ...office, plan, rounds, now, prefix }) : [],
  )
}

function sponsorParts({ programmes, owed, personId }: HomeInput): (SectionDraft | undefined)[] {
  const parts = programmes.flatMap(({ plan, decisions }) => {
    const sponsored = sponsoredSection(plan, personId)
    return sponsored ? [sponsored, decisionsSection(plan, decisions)] : []
  })
  return [...parts, informationSection(owed)]
}

/** Of the programmes in which somebody leads nothing, sponsors nothing and is not in the office. */
function boardParts({ programmes, personId }: HomeInput): (SectionDraft | undefined)[] {
  return programmes
    .filter(({ plan, office }) => {
      const isSponsor = plan.workstreams.some(({ sponsors }) => sponsors.includes(personId))
      return !office && !isSponsor && projectsLedBy(plan, personId).length === 0
    })
    .flatMap(({ plan, decisions, latestDigest }) => [
      decisionsSection(plan, decisions),
      latestDigestSection(plan, latestDigest),
    ])
}

function setupSection({ programmes, isAdmin }: HomeInput): SectionDraft | undefined {
  if (!isAdmin || programmes.length > 0) return undefined
  return {
    heading: 'Set up Milepost',
    lines: ['You administer Milepost here, and are in no programme yet.'],
    rows: [],
    buttons: [buttonTo('Set up a programme', 'setup:form', {}, 'positive')],
    ...{ noun: 'row', rest: '', share: 0 },
  }
}
