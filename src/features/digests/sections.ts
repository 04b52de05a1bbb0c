import { fullDate } from '../../base/dates.ts'
import { shorten } from '../../base/text.ts'
import { nounOf, shown } from '../status/schemes.ts'
import type { DigestContent, MilestoneEntry, Statement } from './content.ts'
import { registerSections } from './register-sections.ts'
import { type SchemeTold, stateIn } from './scheme-told.ts'
import { type Entry, most, type Section } from './section.ts'
import { dueInWords, movementInWords, pathInWords } from './words.ts'

/** What a digest lists, in the order of what matters. Sections with nothing in them are left out. */
export function sectionsOf(content: DigestContent, prefix: string): Section[] {
  const shortened = shortener(prefix)
  const { scheme } = content
  const asAt = fullDate(content.asAt)
  const dueUntil = fullDate(content.dueUntil)
  const register = registerSections(content, prefix)
  const sections: Section[] = [
    movement('Worse', content.worse, { scheme, atFirst: 10, shortened }),
    register.decision,
    movement('Better', content.better, { scheme, atFirst: 5, shortened }),
    register.headline,
    ...content.attention.map(({ state, entries }) =>
      statements(state, entries, content, shortened),
    ),
    {
      key: 'missed',
      heading: `Missed as at ${asAt}`,
      entries: content.missed.map((each) =>
        milestone(each, shortened, [
          `${each.isNew ? 'New: was due' : 'Was due'} ${dayOf(each)}`,
          ...remarkOf(each, shortened),
        ]),
      ),
      noun: ['missed milestone', 'missed milestones'],
      // The new ones come first in the list: they are news, the others were said before.
      atFirst: Math.min(5, content.missed.filter(({ isNew }) => isNew).length),
    },
    register.dependency,
    register.risk,
    {
      key: 'at risk',
      heading: 'Milestones at risk',
      entries: content.atRisk.map((each) =>
        milestone(each, shortened, [dueInWords(each), ...remarkOf(each, shortened)]),
      ),
      noun: ['milestone at risk', 'milestones at risk'],
      atFirst: 0,
    },
    {
      key: 'due',
      heading: `Due by ${dueUntil}`,
      entries: content.due.map((each) =>
        milestone(each, shortened, [dueInWords(each), ...remarkOf(each, shortened)]),
      ),
      noun: [`milestone due by ${dueUntil}`, `milestones due by ${dueUntil}`],
      atFirst: 0,
    },
    {
      key: 'finished',
      heading: 'Finished',
      entries: content.finished.map((each) =>
        milestone(each, shortened, [`Done ${fullDate(each.doneOn)}${slippageOf(each)}`]),
      ),
      noun: ['finished milestone', 'finished milestones'],
      atFirst: 0,
    },
    {
      key: 'moved',
      heading: 'Dates that moved',
      entries: content.moved.map((each) =>
        milestone(each, shortened, [
          `${each.from ? fullDate(each.from) : 'No date'} → ${each.due ? fullDate(each.due) : 'no date'}${slippageOf(each)}`,
          `Reason: ${shortened(each.reason, each.ref)}`,
        ]),
      ),
      noun: ['moved date', 'moved dates'],
      atFirst: 0,
    },
  ]
  return sections.filter(({ entries }) => entries.length > 0)
}

type Shortened = (text: string, ref: string) => string

function shortener(prefix: string): Shortened {
  return (text, ref) => {
    const cut = shorten(text, most.reason)
    return cut === text ? text : `${cut} (${prefix} ${ref} for the whole)`
  }
}

function titleOf({ ref, title }: { ref: string; title: string }): string {
  return `${ref} ${shorten(title, most.title)}`
}

function movement(
  heading: string,
  moved: DigestContent['worse'],
  shows: { readonly scheme: SchemeTold; readonly atFirst: number; readonly shortened: Shortened },
): Section {
  const { scheme, atFirst, shortened } = shows
  const got = heading.toLowerCase()
  return {
    key: got,
    heading,
    entries: moved.map((each) => ({
      title: titleOf(each),
      // The reason of a Red stands in the list of Reds, a few lines further down.
      lines: [
        movementInWords(each, scheme),
        ...(each.reason && each.to !== scheme.worst ? [shortened(each.reason, each.ref)] : []),
      ],
    })),
    noun: [`project that got ${got}`, `projects that got ${got}`],
    atFirst,
  }
}

function statements(
  state: string,
  entries: readonly Statement[],
  { asAt, scheme, notUpdated }: DigestContent,
  shortened: Shortened,
): Section {
  const told = stateIn(scheme, state)
  return {
    key: told.key,
    heading: shown(told),
    entries: entries.map((each) => ({
      title: titleOf(each),
      lines: [
        each.reason ? shortened(each.reason, each.ref) : 'No reason given',
        shortened(pathInWords(each, { asAt, scheme }), each.ref),
        ...(each.awaited ? [each.awaited] : []),
        ...(each.onDay < notUpdated.since ? [`Not confirmed since ${fullDate(each.onDay)}`] : []),
      ],
    })),
    noun: nounOf(told),
    atFirst: told.key === scheme.worst ? 12 : 0,
  }
}

function milestone(entry: MilestoneEntry, shortened: Shortened, lines: readonly string[]): Entry {
  const about = shorten(entry.about, most.about)
  const whole = about === entry.about ? about : shortened(about, entry.ref)
  return { title: titleOf(entry), lines: [`${entry.number}. ${whole}`, ...lines] }
}

function dayOf(entry: MilestoneEntry): string {
  return `${entry.due ? fullDate(entry.due) : 'no date'}${slippageOf(entry)}`
}

function remarkOf({ remark, ref }: MilestoneEntry, shortened: Shortened): string[] {
  return remark ? [shortened(remark, ref)] : []
}

function slippageOf({ slippage }: MilestoneEntry): string {
  return slippage ? `; ${slippage}` : ''
}
