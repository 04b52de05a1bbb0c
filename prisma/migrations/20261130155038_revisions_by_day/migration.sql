-- A plan is read with what was changed of it after the day that is asked for: mostly nothing, and then no more than that.
-- CreateIndex
CREATE INDEX "PlanRevision_projectId_onDay_idx" ON "PlanRevision"("projectId", "onDay");

-- CreateIndex
CREATE INDEX "PlanRevision_milestoneId_onDay_idx" ON "PlanRevision"("milestoneId", "onDay");
