import { amountNoticeKind } from '../features/delivery-log/amount-notices.ts'
import { failureNoticeKind } from '../features/delivery-log/failure-notices.ts'
import { outageNoticeKind } from '../features/delivery-log/outage-notices.ts'
import { renewalNoticeKind } from '../features/delivery-log/renewal-notices.ts'
import { digestKind, officeNoticeKind } from '../features/digests/message-kinds.ts'
import { sheetKind } from '../features/imports/chat/sheet-commands.ts'
import { moveAnswerKind, moveRequestKind } from '../features/milestones/move-messages.ts'
import { leaverNoticeKind } from '../features/people/leavers/leaver-notices.ts'
import { officeGoneKind } from '../features/people/leavers/office-notices.ts'
import { accountJoinedKind, officeJoinedKind } from '../features/people/linking/link-messages.ts'
import { newcomerKind, welcomeKind } from '../features/people/newcomers/newcomer-messages.ts'
import {
  milestoneAnswerKind,
  milestoneRequestKind,
} from '../features/plan-editing/milestone-requests.ts'
import { answerKind, questionKind } from '../features/questions/message-kinds.ts'
import { decisionKind } from '../features/register/decision-threads.ts'
import { reminderKind } from '../features/reminders/message-kind.ts'
import { paperApprovalKind, paperOfficeKind } from '../features/reports/papers/issuing/messages.ts'
import { paperKind } from '../features/reports/papers/send-paper.ts'
import { invitationKind } from '../features/setup/invitation.ts'
import { createMessageKindRegistry } from '../outbox/message-kinds.ts'

/** Everything that Milepost sends on its own initiative. */
export const messageKinds = createMessageKindRegistry([
  ...[reminderKind, digestKind, officeNoticeKind],
  ...[questionKind, answerKind, decisionKind, invitationKind, sheetKind, paperKind],
  ...[paperApprovalKind, paperOfficeKind],
  ...[failureNoticeKind, outageNoticeKind, renewalNoticeKind, amountNoticeKind, leaverNoticeKind],
  ...[milestoneRequestKind, milestoneAnswerKind, moveRequestKind, moveAnswerKind],
  ...[newcomerKind, welcomeKind, officeGoneKind, accountJoinedKind, officeJoinedKind],
])
