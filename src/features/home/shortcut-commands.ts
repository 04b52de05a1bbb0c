import { z } from 'zod'
import { buttonTo } from '../../chat/card-button.ts'
import { type Command, defineQuery } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { type ProjectFormOptions, projectForm } from '../../chat/project-form.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import { loadProjectChoices } from '../../domain/status/project-choices.ts'

/**
 * What the platforms' shortcuts begin with: which project. The form then goes on with the form of another command, which
 * decides who may.
 */
const updateShortcut = chooseProject({
  name: 'choose-update',
  usage: 'update a project',
  summary: 'Choose a project and say how it stands, in forms.',
  form: { heading: 'Update a project', button: 'Next', verb: 'update:form' },
})

const milestoneShortcut = chooseProject({
  name: 'choose-milestone',
  usage: 'add a milestone',
  summary: 'Choose a project and add a milestone or an action to it, in forms.',
  form: {
    ...{ heading: 'Add a milestone', button: 'Next', verb: 'add-milestone:form' },
    textLabel: 'What is to be done?',
  },
})

export const shortcutCommands: readonly Command[] = [updateShortcut, milestoneShortcut]

interface Shortcut {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly form: ProjectFormOptions
}

function chooseProject({ name, usage, summary, form }: Shortcut): Command {
  return defineQuery({
    ...{ name, usages: [usage], examples: [usage], summary },
    authority: ['read plan'],
    args: z.object({}),
    run: async ({ actor }) => {
      requirePersonId(actor)
      const button = buttonTo('Choose the project', `${name}:form`, {})
      const lines = ['Which project is it about?']
      return { card: noticeCard({ heading: form.heading, lines, buttons: [button] }) }
    },
    form: (context, filled) =>
      projectForm(filled, (chosen) => loadProjectChoices(context, chosen), form),
  })
}
