import { fullDate, fullMoment } from '../../../base/dates.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'

/** The number of a digest and its four dates, in one line; '' for what was not issued. */
export function formatIssue({ issue, asAt }: Pick<DigestContent, 'issue' | 'asAt'>): string {
  if (!issue) return ''
  const { number, from, to, at, zone, meetingOn } = issue
  return [
    `Digest ${number}`,
    `data ${fullDate(from)} to ${fullDate(to)}`,
    `RAG as at ${fullDate(asAt)}`,
    `issued ${fullMoment(new Date(at), zone)}`,
    ...(meetingOn ? [`meeting ${fullDate(meetingOn)}`] : []),
  ].join(' · ')
}

/** 'Digest 12 · meeting Thu 2 Mar 2017': the first message has no room for all four dates. */
export function formatIssueNumber({ issue }: Pick<DigestContent, 'issue'>): string {
  if (!issue) return ''
  const { number, meetingOn } = issue
  return [`Digest ${number}`, ...(meetingOn ? [`meeting ${fullDate(meetingOn)}`] : [])].join(' · ')
}
