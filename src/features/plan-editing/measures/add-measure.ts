import { z } from 'zod'
import { Refusal } from '../../../base/errors.ts'
import { fold, listOf, quoted } from '../../../base/text.ts'
import { type CommandContext, defineCommand, optionalText } from '../../../chat/commands.ts'
import { run, slot } from '../../../chat/grammar.ts'
import { measureRemoval } from '../../../domain/measures/fields.ts'
import { measureTitle } from '../../../domain/measures/lookup.ts'
import { createMeasure } from '../../../domain/measures/store.ts'
import { findProgrammeTo, noSuchProgramme, requirePersonId } from '../../../domain/plan/lookup.ts'
import { recordAddition } from '../../../domain/plan/revise.ts'
import { programmesOf } from '../../../domain/plan/store.ts'
import { lockProgramme } from '../../../domain/programme/lock.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { type EditableField, findField, labelOf } from '../editable-fields.ts'
import { formArgs } from '../forms/args.ts'
import { officeProvenance } from '../office-lookup.ts'
import { revisedResult } from '../revised-result.ts'
import { measureDetails, measureTitleInput } from './measure-fields.ts'
import { addMeasureForm } from './measure-form.ts'
import { parseDetails } from './parse-details.ts'

const detailNames = measureDetails.flatMap(({ names }) => names.map(fold))

/** Whether a detail begins with the word at a place: "with" may also stand in a title. */
const beginsDetail = (words: readonly string[], at: number) =>
  parseDetails(words.slice(at, at + 3).join(' '), detailNames)[0]?.name !== ''

export const addMeasure = defineCommand({
  name: 'add-measure',
  usages: ['add measure <title> [for <programme>] [with <details>]'],
  slots: { title: slot.text, programme: slot.word, details: run({ first: beginsDetail }) },
  examples: [
    'add measure Visits on time',
    'add measure Care leavers in work with baseline 58.4%, target 65%, better higher, how often quarterly, projects 2.1',
  ],
  authority: ['change plan'],
  summary: `Add a measure of success, with what is known of it: ${listOf(measureDetails.map(labelOf))}. For the programme office.`,
  args: formArgs.extend({
    title: z.string().trim().min(1, 'Say what it is called.'),
    programme: optionalText,
    details: optionalText,
  }),
  form: addMeasureForm,
  run: async (context, args) => {
    const { tx, today } = context
    const { id: programmeId } = await findNamedProgramme(context, args.programme)
    await lockProgramme(tx, programmeId)
    const remarks: string[] = []
    const values: Record<string, unknown> = {}
    const lines: string[] = []
    const read = (editable: EditableField, text: string) =>
      editable.parse(context, programmeId, text, (remark) => remarks.push(remark))
    const title = String(await read(measureTitleInput, args.title))
    for (const { editable, text } of detailsOf(args)) {
      const value = await read(editable, text)
      values[editable.field.key] = value
      lines.push(`${labelOf(editable)}: ${await editable.format(context, value)}`)
    }
    const { id, number } = await createMeasure(tx, programmeId, {
      ...values,
      title,
      addedOn: today,
    })
    const details = { programmeId, reason: null, said: officeProvenance(context) }
    const revision = await recordAddition(
      tx,
      measureRemoval,
      id,
      { from: true, to: false },
      details,
    )
    const added = `Measure ${measureTitle({ number, title })} was added.`
    return revisedResult(revision, [added, ...lines, ...remarks], added)
  },
})

/** @throws Refusal for a word behind "for" that is no programme of theirs: it may belong to the title */
async function findNamedProgramme(
  context: CommandContext,
  key: string | undefined,
): Promise<Programme> {
  const mine = await programmesOf(context.tx, requirePersonId(context.actor))
  const [first] = mine
  if (!key || !first || mine.some((one) => fold(one.key) === fold(key))) {
    return findProgrammeTo(context, 'change plan', key)
  }
  const { message } = noSuchProgramme(mine, key)
  throw new Refusal(
    `${message} If ${quoted(`for ${key}`)} belongs to the title, say “for ${first.key}” behind it. Nothing was saved.`,
  )
}

interface TypedDetail {
  readonly editable: EditableField
  readonly text: string
}

/** By line in one text, by form one by one. @throws Refusal for what is none of a measure */
function detailsOf({ details, ...inputs }: Readonly<Record<string, unknown>>): TypedDetail[] {
  if (typeof details !== 'string') {
    return measureDetails.flatMap((editable) => {
      const text = String(inputs[editable.field.key] ?? '').trim()
      return text === '' ? [] : [{ editable, text }]
    })
  }
  return parseDetails(details, detailNames).map(({ name, text }) => {
    const editable = findField(measureDetails, name)
    if (editable) return { editable, text }
    const list = listOf(measureDetails.map(labelOf))
    throw new Refusal(`A measure has no ${quoted(text)}. It has: ${list}. Nothing was saved.`)
  })
}
