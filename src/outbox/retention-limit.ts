/**
 * Messages younger than this are needed: reminders look a month back at what was said, digests and corrections
 * further at where a message stands.
 */
export const minRetentionDays = 90
