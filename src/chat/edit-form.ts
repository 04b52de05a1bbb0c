import { z } from 'zod'
import { civilDate, fullDate, isCivilDate } from '../base/dates.ts'
import { fieldRefusal, Refusal } from '../base/errors.ts'
import { shorten } from '../base/text.ts'
import { type Card, defineCard } from './cards.ts'
import type { CommandContext, FormState } from './commands.ts'
import {
  compareField,
  type FieldChange,
  fingerprint,
  formatSeen,
  parseSeen,
} from './edit-conflicts.ts'
import type { Fields } from './fields.ts'

/** One form for whatever is added or changed field by field: its inputs are data, so that no field needs a template. */

const choice = z.object({ title: z.string(), value: z.string() })
export type EditChoice = z.infer<typeof choice>

/** `person`, `people`: accounts of the workspace, chosen with the platform's own picker. */
const inputKind = z.enum(['text', 'long', 'date', 'choice', 'choices', 'person', 'people'])
export type InputKind = z.infer<typeof inputKind>

const input = z.object({
  id: z.string(),
  kind: inputKind,
  label: z.string(),
  /** What people typed; '' for nothing, and where one chooses. */
  value: z.string(),
  /** A day, or the values of what was chosen, joined by commas. */
  picked: z.string(),
  choices: z.array(choice),
  hint: z.string(),
  /** Nothing can be saved without it; the platforms say of all others that they may stay empty, or of this that it may not. */
  isRequired: z.boolean(),
})
type Input = z.infer<typeof input>

export const editFormCard = defineCard(
  'edit-form',
  z.object({
    /** At most 24 characters: the title of a modal. */
    heading: z.string(),
    /** What is changed; '' where something is added. */
    about: z.string(),
    button: z.string(),
    verb: z.string(),
    data: z.record(z.string(), z.string()),
    inputs: z.array(input),
    /** The question about words that may tell of a child ('' for none), and its answer. */
    child: z.object({ question: z.string(), fine: z.string() }),
  }),
  {
    ownText: [
      ...['heading', 'button', 'inputs.id', 'inputs.kind', 'inputs.label', 'inputs.picked'],
      ...['inputs.choices.value', 'inputs.hint'],
    ],
  },
)

export interface EditFormOptions {
  readonly heading: string
  readonly about: string
  readonly button: string
  readonly verb: string
  /** What the button carries besides what the form showed. */
  readonly data: Readonly<Record<string, string>>
  /** What to ask of the words that were written, if anything. */
  readonly question?: string
}

/** One input of a form, with what is saved at present. */
export interface EditField {
  readonly id: string
  readonly label: string
  readonly kind: InputKind
  /** As the input holds it: text, a day, the value of a choice, or several joined by commas; '' for nothing. */
  readonly present: string
  readonly choices?: readonly EditChoice[]
  /** What an example looks like, where the input is empty. */
  readonly hint?: string
  readonly isRequired?: boolean
}

/** The longest that an input holds. */
const maxInputLength = 2000
/** How much of a value a sentence or a choice repeats. */
const maxRepeatedLength = 60

/** A form in which fields are filled in for the first time, with what was typed already. */
export function addForm(
  options: EditFormOptions,
  fields: readonly EditField[],
  { values }: FormState,
): Card {
  const inputs = fields.map((field) => inputOf(field, typedText(values[field.id]) ?? field.present))
  return formCard(options, inputs, options.data, values)
}

/**
 * A form in which fields are changed. It shows what is saved at present where the person has not changed it, what they
 * typed where they have, and a choice where somebody else has changed the same since it was opened.
 */
export function editForm(
  options: EditFormOptions,
  fields: readonly EditField[],
  { values }: FormState,
): Card {
  const states = fields.map((field) => stateOf(field, values))
  const open = states.filter(needsChoice)
  const inputs = states.flatMap((state) => [
    inputOf(state.field, isMine(state.change) ? state.typed : state.field.present),
    ...(needsChoice(state) ? [choiceInput(state)] : []),
  ])
  const data = {
    ...options.data,
    seen: formatSeen(Object.fromEntries(states.map((state) => [state.field.id, seenNext(state)]))),
    asked: open.map(({ field }) => field.id).join(' '),
  }
  return formCard(options, open.length > 1 ? [allInput(open), ...inputs] : inputs, data, values)
}

function formCard(
  { heading, about, button, verb, question = '' }: EditFormOptions,
  inputs: Input[],
  data: Readonly<Record<string, string>>,
  values: FormState['values'],
): Card {
  const child = { question, fine: typedText(values.fine) ?? '' }
  return editFormCard({ heading, about, button, verb, data: { ...data }, inputs, child })
}

function inputOf(
  { id, kind, label, choices = [], hint = '', isRequired = false }: EditField,
  text: string,
): Input {
  const isTyped = kind === 'text' || kind === 'long'
  const isDay = kind !== 'date' || isCivilDate(text)
  return {
    ...{ id, kind, label, hint, isRequired, choices: [...choices] },
    value: isTyped ? shorten(text, maxInputLength) : '',
    picked: isTyped || !isDay ? '' : text,
  }
}

/** What to do with a field that somebody else has changed since the form was opened. */
const decisions = ['theirs', 'mine'] as const
type Decision = (typeof decisions)[number]

interface FieldState {
  readonly field: EditField
  /** What the form holds; what is saved where it does not have the field. */
  readonly typed: string
  /** The fingerprint of what the form showed when it was opened. */
  readonly shown: string
  readonly change: FieldChange
  /** The form asked already which value is to be saved, and showed the one that was saved then. */
  readonly wasAsked: boolean
  readonly decision: Decision | undefined
}

/**
 * What the form shown next counts as having shown. Where others alone changed a field, Slack may go on showing what the
 * input held before, so that stays what was seen: their value is kept either way.
 */
const seenNext = ({ field, change, shown }: FieldState) =>
  change === 'theirs' ? shown : printOf(field)

const isMine = (change: FieldChange) => change === 'mine' || change === 'both'

/** Whether the person has to see a choice: others changed it as well, or had when the form asked. */
function needsChoice({ change, wasAsked }: FieldState): boolean {
  return change === 'both' || (change === 'mine' && wasAsked)
}

const choiceId = (id: string) => `choice-${id}`

function stateOf(field: EditField, values: Readonly<Record<string, unknown>>): FieldState {
  const { id, present } = field
  const seen = parseSeen(typedText(values.seen) ?? '')
  const isShown = id in seen
  // A day or a choice that was emptied is left out by both platforms.
  const typed = typedText(values[id]) ?? (isShown ? '' : present)
  const [shown = printOf(field), isList] = [seen[id], isListKind(field.kind)]
  const said = typedText(values[choiceId(id)]) || typedText(values.choice)
  return {
    ...{ field, typed, shown },
    change: compareField(shown, fingerprint(typed, isList), printOf(field)),
    wasAsked: (typedText(values.asked) ?? '').split(' ').includes(id),
    decision: decisions.find((one) => one === said),
  }
}

const printOf = ({ kind, present }: EditField) =>
  fingerprint(shorten(present, maxInputLength), isListKind(kind))

const isListKind = (kind: InputKind) => kind === 'choices' || kind === 'people'

function typedText(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.join(',')
  return typeof value === 'string' ? value.trim() : undefined
}

function choiceInput({ field, typed, decision }: FieldState): Input {
  return {
    ...{ id: choiceId(field.id), kind: 'choice', value: '', picked: decision ?? '', hint: '' },
    isRequired: false,
    label: `${field.label}: which is to be saved?`,
    choices: [
      { value: 'theirs', title: `Keep theirs: ${describeValue(field, field.present)}` },
      { value: 'mine', title: `Save mine: ${describeValue(field, typed)}` },
    ],
  }
}

function allInput(open: readonly FieldState[]): Input {
  return {
    ...{ id: 'choice', kind: 'choice', label: 'For all that were changed meanwhile', value: '' },
    ...{ picked: '', hint: 'Or choose below, one by one', isRequired: false },
    choices: [
      { value: 'theirs', title: `Keep theirs, all ${open.length}` },
      { value: 'mine', title: `Save mine, all ${open.length}` },
    ],
  }
}

/** "Practice standards", "Fri 31 Mar 2017", "2 Practice", "none". */
export function describeValue({ kind, choices = [] }: EditField, value: string): string {
  if (value === '') return 'none'
  if (kind === 'date') return isCivilDate(value) ? fullDate(civilDate(value)) : value
  if (kind === 'text' || kind === 'long') return shorten(value, maxRepeatedLength)
  const titles = value
    .split(',')
    .map((each) => choices.find((one) => one.value === each)?.title ?? 'no longer to be chosen')
  return shorten(titles.join(', '), maxRepeatedLength)
}

export interface EditPlan {
  /** What is to be saved, with what was typed. */
  readonly edits: readonly { readonly field: EditField; readonly typed: string }[]
  /** What others changed meanwhile in fields that the person left alone, in words. */
  readonly remarks: readonly string[]
}

/** Who changed a field last, in words: "Ben Okoro, Fri 24 Feb 2017"; undefined where nobody is recorded. */
export type LastChange = (field: EditField) => Promise<string | undefined>

/**
 * What of a form is to be saved. @throws Refusal with each field that somebody else has changed since to another value
 * and that the person has not decided about
 */
export async function planEdits(
  fields: readonly EditField[],
  values: Fields,
  lastChange: LastChange,
): Promise<EditPlan> {
  const problems: Record<string, string> = {}
  const remarks: string[] = []
  const edits: EditPlan['edits'][number][] = []
  for (const field of fields) {
    const state = stateOf(field, values)
    const { change, wasAsked, decision, typed } = state
    if (change === 'both') {
      // No input has this id, so that Slack shows the whole form anew and not the problem alone.
      problems[`changed-${field.id}`] = await conflictText(field, lastChange)
    } else if (needsChoice(state) && !decision) {
      problems[choiceId(field.id)] = 'Choose which is to be saved.'
    } else if (change === 'theirs') {
      remarks.push(`Meanwhile: ${await changeText(field, lastChange)}`)
    } else if (change === 'mine' && !(wasAsked && decision === 'theirs')) {
      edits.push({ field, typed })
    }
  }
  if (Object.keys(problems).length > 0) throw fieldRefusal(problems)
  return { edits, remarks }
}

async function conflictText(field: EditField, lastChange: LastChange): Promise<string> {
  return `Since you opened this form, ${await changeText(field, lastChange)}. Choose which is to be saved.`
}

/** "Title is now Standards (Ben Okoro, Fri 24 Feb 2017)". */
async function changeText(field: EditField, lastChange: LastChange): Promise<string> {
  const by = await lastChange(field)
  return `${field.label} is now ${describeValue(field, field.present)}${by ? ` (${by})` : ''}`
}

/**
 * Saves each edit in turn. @throws Refusal with the problem of each field that cannot be saved; what was written before
 * is rolled back with the request
 */
export async function saveEdits<Saved>(
  context: CommandContext,
  { edits }: EditPlan,
  save: (context: CommandContext, field: EditField, typed: string) => Promise<Saved>,
): Promise<Saved[]> {
  const problems: Record<string, string> = {}
  const saved: Saved[] = []
  for (const { field, typed } of edits) {
    try {
      saved.push(await save(context, field, typed))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const isOfInputs = Object.keys(error.fields).length > 0
      Object.assign(problems, isOfInputs ? error.fields : { [field.id]: error.message })
    }
  }
  if (Object.keys(problems).length > 0) throw fieldRefusal(problems, '')
  return saved
}
