import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { quoted } from '../../base/text.ts'
import { programmeArgs } from '../../chat/args.ts'
import {
  type CommandContext,
  type CommandResult,
  defineCommand,
  defineQuery,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { changeSetting } from '../../domain/programme/settings-store.ts'
import {
  type Criterion,
  criteriaOf,
  fiveCriteria,
  formatCriteriaRule,
  formatCriterion,
} from '../../domain/scheme/criteria.ts'
import { labelPattern, slug } from '../../domain/scheme/custom-scheme.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { criteriaSetting } from '../../domain/scheme/settings.ts'

/** Slack shows ten boxes to tick. */
const maxCriteria = 10
const maxLabelLength = 60

const show = defineQuery({
  name: 'admin-criteria',
  usages: ['admin criteria [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['admin criteria'],
  authority: ['run programme'],
  summary: 'The criteria that a RAG comes from. For the programme office.',
  args: programmeArgs,
  run: async (context, args) => {
    const programme = await findProgrammeTo(context, 'run programme', args.programme)
    return criteriaReply('Criteria', programme, criteriaOf(programme.settings), context)
  },
})

const add = defineCommand({
  name: 'admin-criteria-add',
  usages: ['admin criteria add <label> [<critical>] [for <programme>]'],
  slots: { label: slot.text, critical: oneOf('critical'), programme: slot.text },
  examples: ['admin criteria add Staff in post critical'],
  authority: ['run programme'],
  summary: 'Add a criterion; a critical one makes a project Red when it is missing.',
  args: programmeArgs.extend({
    label: z
      .string()
      .max(maxLabelLength, `Say it in at most ${maxLabelLength} characters. Nothing was changed.`)
      .regex(labelPattern, 'Use letters and figures only. Nothing was changed.'),
    critical: optionalText,
  }),
  run: (context, { label, critical, programme }) =>
    changeCriteria(context, programme, (criteria) => {
      const key = slug(label)
      if (key === '' || criteria.some((one) => one.key === key || slug(one.label) === key)) {
        throw new Refusal(`There is a criterion ${quoted(label)} already. Nothing was changed.`)
      }
      if (criteria.length >= maxCriteria) {
        throw new Refusal(
          `There are ${maxCriteria} criteria, and a form has no room for more. Nothing was changed.`,
        )
      }
      return [...criteria, { key, label, critical: critical !== undefined }]
    }),
})

const remove = defineCommand({
  name: 'admin-criteria-remove',
  usages: ['admin criteria remove <position> [for <programme>]'],
  slots: { position: slot.position, programme: slot.text },
  examples: ['admin criteria remove 2'],
  authority: ['run programme'],
  summary: 'Remove a criterion, by its number. What was ticked stays in the history.',
  args: programmeArgs.extend({ position: z.coerce.number() }),
  run: (context, { position, programme }) =>
    changeCriteria(context, programme, (criteria) => {
      if (!criteria[position - 1]) {
        throw new Refusal(`There is no criterion ${position}. Nothing was changed.`)
      }
      return criteria.filter((_, at) => at !== position - 1)
    }),
})

const off = defineCommand({
  name: 'admin-criteria-off',
  usages: ['admin criteria off [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['admin criteria off'],
  authority: ['run programme'],
  summary: 'Ask for no criteria.',
  args: programmeArgs,
  run: (context, { programme }) => changeCriteria(context, programme, () => []),
})

const five = defineCommand({
  name: 'admin-criteria-five',
  usages: ['admin criteria five [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['admin criteria five for W17'],
  authority: ['run programme'],
  summary: 'Ask for the five criteria: scope, requirements, resource, plan, timescales.',
  args: programmeArgs,
  run: (context, { programme }) => changeCriteria(context, programme, () => fiveCriteria),
})

export const criteriaCommands = [show, add, remove, off, five]

async function changeCriteria(
  context: CommandContext,
  key: string | undefined,
  to: (criteria: readonly Criterion[]) => readonly Criterion[],
): Promise<CommandResult> {
  const programme = await findProgrammeTo(context, 'run programme', key)
  const settings = await changeSetting(context, programme.id, criteriaSetting, (_, now) => [
    ...to(criteriaOf(now)),
  ])
  return criteriaReply('Saved', programme, criteriaOf(settings), context)
}

function criteriaReply(
  heading: string,
  { title, settings }: Programme,
  criteria: readonly Criterion[],
  { prefix }: QueryContext,
): CommandResult {
  const lines =
    criteria.length === 0
      ? [`${title} asks for no criteria.`]
      : [
          ...criteria.map((one, at) => `${at + 1}. ${formatCriterion(one)}`),
          formatCriteriaRule(schemeOf(settings), criteria),
        ]
  const how = `${prefix} admin criteria add … critical, ${prefix} admin criteria remove 2, ${prefix} admin criteria off, ${prefix} admin criteria five`
  return { card: noticeCard({ heading, lines: [...lines, `To change them: ${how}`], buttons: [] }) }
}
