-- AlterTable
ALTER TABLE "MilestoneMove" ADD COLUMN     "withdrawnAt" TIMESTAMPTZ(3),
ADD COLUMN     "withdrawnBecause" TEXT,
ADD COLUMN     "withdrawnById" UUID,
ADD COLUMN     "withdrawnOn" DATE;

-- AlterTable
ALTER TABLE "StatusUpdate" ADD COLUMN     "withdrawnAt" TIMESTAMPTZ(3),
ADD COLUMN     "withdrawnBecause" TEXT,
ADD COLUMN     "withdrawnById" UUID,
ADD COLUMN     "withdrawnOn" DATE;

-- CreateIndex
CREATE INDEX "MilestoneMove_withdrawnById_idx" ON "MilestoneMove"("withdrawnById");

-- CreateIndex
CREATE INDEX "MilestoneMove_withdrawnAt_idx" ON "MilestoneMove"("withdrawnAt");

-- CreateIndex
CREATE INDEX "StatusUpdate_withdrawnById_idx" ON "StatusUpdate"("withdrawnById");

-- CreateIndex
CREATE INDEX "StatusUpdate_withdrawnAt_idx" ON "StatusUpdate"("withdrawnAt");

-- AddForeignKey
ALTER TABLE "MilestoneMove" ADD CONSTRAINT "MilestoneMove_withdrawnById_fkey" FOREIGN KEY ("withdrawnById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatusUpdate" ADD CONSTRAINT "StatusUpdate_withdrawnById_fkey" FOREIGN KEY ("withdrawnById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
