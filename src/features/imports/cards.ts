import { z } from 'zod'
import { defineCard } from '../../chat/cards.ts'
import { formProblemSchema } from '../../chat/form-problems.ts'

const previewButton = z.object({
  title: z.string(),
  verb: z.string(),
  style: z.enum(['default', 'positive']),
  data: z.record(z.string(), z.string()),
})
export type PreviewButton = z.infer<typeof previewButton>

const previewSection = z.object({
  heading: z.string(),
  /** `title` is bold, and '' where there is none. */
  lines: z.array(z.object({ title: z.string(), text: z.string() })),
})
export type PreviewSection = z.infer<typeof previewSection>

/** What a sheet was understood as and what it would change, before anything is saved. */
export const importPreviewCard = defineCard(
  'import-preview',
  z.object({
    heading: z.string(),
    intro: z.array(z.string()),
    sections: z.array(previewSection),
    buttons: z.array(previewButton),
  }),
  { ownText: ['heading', 'sections.heading', 'buttons.title', 'buttons.style'] },
)

const choice = z.object({ title: z.string(), value: z.string() })

/** A form of menus: what each heading means, or what becomes of each project that a sheet no longer has. */
export const importChoicesFormCard = defineCard(
  'import-choices-form',
  z.object({
    heading: z.string(),
    intro: z.string(),
    problems: z.array(formProblemSchema),
    menus: z.array(
      z.object({ id: z.string(), label: z.string(), value: z.string(), choices: z.array(choice) }),
    ),
    /** The text and the day that it asks for besides: '' for none. */
    reason: z.object({ label: z.string(), value: z.string() }),
    day: z.object({ label: z.string(), value: z.string() }),
    submit: z.object({
      title: z.string(),
      verb: z.string(),
      data: z.record(z.string(), z.string()),
    }),
  }),
  {
    ownText: [
      'heading',
      'intro',
      'menus.id',
      'menus.value',
      'menus.choices.value',
      'reason.label',
      'day.label',
      'day.value',
      'submit.title',
    ],
  },
)
