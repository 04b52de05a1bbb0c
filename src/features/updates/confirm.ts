import { z } from 'zod'
import { fullDate, toDbDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { type Answer, type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { nothingToChange, stored } from '../../chat/notice.ts'
import { named, shortTextOf } from '../../domain/plan/format.ts'
import { findProject, knownPerson } from '../../domain/plan/lookup.ts'
import { confirmMilestone, milestoneToConfirm } from '../../domain/plan/milestones.ts'
import { mayConfirm } from '../../domain/plan/permissions.ts'
import { awaitedUpdate } from '../../domain/plan/plan.ts'
import { loadProject } from '../../domain/plan/store.ts'
import { schemeOf, shown, stateByKey } from '../../domain/scheme/schemes.ts'

/** A second person's word, where the programme asks for one: for an improvement, or for a milestone that is done. */
export const confirm = defineCommand({
  name: 'confirm',
  usages: ['confirm <project> [<milestone>]'],
  summary:
    'Confirm that a project improved, or that a milestone is done, where your programme asks for a second person.',
  args: z.object({ project: z.string().optional(), milestone: optionalText }),
  run: async (context, { project, milestone }) => {
    if (milestone) return confirmDone(context, { project, milestone })
    if (project) return confirmImprovement(context, project)
    throw new Refusal('Say which project, by its number. Nothing was stored.')
  },
})

const yourOwn = 'You said that yourself: a second person confirms it. Nothing was stored.'

async function confirmImprovement(context: Context, ref: string): Promise<Answer> {
  const { tx, actor, now, today, place } = context
  const found = await findProject(context, ref)
  const personId = knownPerson(actor)
  if (!mayConfirm(personId, found)) {
    throw new Refusal(
      `Thank you, but ${named(found)} is confirmed by its sponsor and the programme office. Nothing was stored.`,
    )
  }
  const awaited = awaitedUpdate(await loadProject(tx, found.id, today))
  if (!awaited) return nothingToChange([`Nothing that was said of ${named(found)} waits.`])
  if (awaited.byId === personId) throw new Refusal(yourOwn)
  const { count } = await tx.statusConfirmation.createMany({
    data: {
      updateId: awaited.id,
      byId: personId,
      source: place.platform,
      onDay: toDbDate(today),
      at: now,
    },
    skipDuplicates: true,
  })
  if (count === 0) return nothingToChange([`${named(found)} was confirmed just now.`])
  const state = shown(stateByKey(schemeOf(found.programme.settings), awaited.state))
  const line = `Confirmed: ${named(found)} is ${state}, as said on ${fullDate(awaited.onDay)}.`
  return stored([line], line)
}

async function confirmDone(
  context: Context,
  asked: { readonly project: string | undefined; readonly milestone: string },
): Promise<Answer> {
  const { project, milestone } = await milestoneToConfirm(context, asked)
  const { completion } = milestone
  const about = `${project.ref}: ${shortTextOf(milestone)}`
  if (!completion)
    throw new Refusal(`Nobody said yet that it is done. ${about}. Nothing was stored.`)
  if (completion.awaitsConfirmation && completion.byId === knownPerson(context.actor)) {
    throw new Refusal(yourOwn)
  }
  const fresh = await confirmMilestone(context, milestone, completion.onDay)
  const day = fullDate(completion.onDay)
  if (!fresh) return nothingToChange([`It counts as done already, on ${day}. ${about}`])
  const line = `Confirmed, done on ${day}. ${about}`
  return stored([line], line)
}
