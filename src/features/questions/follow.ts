import { z } from 'zod'
import { dateIn, fullDate } from '../../base/dates.ts'
import { defineCommand, defineQuery, optionalText } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard, savedResult, unchangedResult } from '../../chat/notice.ts'
import { projectForm } from '../../chat/project-form.ts'
import { endFollow, listFollows, startFollow } from '../../domain/follows/follow-store.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import { loadProjectChoices, resolveProject } from '../../domain/status/project-choices.ts'
import { savedNotice } from './format.ts'

/** Subscribes a person to the changes of a project that they do not lead: at most one message a day. */
export const follow = defineCommand({
  name: 'follow',
  usages: ['follow <project>'],
  slots: { project: slot.project },
  examples: ['follow 2.1'],
  authority: ['read plan'],
  summary: 'Be told when a project changes its state or moves a date; once a day at most.',
  args: z.object({ project: optionalText, programme: optionalText }),
  run: async (context, args) => {
    const found = await resolveProject(context, args)
    const { tx, actor, now } = context
    const personId = requirePersonId(actor)
    if (!(await startFollow(tx, { personId, projectId: found.id, now })))
      return unchangedResult([`You follow ${formatProject(found)} already.`])
    return savedNotice(context, [
      `You follow ${formatProject(found)}. When its state changes or a date moves, you are told on the next morning you work.`,
      `To end it: ${context.prefix} unfollow ${found.ref}`,
    ])
  },
  form: (context, filled) =>
    projectForm(filled, (chosen) => loadProjectChoices(context, chosen), {
      heading: 'Follow a project',
      button: 'Follow',
      verb: 'follow',
    }),
})

export const unfollow = defineCommand({
  name: 'unfollow',
  usages: ['unfollow <project>'],
  slots: { project: slot.project },
  examples: ['unfollow 2.1'],
  authority: ['read plan'],
  summary: 'Be told of a project no more.',
  args: z.object({ project: optionalText }),
  run: async (context, args) => {
    const found = await resolveProject(context, args)
    const { tx, actor, now } = context
    const personId = requirePersonId(actor)
    return (await endFollow(tx, { personId, projectId: found.id, now }))
      ? savedResult([`You do not follow ${formatProject(found)} any more.`])
      : unchangedResult([`You did not follow ${formatProject(found)}.`])
  },
})

const maxListed = 25

export const follows = defineQuery({
  name: 'follows',
  usages: ['follows'],
  examples: ['follows'],
  authority: ['look after oneself'],
  summary: 'The projects that you follow.',
  args: z.object({}),
  run: async ({ tx, actor }) => {
    const rows = await listFollows(tx, requirePersonId(actor))
    const lines = rows
      .slice(0, maxListed)
      .map(
        ({ project, at }) =>
          `${project.programme.key}/${formatProject(project)}, since ${fullDate(dateIn(actor.zone, at))}`,
      )
    const more = rows.length - lines.length
    return {
      card: noticeCard({
        heading: 'What you follow',
        lines:
          rows.length === 0
            ? ['You follow no project.']
            : [...lines, ...(more > 0 ? [`${more} more are not listed.`] : [])],
        buttons: [],
      }),
    }
  },
})
