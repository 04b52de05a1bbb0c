/**
 * Messages younger than this are needed: reminders look a month back at what was sent, digests and corrections further
 * at the addresses of their messages.
 */
export const minRetentionDays = 90
