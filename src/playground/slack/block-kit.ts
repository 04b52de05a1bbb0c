import { z } from 'zod'
import {
  accessory,
  actionElement,
  anyText,
  type Element,
  hasOneImageSource,
  imageElement,
  imageFields,
  inputElement,
  markdownText,
  oneImageSource,
  plainText,
} from './elements.ts'

/**
 * Block Kit's blocks as Slack accepts them. Not included, and so refused as unsupported: video,
 * remote files, and the blocks for AI agents.
 * Source: https://docs.slack.dev/reference/block-kit/blocks
 */

const blockId = { block_id: z.string().min(1).max(255).optional() }
const richText = z.strictObject({
  type: z.literal('rich_text'),
  ...blockId,
  elements: z.array(z.looseObject({ type: z.string() })),
})
const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string() }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string() }),
  richText,
])

export const block = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('section'),
      ...blockId,
      text: anyText(3000).optional(),
      fields: z.array(anyText(2000)).min(1).max(10).optional(),
      accessory: accessory.optional(),
      expand: z.boolean().optional(),
    })
    .refine((section) => section.text !== undefined || section.fields !== undefined, {
      error: 'missing required field: text or fields',
    }),
  z.strictObject({ type: z.literal('header'), ...blockId, text: plainText(150) }),
  z.strictObject({ type: z.literal('divider'), ...blockId }),
  z.strictObject({
    type: z.literal('context'),
    ...blockId,
    elements: z
      .array(z.discriminatedUnion('type', [imageElement, plainText(3000), markdownText(3000)]))
      .min(1)
      .max(10),
  }),
  z.strictObject({
    type: z.literal('actions'),
    ...blockId,
    elements: z.array(actionElement).min(1).max(25),
  }),
  z
    .strictObject({
      type: z.literal('image'),
      ...blockId,
      ...imageFields,
      title: plainText(2000).optional(),
    })
    .refine(hasOneImageSource, oneImageSource),
  z.strictObject({
    type: z.literal('input'),
    ...blockId,
    label: plainText(2000),
    hint: plainText(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    element: inputElement,
  }),
  z.strictObject({ type: z.literal('markdown'), ...blockId, text: z.string().min(1).max(12_000) }),
  z.strictObject({
    type: z.literal('table'),
    ...blockId,
    rows: z.array(z.array(cell).max(20)).min(1).max(100),
    column_settings: z
      .array(
        z
          .strictObject({
            align: z.enum(['left', 'center', 'right']).optional(),
            is_wrapped: z.boolean().optional(),
          })
          .nullable(),
      )
      .max(20)
      .optional(),
  }),
  richText,
])
export type Block = z.infer<typeof block>

/** The elements of a block that a person can act on, in reading order. */
export function elementsOf(block: Block): Element[] {
  if (block.type === 'actions') return block.elements
  if (block.type === 'input') return [block.element]
  if (block.type === 'section' && block.accessory && block.accessory.type !== 'image') {
    return [block.accessory]
  }
  return []
}
