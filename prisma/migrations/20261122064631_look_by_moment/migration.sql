-- CreateIndex
CREATE INDEX "MilestoneMove_at_idx" ON "MilestoneMove"("at");

-- CreateIndex
CREATE INDEX "Reading_at_idx" ON "Reading"("at");

-- CreateIndex
CREATE INDEX "RoundChange_at_idx" ON "RoundChange"("at");

-- CreateIndex
CREATE INDEX "Snooze_until_idx" ON "Snooze"("until");

-- CreateIndex
CREATE INDEX "Snooze_at_idx" ON "Snooze"("at");

-- CreateIndex
CREATE INDEX "StatusUpdate_at_idx" ON "StatusUpdate"("at");
