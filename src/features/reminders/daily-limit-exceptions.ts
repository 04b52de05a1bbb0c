/**
 * One person gets one message a day. These are all the exceptions: what somebody asked for on that very day, and
 * would miss the point a day later. Each is a message of its own only where the day's has been said already.
 */
export const dailyLimitExceptions = {
  hour: 'you asked to be told again later on the same day',
  nudge: 'your programme office pressed “nudge now”',
} as const
