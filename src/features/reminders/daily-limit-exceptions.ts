/**
 * One person gets one message a day. These are all the exceptions, each with its reason in words: what somebody asked
 * for on that very day and would be pointless a day later. Each makes a second message only after the day's was sent.
 */
export const dailyLimitExceptions = {
  hour: 'you asked to be told again later on the same day',
  nudge: 'your programme office pressed “nudge now”',
} as const

export type DailyLimitException = keyof typeof dailyLimitExceptions
