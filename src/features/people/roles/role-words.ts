import { fold } from '../../../base/text.ts'
import type { ProgrammeRole } from '../../../domain/people/member-resolver.ts'

/** The roles of a programme in the words that people use, and what each may do in ours. */

/** Whom a programme calls by which word. A lead is made by giving them a project. */
const rolesByWord: Readonly<Record<string, ProgrammeRole>> = {
  'programme office': 'programme_office',
  office: 'programme_office',
  sponsor: 'sponsor',
  sponsors: 'sponsor',
  chair: 'sponsor',
  viewer: 'viewer',
  viewers: 'viewer',
  'board member': 'viewer',
  board: 'viewer',
}

/** What a form offers; the values are words. */
export const roleChoices = [
  { title: 'Programme office: changes the plan, runs rounds, publishes', value: 'office' },
  { title: 'Sponsor or chair: decides, confirms', value: 'sponsor' },
  { title: 'Viewer or board member: reads', value: 'viewer' },
]

const articles = /^(?:an?|the) /

/** Undefined for a word that is no role. */
export function roleOf(words: string): ProgrammeRole | undefined {
  return rolesByWord[fold(words).replace(articles, '')]
}

const titles: Readonly<Record<ProgrammeRole, string>> = {
  programme_office: 'in the programme office',
  sponsor: 'a sponsor',
  lead: 'a lead',
  viewer: 'a viewer',
}

/** "in the programme office", "a sponsor" */
export const roleTitle = (role: ProgrammeRole): string => titles[role]

const rights: Readonly<Record<ProgrammeRole, string>> = {
  programme_office: 'They can change the plan, run rounds and publish digests.',
  sponsor: 'They can read the plan, decide, confirm and override colours.',
  lead: 'They can update their projects.',
  viewer: 'They can read the plan and the digests, and ask leads.',
}

export const roleRights = (role: ProgrammeRole): string => rights[role]
