import type { CivilDate } from '../../../base/dates.ts'
import type { DigestContent, Statement } from '../../../domain/digests/content/content.ts'
import { stateIn } from '../../../domain/scheme/scheme-snapshot.ts'
import { formatState, stateNouns } from '../../../domain/scheme/schemes.ts'
import { formatPathToGreen } from './format.ts'
import { createLineFormatter, type LineFormatter } from './line-format.ts'
import { milestoneSections } from './milestone-sections.ts'
import { registerSections } from './register-sections.ts'
import type { Section } from './section.ts'

/**
 * What a digest lists, in the order in which it is read: first what moved, what is late and what is asked, then the
 * rest. Sections with nothing in them are left out. `prefix` is how a command begins there.
 */
export function sectionsOf(content: DigestContent, prefix: string): Section[] {
  const lines = createLineFormatter(content, prefix)
  const projects = projectSections(content, lines)
  const milestones = milestoneSections(content, lines)
  const register = registerSections(content, lines)
  const [worst, ...others] = projects.attention
  const sections = [
    projects.worse,
    projects.better,
    milestones.late,
    milestones.moved,
    ...(worst ? [worst] : []),
    register.decision,
    projects.beside,
    milestones.due,
    projects.quiet,
    milestones.finished,
    register.headline,
    register.dependency,
    register.risk,
    milestones.stillLate,
    milestones.atRisk,
    ...others,
  ]
  return sections.filter(({ entries }) => entries.length > 0)
}

function projectSections(content: DigestContent, lines: LineFormatter) {
  return {
    worse: movedSection('worse', content, lines),
    better: movedSection('better', content, lines),
    attention: content.attention.map((group) => attentionSection(group, content, lines)),
    beside: remarksSection(content, lines),
    quiet: quietSection(content, lines),
  }
}

function movedSection(
  way: 'worse' | 'better',
  content: DigestContent,
  lines: LineFormatter,
): Section {
  return {
    key: way,
    heading: way === 'worse' ? 'Worse' : 'Better',
    entries: content[way].map((each) => {
      // What is as it should be needs no reason and no path.
      const asksForPath = content.attention.some(({ state }) => state === each.to)
      return {
        ...lines.head(each),
        lines: [
          ...lines.reason(each, asksForPath),
          ...(asksForPath ? [lines.abbreviate(formatPathToGreen(each, content), each.ref)] : []),
          ...(each.awaited ? [each.awaited] : []),
        ],
      }
    }),
    noun: [`project that got ${way}`, `projects that got ${way}`],
    firstMessageLimit: way === 'worse' ? 8 : 4,
  }
}

function attentionSection(
  { state, entries }: DigestContent['attention'][number],
  content: DigestContent,
  lines: LineFormatter,
): Section {
  const told = stateIn(content.scheme, state)
  return {
    key: told.key,
    heading: content.previousAsAt ? `Still ${formatState(told)}` : formatState(told),
    entries: entries.map((each) => ({
      ...lines.head(each),
      lines: each.onDay
        ? formatStatement(content, each, each.onDay, lines)
        : ['As its milestones are rated'],
    })),
    noun: stateNouns(told),
    firstMessageLimit: told.key === content.scheme.worst ? 12 : 0,
  }
}

function formatStatement(
  content: DigestContent,
  each: Statement,
  onDay: CivilDate,
  lines: LineFormatter,
): string[] {
  const path = lines.abbreviate(formatPathToGreen(each, content), each.ref)
  return [
    // In one line: what stays Red is long known, and the list of it is long.
    [...lines.reason(each, true).map((reason) => reason.replace(/[.;]$/, '')), path].join('. '),
    ...(each.awaited ? [each.awaited] : []),
    ...(onDay < content.notUpdated.since ? [lines.age(onDay)] : []),
  ]
}

/** A second rating that differs, a check that nobody answered. */
function remarksSection(content: DigestContent, lines: LineFormatter): Section {
  return {
    key: 'beside',
    heading: 'Questions and other views',
    entries: content.beside.map((each) => ({
      ...lines.head(each),
      lines: each.lines.map((line) => lines.abbreviate(line, each.ref)),
    })),
    noun: ['project with questions or other views', 'projects with questions or other views'],
    firstMessageLimit: 4,
  }
}

/** But for what stands above with its age: the Reds. */
function quietSection(
  { quiet: all, attention: [worst] }: DigestContent,
  lines: LineFormatter,
): Section {
  const above = new Set(worst?.entries.map(({ id }) => id))
  return {
    key: 'quiet',
    heading: 'Gone quiet',
    entries: all
      .filter(({ id }) => !above.has(id))
      .map((each) => ({
        ...lines.head(each, { isUnconfirmed: true }),
        lines: [lines.age(each.onDay)],
      })),
    noun: ['project gone quiet', 'projects gone quiet'],
    firstMessageLimit: 4,
  }
}
