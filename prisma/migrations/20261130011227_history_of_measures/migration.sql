-- AlterTable
ALTER TABLE "Measure" ADD COLUMN     "isRemoved" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "PlanRevision" ADD COLUMN     "measureId" UUID;

-- CreateIndex
CREATE INDEX "PlanRevision_measureId_sequence_idx" ON "PlanRevision"("measureId", "sequence");

-- AddForeignKey
ALTER TABLE "PlanRevision" ADD CONSTRAINT "PlanRevision_measureId_fkey" FOREIGN KEY ("measureId") REFERENCES "Measure"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
