-- AlterTable
ALTER TABLE "MilestoneRating" ADD COLUMN     "withdrawnOn" DATE;

-- AlterTable
ALTER TABLE "PlanImport" ADD COLUMN     "byId" UUID,
ADD COLUMN     "withdrawnAt" TIMESTAMPTZ(3),
ADD COLUMN     "withdrawnBecause" TEXT,
ADD COLUMN     "withdrawnById" UUID,
ADD COLUMN     "withdrawnOn" DATE;

-- AlterTable
ALTER TABLE "PlanRevision" ADD COLUMN     "importId" UUID,
ADD COLUMN     "memberId" UUID;

-- AlterTable
ALTER TABLE "ProjectAttribute" ADD COLUMN     "withdrawnOn" DATE;

-- AlterTable
ALTER TABLE "Reading" ADD COLUMN     "withdrawnOn" DATE;

-- CreateIndex
CREATE INDEX "PlanImport_byId_idx" ON "PlanImport"("byId");

-- CreateIndex
CREATE INDEX "PlanImport_withdrawnById_idx" ON "PlanImport"("withdrawnById");

-- CreateIndex
CREATE INDEX "PlanRevision_memberId_sequence_idx" ON "PlanRevision"("memberId", "sequence");

-- CreateIndex
CREATE INDEX "PlanRevision_importId_idx" ON "PlanRevision"("importId");

-- AddForeignKey
ALTER TABLE "PlanRevision" ADD CONSTRAINT "PlanRevision_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanRevision" ADD CONSTRAINT "PlanRevision_importId_fkey" FOREIGN KEY ("importId") REFERENCES "PlanImport"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanImport" ADD CONSTRAINT "PlanImport_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanImport" ADD CONSTRAINT "PlanImport_withdrawnById_fkey" FOREIGN KEY ("withdrawnById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
