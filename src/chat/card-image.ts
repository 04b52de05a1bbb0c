/**
 * The picture of a message stands in its card as an Image whose address is "picture:<id>". The platform puts its own in
 * place of that as it sends the message; where it has no bytes for it, or cannot show them, the card goes without.
 */
const cardImageScheme = 'picture:'

/** Whether an address of an Image is that of the picture which comes with the message. */
export function isCardImageUrl(url: unknown): boolean {
  return typeof url === 'string' && url.startsWith(cardImageScheme)
}
