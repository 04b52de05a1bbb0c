import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { fold, listOf, quoted } from '../../base/text.ts'
import {
  type CommandContext,
  type CommandResult,
  defineCommand,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { unchangedResult } from '../../chat/notice.ts'
import { projectTags } from '../../domain/plan/fields.ts'
import { formatProject } from '../../domain/plan/format.ts'
import type { FoundProject } from '../../domain/plan/lookup.ts'
import { provenanceOf } from '../../domain/plan/milestones.ts'
import { reviseField } from '../../domain/plan/revise.ts'
import { findProjectForOffice } from './office-lookup.ts'
import { revisedResult } from './revised-result.ts'

/** What a project belongs to besides its workstream: "Ofsted", "Innovation". A digest may be about a tag. */

const maxTagLength = 40
const maxTags = 10

function tooManyTags(): Refusal {
  return new Refusal(`A project has at most ${maxTags} tags. Nothing was saved.`)
}

/** 'Ofsted, Innovation and SEND' taken apart, each once however it is written. */
export function parseTags(text: string): string[] {
  const words = text.split(/[,;]|\sand\s/i).map((word) => word.trim().replace(/\s+/g, ' '))
  return uniqueTags(words.filter(Boolean))
}

/** Each once, as it was written first. */
export function uniqueTags(tags: readonly string[]): string[] {
  const known = new Map<string, string>()
  for (const tag of tags) if (!known.has(fold(tag))) known.set(fold(tag), tag)
  return [...known.values()]
}

export const tag = defineCommand({
  name: 'tag',
  usages: ['tag <project> <tags>'],
  slots: { project: slot.project, tags: slot.text },
  examples: ['tag 2.1 Ofsted, Innovation'],
  authority: ['change plan'],
  summary:
    'Give a project tags, such as Ofsted, so that a digest can be about them. For the programme office.',
  args: z.object({ project: z.string(), tags: z.string() }),
  run: async (context, args) => {
    const found = await findProjectForOffice(context, args.project)
    const added = parseTags(args.tags)
    if (added.length > maxTags) throw tooManyTags()
    const tooLong = added.find((word) => word.length > maxTagLength)
    if (tooLong) {
      throw new Refusal(
        `The tag ${quoted(tooLong)} is longer than ${maxTagLength} characters. Nothing was saved.`,
      )
    }
    // The programme's own way to write a tag goes on, so that one tag is not two.
    const before = await tagsOf(context, found.id)
    const known = await programmeTags(context, found)
    const written = added.map((word) => known.find((one) => fold(one) === fold(word)) ?? word)
    const tags = uniqueTags([...before, ...written])
    if (tags.length > maxTags) throw tooManyTags()
    return saveTags(context, found, tags)
  },
})

export const untag = defineCommand({
  name: 'untag',
  usages: ['untag <project> [<tags>]'],
  slots: { project: slot.project, tags: slot.text },
  examples: ['untag 2.1', 'untag 2.1 Ofsted'],
  authority: ['change plan'],
  summary: 'Take tags from a project; without any named, all of them. For the programme office.',
  args: z.object({ project: z.string(), tags: optionalText }),
  run: async (context, args) => {
    const found = await findProjectForOffice(context, args.project)
    const before = await tagsOf(context, found.id)
    const removed = args.tags ? new Set(parseTags(args.tags).map(fold)) : null
    const tags = before.filter((one) => removed !== null && !removed.has(fold(one)))
    return saveTags(context, found, tags)
  },
})

async function saveTags(
  context: CommandContext,
  found: FoundProject,
  tags: readonly string[],
): Promise<CommandResult> {
  const details = {
    programmeId: found.programme.id,
    reason: null,
    said: provenanceOf(context, found),
  }
  const revision = await reviseField(context.tx, projectTags, found.id, tags, details)
  const line = formatTags(found, tags)
  return revision === null ? unchangedResult([line]) : revisedResult(revision, [line])
}

async function tagsOf({ tx }: QueryContext, id: string): Promise<string[]> {
  return (await tx.project.findUniqueOrThrow({ where: { id }, select: { tags: true } })).tags
}

async function programmeTags({ tx }: QueryContext, { programme }: FoundProject): Promise<string[]> {
  const where = { programmeId: programme.id }
  const rows = await tx.project.findMany({ where, select: { tags: true } })
  return uniqueTags(rows.flatMap(({ tags }) => tags))
}

function formatTags(project: FoundProject, tags: readonly string[]): string {
  return tags.length > 0
    ? `${formatProject(project)} is tagged ${listOf(tags)}.`
    : `${formatProject(project)} has no tag.`
}
