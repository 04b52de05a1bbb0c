import { may, relationToProject } from '../../../authority/rights.ts'
import { capitalised } from '../../../base/text.ts'
import type { Card } from '../../../chat/cards.ts'
import type { QueryContext } from '../../../chat/commands.ts'
import { type NoticeButton, noticeCard } from '../../../chat/notice.ts'
import { formatProject } from '../../../domain/plan/format.ts'
import { formatLife, type Life } from '../../../domain/plan/life.ts'
import { type FoundProject, requirePersonId } from '../../../domain/plan/lookup.ts'
import { mayAddMilestones } from '../lead-milestones.ts'

/** Everything that the person may change of a project, as buttons that open its forms. */
export function changesCard(context: QueryContext, found: FoundProject): Card {
  const relation = relationToProject(requirePersonId(context.actor), found)
  const isOffice = may('change plan', relation)
  const data = { project: found.id }
  const form = (title: string, verb: string): NoticeButton => {
    return { title, verb: `${verb}:form`, data }
  }
  const lines = [formatProject(found), ...(found.life ? [lifeLine(found.life)] : [])]
  const buttons = [
    form('Change…', 'change-project'),
    ...(mayAddMilestones(context, found) ? [form('Add a milestone…', 'add-milestone')] : []),
    ...(isOffice ? lifeButtons(found.life, form) : []),
    { title: 'History', verb: 'history', data },
  ]
  return noticeCard({ heading: 'Change a project', lines, buttons })
}

const lifeLine = (life: NonNullable<Life>) => `${capitalised(formatLife(life))}.`

function lifeButtons(
  life: Life,
  form: (title: string, verb: string) => NoticeButton,
): NoticeButton[] {
  const isClosed = life?.state === 'closed'
  return [
    ...(life ? [form('Resume…', 'resume')] : []),
    ...(isClosed ? [] : [form(life ? 'Hold until…' : 'Put on hold…', 'hold')]),
    ...(isClosed ? [] : [form('Close…', 'close-project')]),
    ...(life ? [] : [form('Not begun yet…', 'pipeline')]),
    form('Take out…', 'remove-project'),
  ]
}
