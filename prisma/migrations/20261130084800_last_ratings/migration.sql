-- What rules ask of the time before a project's latest updates: when it was last without a rating, and when its criteria
-- were last ticked. Partial, so that most updates write neither.
CREATE INDEX "StatusUpdate_unrated_idx" ON "StatusUpdate"("projectId", "onDay") WHERE "state" IN ('no-update-required', 'not-applicable', 'not-yet-available', 'blank');
CREATE INDEX "StatusUpdate_ticks_idx" ON "StatusUpdate"("projectId", "onDay") WHERE "derived" IS NOT NULL;
