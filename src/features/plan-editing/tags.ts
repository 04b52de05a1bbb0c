import { z } from 'zod'
import { fold, listOf } from '../../base/text.ts'
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
import { assertTagCount, parseTags, resolveTags, uniqueTags } from './tag-names.ts'

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
    const added = await resolveTags(context.tx, found.programme.id, args.tags)
    const before = await tagsOf(context, found.id)
    return saveTags(context, found, assertTagCount(uniqueTags([...before, ...added])))
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

function formatTags(project: FoundProject, tags: readonly string[]): string {
  return tags.length > 0
    ? `${formatProject(project)} is tagged ${listOf(tags)}.`
    : `${formatProject(project)} has no tag.`
}
