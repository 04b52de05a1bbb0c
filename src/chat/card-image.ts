/**
 * The image of a message is an Image in its card with the url "picture:<id>". The platform replaces that url when it
 * sends the message; without bytes, or where it cannot show them, it sends the card without the image.
 */
const cardImageScheme = 'picture:'

/** Whether the url of an Image stands for the image that comes with the message. */
export function isCardImageUrl(url: unknown): boolean {
  return typeof url === 'string' && url.startsWith(cardImageScheme)
}
