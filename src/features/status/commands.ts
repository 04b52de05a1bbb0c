import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { defineCommand, optionalText } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { findProject, knownPerson, mayChange, projectToChange } from '../plan/access.ts'
import { loadProject } from '../plan/store.ts'
import { named } from '../plan/words.ts'
import { checkUpdate, criteriaInWords, type UpdateChecked } from './rules.ts'
import { rag, shown } from './schemes.ts'
import { recordUpdate } from './store.ts'
import { updateForm } from './update-form.ts'
import { projectView } from './views.ts'

const projectNamed = z.string({ error: 'Say which project, by its number.' })

/**
 * A multiple choice arrives as a list, and from some clients as one text with commas.
 * Nothing ticked means that the criteria were passed over, not that none is met.
 */
const ticks = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(',').filter(Boolean))])
  .optional()
  .transform((keys) => (keys && keys.length > 0 ? keys : undefined))

export const update = defineCommand({
  name: 'update',
  usages: ['<project> <state> [<reason>] [green by <date>]'],
  summary:
    'Say how a project stands: red, amber or green. Red and Amber need a reason and the day it will be Green again.',
  args: z.object({
    project: projectNamed,
    state: optionalText,
    reason: optionalText,
    path: optionalText,
    date: optionalText,
    criteria: ticks,
  }),
  run: async (context, args) => {
    const project = await projectToChange(context.tx, context.actor, args.project)
    const checked = checkUpdate(args, rag, context.today)
    if (!checked.ok) {
      throw new Refusal(
        `${Object.values(checked.problems).join(' ')} Nothing was stored.`,
        checked.problems,
      )
    }
    await recordUpdate(context, project.id, checked.update)
    const line = `${named(project)} is ${shown(checked.update.state)}, as at ${fullDate(context.today)}.`
    return {
      card: noticeCard({
        heading: 'Stored',
        lines: [line, ...storedInWords(checked.update)],
        buttons: [],
      }),
      note: line,
    }
  },
  form: updateForm,
})

function storedInWords(stored: UpdateChecked): string[] {
  const { reason, path, greenBy } = stored
  return [
    reason && `Reason: ${reason}`,
    path && `Path to green: ${path}`,
    greenBy && `Green by ${fullDate(greenBy)}.`,
    criteriaInWords(stored),
  ].filter((line): line is string => typeof line === 'string' && line !== '')
}

export const show = defineCommand({
  name: 'show',
  usages: ['<project>'],
  summary: 'One project: how it stands, its milestones and its history.',
  args: z.object({ project: projectNamed }),
  run: async (context, args) => {
    const found = await findProject(context.tx, context.actor, args.project)
    const project = await loadProject(context.tx, found.id, context.today)
    const people = await context.tx.person.findMany({
      where: { id: { in: [...found.leads, ...project.updates.flatMap(({ byId }) => byId ?? [])] } },
    })
    return {
      card: projectView({
        project,
        today: context.today,
        names: new Map(people.map(({ id, name }) => [id, name])),
        mayChange: mayChange(knownPerson(context.actor), found),
      }),
    }
  },
})
