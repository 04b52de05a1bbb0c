import { z } from 'zod'
import type { ChosenFile } from './view-model.ts'

/** A file that comes from the page: 30 MB, so that one can see what Milepost says of it. */
export const maxRequestBody = '48mb'

export const chosenFiles: z.ZodType<ChosenFile[] | undefined> = z
  .array(
    z.object({
      name: z.string().min(1).max(255),
      contentType: z.string().max(200),
      content: z.base64(),
    }),
  )
  .max(10)
  .optional()

/** Whether there is something to send: words, files or both. */
export const hasContent = ({
  text,
  files = [],
}: {
  text: string
  files?: ChosenFile[] | undefined
}) => text !== '' || files.length > 0

export function decodeFiles(files: readonly ChosenFile[] = []) {
  return files.map(({ name, contentType, content }) => ({
    ...{ name, contentType },
    bytes: Buffer.from(content, 'base64'),
  }))
}
