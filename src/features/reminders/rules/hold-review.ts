import { z } from 'zod'
import { fullDate } from '../../../base/dates.ts'
import { capitalised, shorten } from '../../../base/text.ts'
import { onOrAfter, workingDaysFrom } from '../../../base/working-days.ts'
import { formatProject } from '../../../domain/plan/format.ts'
import { formatLife, type SetAside } from '../../../domain/plan/life.ts'
import type { Project } from '../../../domain/plan/plan.ts'
import { loadLives } from '../../../domain/plan/project-store.ts'
import { type Finding, graceWorkingDays, type ItemView, type RuleInput } from '../finding.ts'
import type { RowButton } from '../reminder-data.ts'
import { notInPlanText, type RowAnswerLoader } from '../row-answers.ts'
import { snoozeButton } from '../row-buttons.ts'
import { defineRule } from './rule.ts'
import { onOffSetting } from './rule-setting.ts'

/** A project on hold whose day to look at it again has come: the programme office decides, its leads know of it. */
export const holdReviewRule = defineRule({
  name: 'on-hold',
  about: 'A project on hold, on the day to look at it again',
  setting: onOffSetting('holdReview', 'on the day to look at it again'),
  kind: 'hold-review',
  asksAboutLife: true,
  loadAnswers: loadLifeAnswers,
  find: findHoldReview,
})

type OnHold = Extract<SetAside, { state: 'on hold' }>

function findHoldReview(input: RuleInput, isOn: boolean): Finding[] {
  const { projectOnHold: project, recipient, calendar, day } = input
  const life = project?.life
  if (!isOn || !project || life?.state !== 'on hold' || life.reviewOn === null) return []
  const { reviewOn } = life
  if (reviewOn > day) return []
  const first = onOrAfter(calendar, reviewOn)
  const isDue = first <= day && workingDaysFrom(calendar, first, day) <= graceWorkingDays
  const isTheirs = recipient.since === null || recipient.since <= first
  const key = `${project.id}:hold-review:${reviewOn}`
  const ruleText = `it is on hold, and ${fullDate(reviewOn)} is the day to look at it again`
  const decides = recipient.role === 'programme office'
  return [
    {
      subject: `project:${project.id}`,
      item: { kind: 'hold-review', project, format: () => holdReviewView(project, life, decides) },
      triggers: isDue && isTheirs ? [{ key, step: null, ruleText }] : [],
      isListedWhileOpen: decides,
      hasBegun: true,
    },
  ]
}

/** `decides`: whether its reader may resume or close it. */
function holdReviewView(project: Project, life: OnHold, decides: boolean): ItemView {
  const title = formatProject(project)
  const about = `On hold since ${fullDate(life.onDay)}${life.reason ? `: ${shorten(life.reason, 200)}` : ''}`
  const when = decides
    ? 'To be looked at again: resume it, keep it on hold, or close it'
    : 'To be looked at again: tell your programme office how it should go on'
  return {
    ...{ rank: 3, heading: 'On hold: look again', day: life.reviewOn, isOverdue: false },
    ...{ title, about, when, text: `${title}: ${about}. ${when}` },
    shortName: `${project.ref} on hold`,
    baseline: life.reviewOn ?? '',
    buttons: decides ? decisionButtons(project.id) : [snoozeButton(`project:${project.id}`)],
  }
}

function decisionButtons(project: string): RowButton[] {
  const button = (title: string, verb: string, style: RowButton['style']): RowButton => {
    return { title, verb, style, data: { project } }
  }
  return [
    button('Resume', 'resume', 'positive'),
    button('Hold until…', 'hold:form', 'default'),
    button('Close…', 'close-project:form', 'default'),
    snoozeButton(`project:${project}`),
  ]
}

const ids = z.array(z.uuid())

/** Answered where the project is live again, closed, or on hold until another day. */
async function loadLifeAnswers(...[tx, rows]: Parameters<RowAnswerLoader>) {
  const projects = ids.parse([...new Set(rows.map(({ project }) => project))])
  const lives = await loadLives(tx, projects)
  return ({ project, told }: Parameters<Awaited<ReturnType<RowAnswerLoader>>>[0]) => {
    const life = lives.get(project)
    if (life === undefined || life?.state === 'removed') return notInPlanText
    if (life === null) return '✓ Live again'
    return life.state === 'on hold' && life.reviewOn === told
      ? null
      : `✓ ${capitalised(formatLife(life))}`
  }
}
