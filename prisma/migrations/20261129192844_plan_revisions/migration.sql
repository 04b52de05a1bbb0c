-- AlterTable
ALTER TABLE "Milestone" ADD COLUMN     "isRemoved" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "life" JSONB;

-- AlterTable
ALTER TABLE "Workstream" ADD COLUMN     "isRemoved" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "PlanRevision" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "workstreamId" UUID,
    "projectId" UUID,
    "milestoneId" UUID,
    "field" TEXT NOT NULL,
    "from" JSONB,
    "to" JSONB,
    "reason" TEXT,
    "byId" UUID,
    "onBehalfOfId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "undoesId" UUID,

    CONSTRAINT "PlanRevision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "PlanRevision_sequence_key" ON "PlanRevision"("sequence");

-- CreateIndex
CREATE UNIQUE INDEX "PlanRevision_undoesId_key" ON "PlanRevision"("undoesId");

-- CreateIndex
CREATE INDEX "PlanRevision_programmeId_onDay_idx" ON "PlanRevision"("programmeId", "onDay");

-- CreateIndex
CREATE INDEX "PlanRevision_workstreamId_sequence_idx" ON "PlanRevision"("workstreamId", "sequence");

-- CreateIndex
CREATE INDEX "PlanRevision_projectId_sequence_idx" ON "PlanRevision"("projectId", "sequence");

-- CreateIndex
CREATE INDEX "PlanRevision_milestoneId_sequence_idx" ON "PlanRevision"("milestoneId", "sequence");

-- CreateIndex
CREATE INDEX "PlanRevision_at_idx" ON "PlanRevision"("at");

-- CreateIndex
CREATE INDEX "PlanRevision_byId_idx" ON "PlanRevision"("byId");

-- CreateIndex
CREATE INDEX "PlanRevision_onBehalfOfId_idx" ON "PlanRevision"("onBehalfOfId");

-- AddForeignKey
ALTER TABLE "PlanRevision" ADD CONSTRAINT "PlanRevision_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanRevision" ADD CONSTRAINT "PlanRevision_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanRevision" ADD CONSTRAINT "PlanRevision_onBehalfOfId_fkey" FOREIGN KEY ("onBehalfOfId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanRevision" ADD CONSTRAINT "PlanRevision_undoesId_fkey" FOREIGN KEY ("undoesId") REFERENCES "PlanRevision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanRevision" ADD CONSTRAINT "PlanRevision_workstreamId_fkey" FOREIGN KEY ("workstreamId") REFERENCES "Workstream"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanRevision" ADD CONSTRAINT "PlanRevision_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanRevision" ADD CONSTRAINT "PlanRevision_milestoneId_fkey" FOREIGN KEY ("milestoneId") REFERENCES "Milestone"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
