import { fullDate } from '../../../base/dates.ts'
import { collapseWhitespace, fold, quoted, shorten } from '../../../base/text.ts'
import type { Entry } from '../../../domain/register/entry.ts'
import { entryName } from '../../../domain/register/format.ts'
import type { EntryRow } from '../parsed-plan.ts'

/** A project of the plan, as sheets name it. */
interface NamedProject {
  readonly ref: string
  readonly title: string
}

/**
 * What a sheet says otherwise of what never changes of an entry: its project, of whom it is asked, on what it waits, the
 * day it was raised. What was said first stays (the register is appended to, never edited), so that whoever imports is
 * told, with the way to put it right. An empty cell says nothing. The words themselves: wordingOf.
 */
export function fixedFieldNotes(
  row: EntryRow,
  entry: Entry,
  projects: readonly NamedProject[],
): string[] {
  const about = row.about === null ? null : projectNamed(row.about, projects)
  const waitsFor = row.dependsOn === null ? null : projectNamed(row.dependsOn, projects)
  const { askedOf = null } = entry.kind === 'decision' ? entry : {}
  const { dependsOn = null } = entry.kind === 'dependency' ? entry : {}
  const fields: [what: string, registered: string | null, sheet: string | null][] = [
    // A project that the plan does not have is told of apart.
    ['its project', entry.project?.ref ?? null, about?.ref ?? null],
    ['of whom it is asked', askedOf, entry.kind === 'decision' ? row.askedOf : null],
    [
      'on what it waits',
      dependsOn,
      entry.kind === 'dependency' ? (waitsFor?.ref ?? row.dependsOn) : null,
    ],
    ['the day it was raised', fullDate(entry.onDay), row.raisedOn && fullDate(row.raisedOn)],
  ]
  return fields.flatMap(([what, registered, sheet]) => {
    if (sheet === null || isSame(registered ?? '', sheet)) return []
    const stands = registered === null || registered === '' ? 'none' : shown(registered)
    return [
      `${entryName(entry)}: ${what} stays ${stands}, and the sheet says ${shown(sheet)}. If the sheet is right, give its row a number of its own and close ${entryName(entry).toLowerCase()}.`,
    ]
  })
}

const shown = (text: string) => quoted(shorten(text, 60))

const isSame = (one: string, other: string): boolean =>
  collapseWhitespace(fold(one)) === collapseWhitespace(fold(other))

/** By number, with or without the title behind it, or by title. */
export function projectNamed<Project extends NamedProject>(
  named: string,
  projects: readonly Project[],
): Project | undefined {
  const text = fold(named)
  return (
    projects.find(({ ref, title }) => text === fold(ref) || text === fold(title)) ??
    projects.find(({ ref, title }) => text === fold(`${ref} ${title}`))
  )
}
