import { z } from 'zod'
import { dateIn, fullDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import { type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { nothingToChange, noticeCard, stored } from '../../chat/notice.ts'
import { named } from '../../domain/plan/format.ts'
import { knownPerson } from '../../domain/plan/lookup.ts'
import { storedFrom } from './format.ts'
import { chooseProject, projectMeant } from './project-picker.ts'

/** To hear of a project that is not one's own: of its colour and its dates, in one message a day at most. */
export const follow = defineCommand({
  name: 'follow',
  usages: ['follow <project>'],
  summary: 'Be told when a project changes its state or moves a date; once a day at most.',
  args: z.object({ project: optionalText, programme: optionalText }),
  run: async (context, args) => {
    const found = await projectMeant(context, args)
    if (await running(context, found.id)) {
      return nothingToChange([`You follow ${named(found)} already.`])
    }
    const { tx, actor, now } = context
    const personId = knownPerson(actor)
    await tx.follow.create({ data: { id: newId(), personId, projectId: found.id, at: now } })
    return storedFrom(context, [
      `You follow ${named(found)}. When its state changes or a date moves, you are told on the next morning you work.`,
      `To end it: ${context.prefix} unfollow ${found.ref}`,
    ])
  },
  form: (context, filled) =>
    chooseProject(context, filled, {
      heading: 'Follow a project',
      button: 'Follow',
      verb: 'follow',
    }),
})

export const unfollow = defineCommand({
  name: 'unfollow',
  usages: ['unfollow <project>'],
  summary: 'Be told of a project no more.',
  args: z.object({ project: optionalText }),
  run: async (context, args) => {
    const found = await projectMeant(context, args)
    const { tx, actor, now } = context
    const { count } = await tx.follow.updateMany({
      where: { personId: knownPerson(actor), projectId: found.id, endedAt: null },
      data: { endedAt: now },
    })
    return count > 0
      ? stored([`You do not follow ${named(found)} any more.`])
      : nothingToChange([`You did not follow ${named(found)}.`])
  },
})

const listed = 25

export const follows = defineCommand({
  name: 'follows',
  tells: true,
  usages: ['follows'],
  summary: 'The projects that you follow.',
  args: z.object({}),
  run: async ({ tx, actor }) => {
    const rows = await tx.follow.findMany({
      where: { personId: knownPerson(actor), endedAt: null },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
      include: {
        project: { select: { ref: true, title: true, programme: { select: { key: true } } } },
      },
    })
    const lines = rows
      .slice(0, listed)
      .map(
        ({ project, at }) =>
          `${project.programme.key}/${named(project)}, since ${fullDate(dateIn(actor.zone, at))}`,
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

async function running({ tx, actor }: Context, projectId: string): Promise<boolean> {
  const personId = knownPerson(actor)
  return (await tx.follow.count({ where: { personId, projectId, endedAt: null } })) > 0
}
