/** Slack's limits. Source, unless stated otherwise: https://docs.slack.dev/reference/block-kit */

export const blocksInMessage = 50
export const blocksInView = 100
export const viewBytes = 250_000
export const metadata = 3000

/**
 * Slack refuses a message with too much text in total (msg_blocks_too_long); the limit is not documented. It refused
 * 13,172 characters in two blocks, and 11,341 in 45 blocks (bolt-js issues 2509 and 2867).
 */
export const charactersInMessage = 12_500
export const charactersPerBlock = 30

/** chat.update takes 4,000 bytes of text; one escaped character can take five (&amp;). */
export const fallbackText = 750

export const header = 150
/** The most text that we put into one block; Slack's limit for a text object is 3,000. */
export const paragraphs = 2800
export const contextText = 2000
export const label = 2000
export const placeholder = 150
export const inputLength = 3000
export const altText = 2000

export const buttonsInBlock = 25
export const buttonText = 75
/** Of a button, for screen readers. */
export const accessibilityLabel = 75
export const buttonValue = 2000
export const actionId = 255

export const options = 100
export const expandedOptions = 10
export const optionText = 75
export const optionValue = 150

/** Title, submit and close of a modal. */
export const modalText = 24
