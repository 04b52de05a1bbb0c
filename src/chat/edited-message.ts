/**
 * The answer to whoever changes what they wrote: done again, it would count twice, and left without a word they could not
 * know that it does not count.
 */
export const editNotReadText =
  'You changed a message that I have already answered. I read a message once, as it was first sent: what you asked then stands. To say something else, please send a new message.'
