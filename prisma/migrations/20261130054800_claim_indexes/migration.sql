-- To lease a message writes a new version of its row, and an entry in each index that holds it. These two are of use once a
-- message was sent, so they hold it from then on: leasing 10,000 of them takes little more than half the time.
DROP INDEX "OutboxMessage_platform_tenant_conversation_state_sequence_idx";
CREATE INDEX "OutboxMessage_settled_conversation_idx" ON "OutboxMessage"("platform", "tenant", "conversation", "state", "sequence")
  WHERE "state" NOT IN ('waiting', 'sending');
DROP INDEX "OutboxMessage_platform_sentTo_messageId_idx";
CREATE INDEX "OutboxMessage_address_idx" ON "OutboxMessage"("platform", "sentTo", "messageId") WHERE "sentTo" IS NOT NULL;
