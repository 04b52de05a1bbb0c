-- AlterTable
ALTER TABLE "MilestoneRating" ADD COLUMN     "onBehalfOfId" UUID,
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "withdrawnAt" TIMESTAMPTZ(3),
ADD COLUMN     "withdrawnBecause" TEXT,
ADD COLUMN     "withdrawnById" UUID;

-- CreateIndex
CREATE INDEX "MilestoneRating_onBehalfOfId_idx" ON "MilestoneRating"("onBehalfOfId");

-- CreateIndex
CREATE INDEX "MilestoneRating_withdrawnById_idx" ON "MilestoneRating"("withdrawnById");

-- AddForeignKey
ALTER TABLE "MilestoneRating" ADD CONSTRAINT "MilestoneRating_onBehalfOfId_fkey" FOREIGN KEY ("onBehalfOfId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneRating" ADD CONSTRAINT "MilestoneRating_withdrawnById_fkey" FOREIGN KEY ("withdrawnById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
