import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { quoted } from '../../base/text.ts'
import { type Answer, type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { officeProgramme } from '../../domain/plan/lookup.ts'
import type { Programme } from '../../domain/plan/plan.ts'
import { changeSettings } from '../../domain/programme/settings-store.ts'
import {
  type Criterion,
  criteriaOf,
  criterionInWords,
  fiveCriteria,
  ruleInWords,
} from '../../domain/scheme/criteria.ts'
import { plainLabel, slug } from '../../domain/scheme/custom-scheme.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'

/** Slack shows ten boxes to tick. */
const most = 10
const longestLabel = 60

const ofProgramme = z.object({ programme: optionalText })

const show = defineCommand({
  name: 'admin-criteria',
  tells: true,
  usages: ['admin criteria [for <programme>]'],
  summary: 'The criteria that a RAG comes from. For the programme office.',
  args: ofProgramme,
  run: async (context, args) => {
    const programme = await officeProgramme(context, args.programme)
    return answer('Criteria', programme, criteriaOf(programme.settings), context)
  },
})

const add = defineCommand({
  name: 'admin-criteria-add',
  usages: ['admin criteria add <label> [<critical>] [for <programme>]'],
  summary: 'Add a criterion; a critical one makes a project Red when it is missing.',
  args: ofProgramme.extend({
    label: z
      .string()
      .max(longestLabel, `Say it in at most ${longestLabel} characters. Nothing was changed.`)
      .regex(plainLabel, 'Use letters and figures only. Nothing was changed.'),
    critical: optionalText,
  }),
  run: (context, { label, critical, programme }) =>
    change(context, programme, (criteria) => {
      const key = slug(label)
      if (key === '' || criteria.some((one) => one.key === key || slug(one.label) === key)) {
        throw new Refusal(`There is a criterion ${quoted(label)} already. Nothing was changed.`)
      }
      if (criteria.length >= most) {
        throw new Refusal(
          `There are ${most} criteria, and a form has no room for more. Nothing was changed.`,
        )
      }
      return [...criteria, { key, label, critical: critical !== undefined }]
    }),
})

const remove = defineCommand({
  name: 'admin-criteria-remove',
  usages: ['admin criteria remove <position> [for <programme>]'],
  summary: 'Remove a criterion, by its number. What was ticked stays in the history.',
  args: ofProgramme.extend({ position: z.coerce.number() }),
  run: (context, { position, programme }) =>
    change(context, programme, (criteria) => {
      if (!criteria[position - 1]) {
        throw new Refusal(`There is no criterion ${position}. Nothing was changed.`)
      }
      return criteria.filter((_, at) => at !== position - 1)
    }),
})

const off = defineCommand({
  name: 'admin-criteria-off',
  usages: ['admin criteria off [for <programme>]'],
  summary: 'Ask for no criteria.',
  args: ofProgramme,
  run: (context, { programme }) => change(context, programme, () => []),
})

const five = defineCommand({
  name: 'admin-criteria-five',
  usages: ['admin criteria five [for <programme>]'],
  summary: 'Ask for the five criteria: scope, requirements, resource, plan, timescales.',
  args: ofProgramme,
  run: (context, { programme }) => change(context, programme, () => fiveCriteria),
})

export const criteriaCommands = [show, add, remove, off, five]

async function change(
  context: Context,
  key: string | undefined,
  to: (criteria: readonly Criterion[]) => readonly Criterion[],
): Promise<Answer> {
  const programme = await officeProgramme(context, key)
  const settings = await changeSettings(context.tx, programme.id, (now) => ({
    ...now,
    criteria: [...to(criteriaOf(now))],
  }))
  return answer('Stored', programme, criteriaOf(settings), context)
}

function answer(
  heading: string,
  { title, settings }: Programme,
  criteria: readonly Criterion[],
  { prefix }: Context,
): Answer {
  const lines =
    criteria.length === 0
      ? [`${title} asks for no criteria.`]
      : [
          ...criteria.map((one, at) => `${at + 1}. ${criterionInWords(one)}`),
          ruleInWords(schemeOf(settings), criteria),
        ]
  const how = `${prefix} admin criteria add … critical, ${prefix} admin criteria remove 2, ${prefix} admin criteria off, ${prefix} admin criteria five`
  return { card: noticeCard({ heading, lines: [...lines, `To change them: ${how}`], buttons: [] }) }
}
