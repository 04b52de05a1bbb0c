import { z } from 'zod'
import { Refusal } from '../../../base/errors.ts'
import { fold, listOf, quoted } from '../../../base/text.ts'
import { type CommandContext, defineCommand, optionalText } from '../../../chat/commands.ts'
import { run, slot } from '../../../chat/grammar.ts'
import { measureRemoval } from '../../../domain/measures/fields.ts'
import { measureTitle } from '../../../domain/measures/lookup.ts'
import { createMeasure } from '../../../domain/measures/store.ts'
import { findProgrammeTo, requirePersonId } from '../../../domain/plan/lookup.ts'
import { recordAddition } from '../../../domain/plan/revise.ts'
import { programmesOf } from '../../../domain/plan/store.ts'
import { lockProgramme } from '../../../domain/programme/lock.ts'
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
    const { programme: key, title: typedTitle } = await resolveProgramme(context, args)
    const { id: programmeId } = await findProgrammeTo(context, 'change plan', key)
    await lockProgramme(tx, programmeId)
    const remarks: string[] = []
    const values: Record<string, unknown> = {}
    const lines: string[] = []
    const read = (editable: EditableField, text: string) =>
      editable.parse(context, programmeId, text, (remark) => remarks.push(remark))
    const title = String(await read(measureTitleInput, typedTitle))
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

interface TitleAndProgramme {
  readonly title: string
  readonly programme?: string | undefined
}

/** "Waiting time for visits" names no programme, though "for" stands where one may. */
async function resolveProgramme(
  { tx, actor }: CommandContext,
  { title, programme }: TitleAndProgramme,
): Promise<TitleAndProgramme> {
  if (programme === undefined) return { title }
  const mine = await programmesOf(tx, requirePersonId(actor))
  const isMine = mine.some(({ key }) => fold(key) === fold(programme))
  return isMine ? { title, programme } : { title: `${title} for ${programme}` }
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
