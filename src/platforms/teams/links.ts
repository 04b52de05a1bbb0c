import { z } from 'zod'
import { decodeEntities } from './mentions.ts'

/** A message as Teams shows it, beside its text. */
const htmlContent = z.looseObject({ contentType: z.literal('text/html'), content: z.string() })

/** No tag within: looking for an end no further than the next "<" keeps the work to the length of the text. */
const anchor = /<a\b[^<>]*\shref="(https?:[^"<>]+)"[^<>]*>([^<>]+)<\/a>/gi

/**
 * The text with the address of each link that has words of its own: "the paper (https://…)". Teams leaves the addresses
 * out of a message's text and gives them in its HTML alone.
 */
export function textWithAddresses(text: string, attachments: readonly unknown[]): string {
  const html = attachments.flatMap((one) => htmlContent.safeParse(one).data?.content ?? [])
  const links = html.flatMap((content) => [...content.matchAll(anchor)])
  let from = 0
  let result = text
  for (const [, href = '', shown = ''] of links) {
    const [address, label] = [decodeEntities(href), decodeEntities(shown).trim()]
    const at = result.indexOf(label, from)
    if (at < 0 || address.includes(label)) continue
    const end = at + label.length
    result = `${result.slice(0, end)} (${address})${result.slice(end)}`
    from = end + address.length + 3
  }
  return result
}
