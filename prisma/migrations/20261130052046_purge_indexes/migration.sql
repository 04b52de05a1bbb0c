-- What the purge and the notices of failures look for each minute, beside a million messages. Partial, so that leasing a
-- message writes neither.
CREATE INDEX "OutboxMessage_createdAt_settled_idx" ON "OutboxMessage"("createdAt") WHERE "state" NOT IN ('waiting', 'sending');
CREATE INDEX "OutboxMessage_unreported_drops_idx" ON "OutboxMessage"("kind") WHERE "state" = 'dropped' AND "failureReportedAt" IS NULL;
CREATE INDEX "Picture_at_idx" ON "Picture"("at");
