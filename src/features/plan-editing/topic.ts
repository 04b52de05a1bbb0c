import type { HelpTopicPart } from '../../chat/help.ts'
import { addProject, addWorkstream } from './add.ts'
import { addMilestone } from './add-milestone.ts'
import { changeMilestone } from './forms/change-milestone.ts'
import { changeProject } from './forms/change-project.ts'
import { changeWorkstream } from './forms/change-workstream.ts'
import { history } from './history.ts'
import { adminLeadMilestones } from './lead-milestones.ts'
import { closeProject, hold, pipeline, removeProject, resume } from './life-commands.ts'
import { addMeasure } from './measures/add-measure.ts'
import { changeMeasure, setMeasure } from './measures/change-measure.ts'
import { measureHistory } from './measures/measure-history.ts'
import { removeMeasure } from './measures/remove-measure.ts'
import { removeMilestone, reopen, reword } from './milestone-commands.ts'
import { declineMilestone } from './milestone-requests.ts'
import { plan } from './plan-overview.ts'
import { programmeHistory } from './programme-history.ts'
import { removeWorkstream } from './remove-workstream.ts'
import { createSetCommand, setWorkstream } from './set-field.ts'
import { tag, untag } from './tags.ts'
import { createUndoCommand } from './undo/command.ts'
import type { EditDigestMessage } from './undo/correct-digests.ts'

export const createPlanTopic = (edit: EditDigestMessage): HelpTopicPart => ({
  name: 'plan',
  summary: 'Keep the plan: add, change, close and take back, with its history.',
  commands: [
    ...[
      addProject,
      addMilestone,
      declineMilestone,
      addWorkstream,
      addMeasure,
      setWorkstream,
      setMeasure,
      createSetCommand(),
    ],
    ...[plan, changeWorkstream, changeMilestone, changeMeasure, changeProject],
    ...[reword, reopen, hold, resume, closeProject, pipeline],
    ...[removeMilestone, removeMeasure, removeProject, removeWorkstream],
    ...[...programmeHistory, measureHistory, history, createUndoCommand(edit)],
  ],
})

export const tagTopic: HelpTopicPart = {
  name: 'admin',
  commands: [tag, untag, adminLeadMilestones],
}
