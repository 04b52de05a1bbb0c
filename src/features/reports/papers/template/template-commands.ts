import { dateIn, fullDate } from '../../../../base/dates.ts'
import { Refusal } from '../../../../base/errors.ts'
import { listOf } from '../../../../base/text.ts'
import { programmeArgs } from '../../../../chat/args.ts'
import {
  type Command,
  type CommandContext,
  type CommandResult,
  defineCommand,
  optionalText,
} from '../../../../chat/commands.ts'
import { oneOf, slot } from '../../../../chat/grammar.ts'
import { noticeCard, savedResult } from '../../../../chat/notice.ts'
import type { ReceivedFile } from '../../../../chat/received-file.ts'
import {
  type KeptTemplate,
  loadPaperTemplates,
  ownTemplateAt,
  setPaperTemplate,
} from '../../../../domain/papers/template-store.ts'
import { findProgrammeTo, programmesTo } from '../../../../domain/plan/lookup.ts'
import type { Programme } from '../../../../domain/programme/programme.ts'
import type { PaperLayout } from '../layout.ts'
import { layoutByKey, paperLayouts } from '../layouts/registry.ts'
import { sendFile } from '../send-paper.ts'
import { paperFormats } from '../write-paper.ts'
import { type CheckedTemplate, checkTemplate } from './check-template.ts'

/** The office's own Word file, which papers are put into: kept, shown, taken out. */

const slots = {
  layout: oneOf(...paperLayouts.map(({ key }) => key)),
  programme: slot.word,
}
const templateArgs = programmeArgs.extend({ layout: optionalText })

const layoutNamed = (typed: string | undefined): PaperLayout | null =>
  typed === undefined ? null : layoutByKey(typed.replaceAll(' ', '-'))

const paperTemplate = defineCommand({
  name: 'paper-template',
  usages: [
    'paper template [of <layout>] [for <programme>]',
    'template for papers [for <programme>]',
  ],
  slots,
  examples: ['paper template', 'paper template of overview for W17', 'template for papers'],
  authority: ['publish digest'],
  summary:
    'Send me your own Word file (.docx) with this line, in our direct message: from then on papers are put into it, all of them or, “of overview”, one kind. Without a file: which are kept. For the programme office.',
  readsFiles: async (context) => {
    await programmesTo(context, 'publish digest')
  },
  args: templateArgs,
  run: async (context, { layout: typed, programme: key }) => {
    const programme = await findProgrammeTo(context, 'publish digest', key)
    const [file, another] = context.files
    if (!file) return { card: await keptCard(context, programme) }
    if (another) throw new Refusal('Send one Word file at a time. Nothing was saved.')
    return keepTemplate(context, programme, layoutNamed(typed), file)
  },
})

/** Keeps the file, and sends today's paper in it. */
async function keepTemplate(
  context: CommandContext,
  programme: Programme,
  layout: PaperLayout | null,
  file: ReceivedFile,
): Promise<CommandResult> {
  const { tx, actor, place, today, now } = context
  const sent = { fileName: file.name, bytes: await file.read() }
  const checked = await checkTemplate(tx, { programme, layout, today }, sent)
  const by = { byId: actor.personId, source: place.platform }
  await setPaperTemplate(
    tx,
    { programmeId: programme.id, layout: layout?.key ?? null, ...by, now },
    checked,
  )
  const lines = [
    `${whichPapers(layout)} of ${programme.title} are put into ${file.name} from now on, where they are Word files. Papers that were drafted or issued before stay as they are.`,
    ...trialLines(checked),
  ]
  await sendTrial(context, programme, checked)
  return savedResult(lines)
}

const whichPapers = (layout: PaperLayout | null) =>
  layout ? `Papers “${layout.key}”` : 'All papers that have no Word file of their own'

function trialLines({ trial }: CheckedTemplate): string[] {
  if (!trial)
    return ['The plan has nothing yet to try it with: look at the first paper that is made.']
  const { layout, leftOut } = trial
  return [
    `${layout.title} in it, as it would be today for the board, comes to our direct message: please look at it.`,
    ...(leftOut.length === 0
      ? []
      : [`It has no place for these parts, so they will be left out: ${listOf(leftOut)}.`]),
  ]
}

async function sendTrial(
  context: CommandContext,
  programme: Programme,
  { fileName, trial }: CheckedTemplate,
): Promise<void> {
  if (!trial) return
  const name = `${programme.key} ${trial.layout.key} as a trial.docx`
  const file = { name, contentType: paperFormats.docx.contentType, bytes: trial.bytes }
  await sendFile(context, programme, file, [
    `${trial.layout.title} of ${programme.title} in ${fileName}, as a trial. It is not issued.`,
  ])
}

async function keptCard({ tx, prefix }: CommandContext, programme: Programme) {
  const kept = await loadPaperTemplates(tx, programme.id)
  const own = `To keep one, send me a Word file (.docx) in our direct message, and write beside it: ${prefix} paper template, or ${prefix} paper template of overview for one kind of paper.`
  return noticeCard({
    heading: `Word files for the papers of ${programme.title}`,
    lines: [
      ...(kept.length > 0
        ? kept.map((one) => keptLine(one, programme))
        : ['None is kept: papers are in the plain style.']),
      own,
      'In it stand {{title}}, {{as at}} and {{for}} as words, and {{paper}} in a paragraph of its own; or a paragraph for each part of one kind of paper, by its heading: {{Risks and mitigations}}.',
    ],
    buttons: kept.map(({ layout, fileName }) => ({
      title: `Send me ${fileName}`,
      verb: 'paper-template-send',
      data: { programme: programme.key, ...(layout === null ? {} : { layout }) },
    })),
  })
}

/** 'All papers: house.docx, kept by Asha Verity since Fri 27 Feb 2026.' */
export function keptLine({ layout, fileName, at, by }: KeptTemplate, { zone }: Programme): string {
  const whose = layout === null ? 'All papers' : layoutByKey(layout).title
  const how = by === null ? 'from the terminal' : `by ${by}`
  return `${whose}: ${fileName}, kept ${how} since ${fullDate(dateIn(zone, at))}.`
}

const paperTemplateSend = defineCommand({
  name: 'paper-template-send',
  usages: ['paper template send [of <layout>] [for <programme>]'],
  slots,
  examples: ['paper template send', 'paper template send of overview'],
  authority: ['publish digest'],
  summary:
    'The Word file that is kept for papers, in our direct message, to edit it and send it again. For the programme office.',
  args: templateArgs,
  run: async (context, { layout: typed, programme: key }) => {
    const programme = await findProgrammeTo(context, 'publish digest', key)
    const { fileName, bytes } = await requireKept(context, programme, layoutNamed(typed))
    const file = { name: fileName, contentType: paperFormats.docx.contentType, bytes }
    return sendFile(context, programme, file, [
      `The Word file of the papers of ${programme.title}. To change it, edit it in Word and send it again with: ${context.prefix} paper template${typed ? ` of ${typed}` : ''}`,
    ])
  },
})

const paperTemplateRemove = defineCommand({
  name: 'paper-template-remove',
  usages: ['paper template remove [of <layout>] [for <programme>]'],
  slots,
  examples: ['paper template remove', 'paper template remove of overview'],
  authority: ['publish digest'],
  summary:
    'Put papers into the Word file no more: they are in the plain style from then on. For the programme office.',
  args: templateArgs,
  run: async (context, { layout: typed, programme: key }) => {
    const { tx, actor, place, now } = context
    const programme = await findProgrammeTo(context, 'publish digest', key)
    const layout = layoutNamed(typed)
    const { fileName } = await requireKept(context, programme, layout)
    const change = { programmeId: programme.id, layout: layout?.key ?? null, now }
    await setPaperTemplate(tx, { ...change, byId: actor.personId, source: place.platform }, null)
    return savedResult([
      `Papers of ${programme.title} are not put into ${fileName} any more. Those that were drafted or issued before stay as they are.`,
    ])
  },
})

/** @throws Refusal where none is kept for it */
async function requireKept(
  { tx, prefix, now }: CommandContext,
  programme: Programme,
  layout: PaperLayout | null,
) {
  const file = await ownTemplateAt(tx, programme.id, layout?.key ?? null, now)
  if (file) return file
  const whose = layout ? `papers “${layout.key}”` : 'all papers'
  throw new Refusal(
    `${programme.title} keeps no Word file for ${whose}. ${prefix} paper template lists those that it keeps. Nothing was changed.`,
  )
}

export const templateCommands: readonly Command[] = [
  ...[paperTemplateSend, paperTemplateRemove, paperTemplate],
]
