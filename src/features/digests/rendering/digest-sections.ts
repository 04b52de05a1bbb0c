import type { CivilDate } from '../../../base/dates.ts'
import type { DigestContent, Statement } from '../../../domain/digests/content/content.ts'
import { stateIn } from '../../../domain/scheme/scheme-snapshot.ts'
import { nounOf, shown } from '../../../domain/scheme/schemes.ts'
import { pathInWords } from './format.ts'
import { type Lines, linesFor } from './line-format.ts'
import { milestoneSections } from './milestone-sections.ts'
import { registerSections } from './register-sections.ts'
import type { Section } from './section.ts'

/**
 * What a digest lists, in the order in which it is read: first what moved, what is late and what is asked, then the
 * rest. Sections with nothing in them are left out. `prefix` is how a command begins there.
 */
export function sectionsOf(content: DigestContent, prefix: string): Section[] {
  const lines = linesFor(content, prefix)
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

function projectSections(content: DigestContent, lines: Lines) {
  return {
    worse: moved('worse', content, lines),
    better: moved('better', content, lines),
    attention: content.attention.map((group) => unmoved(group, content, lines)),
    beside: beside(content, lines),
    quiet: quiet(content, lines),
  }
}

function moved(way: 'worse' | 'better', content: DigestContent, lines: Lines): Section {
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
          ...(asksForPath ? [lines.folded(pathInWords(each, content), each.ref)] : []),
          ...(each.awaited ? [each.awaited] : []),
        ],
      }
    }),
    noun: [`project that got ${way}`, `projects that got ${way}`],
    atFirst: way === 'worse' ? 8 : 4,
  }
}

function unmoved(
  { state, entries }: DigestContent['attention'][number],
  content: DigestContent,
  lines: Lines,
): Section {
  const told = stateIn(content.scheme, state)
  return {
    key: told.key,
    heading: content.previousAsAt ? `Still ${shown(told)}` : shown(told),
    entries: entries.map((each) => ({
      ...lines.head(each),
      lines: each.onDay
        ? saidIn(content, each, each.onDay, lines)
        : ['As its milestones are rated'],
    })),
    noun: nounOf(told),
    atFirst: told.key === content.scheme.worst ? 12 : 0,
  }
}

function saidIn(content: DigestContent, each: Statement, onDay: CivilDate, lines: Lines): string[] {
  const path = lines.folded(pathInWords(each, content), each.ref)
  return [
    // In one line: what stays Red is long known, and the list of it is long.
    [...lines.reason(each, true).map((reason) => reason.replace(/[.;]$/, '')), path].join('. '),
    ...(each.awaited ? [each.awaited] : []),
    ...(onDay < content.notUpdated.since ? [lines.age(onDay)] : []),
  ]
}

/** A second rating that differs, a check that nobody answered. */
function beside(content: DigestContent, lines: Lines): Section {
  return {
    key: 'beside',
    heading: 'Questions and other views',
    entries: content.beside.map((each) => ({
      ...lines.head(each),
      lines: each.lines.map((line) => lines.folded(line, each.ref)),
    })),
    noun: ['project with questions or other views', 'projects with questions or other views'],
    atFirst: 4,
  }
}

/** But for what stands above with its age: the Reds. */
function quiet({ quiet: all, attention: [worst] }: DigestContent, lines: Lines): Section {
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
    atFirst: 4,
  }
}
