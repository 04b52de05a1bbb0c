import { plural, shorten } from '../../base/text.ts'
import { programmeArgs } from '../../chat/args.ts'
import { defineQuery, type QueryContext } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { type NoticeButton, noticeCard } from '../../chat/notice.ts'
import { projectForm } from '../../chat/project-form.ts'
import { loadMeasures } from '../../domain/measures/store.ts'
import { findProgramme, mayIn } from '../../domain/plan/lookup.ts'
import type { Plan, Workstream } from '../../domain/plan/plan.ts'
import { formatSetAside, loadSetAside } from '../../domain/plan/set-aside.ts'
import { loadRecentPlan } from '../../domain/plan/store.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { loadProjectChoices } from '../../domain/status/project-choices.ts'

/** Workstreams that the card lists before it counts the rest. */
const maxWorkstreams = 20

/** The plan by its workstreams; for the office with the ways to change it. */
export const plan = defineQuery({
  name: 'plan',
  usages: ['plan [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['plan', 'plan for W17'],
  authority: ['read plan'],
  summary:
    'The plan by its workstreams, and what is set aside; for the programme office, with the forms that change it.',
  args: programmeArgs,
  run: async (context, { programme: key }) => {
    const { tx, actor, today } = context
    const programme = await findProgramme(tx, actor, key)
    const current = await loadRecentPlan(tx, programme.id, today)
    const setAside = formatSetAside((await loadSetAside(tx, programme.id, today)).counts)
    const { workstreams, projects } = current
    const measures = await loadMeasures(tx, programme.id, today)
    const lines = [
      `${plural(projects.length, 'project')} in ${plural(workstreams.length, 'workstream')}.`,
      ...(measures.length > 0 ? [measuresLine(measures.length, context.prefix)] : []),
      ...(setAside ? [`Set aside: ${setAside}.`] : []),
      ...workstreams
        .slice(0, maxWorkstreams)
        .map((workstream) => workstreamLine(current, workstream)),
      ...(workstreams.length > maxWorkstreams
        ? [`${plural(workstreams.length - maxWorkstreams, 'more workstream')} not listed.`]
        : []),
    ]
    const heading = 'Plan'
    const buttons = await changeButtons(context, programme, projects.length > 0)
    return { card: noticeCard({ heading, lines: [programme.title, ...lines], buttons }) }
  },
  form: (context, filled) =>
    projectForm(filled, (chosen) => loadProjectChoices(context, chosen), {
      ...{ heading: 'Change a project', button: 'Next', verb: 'change-project' },
    }),
})

const measuresLine = (count: number, prefix: string) =>
  `${plural(count, 'measure')}: ${prefix} kpi shows them.`

function workstreamLine({ projects }: Plan, { id, ref, title }: Workstream): string {
  const count = projects.filter(({ workstreamId }) => workstreamId === id).length
  return `${ref} ${shorten(title, 120)}: ${plural(count, 'project')}`
}

async function changeButtons(
  context: QueryContext,
  programme: Programme,
  hasProjects: boolean,
): Promise<NoticeButton[]> {
  if (!(await mayIn(context, 'change plan', programme))) return []
  const data = { programme: programme.key }
  return [
    ...(hasProjects ? [{ title: 'Change a project…', verb: 'plan:form', data }] : []),
    { title: 'Add a project…', verb: 'add-project:form', data },
    { title: 'Add a workstream…', verb: 'add-workstream:form', data },
    { title: 'Add a measure…', verb: 'add-measure:form', data },
  ]
}
