-- AlterTable
ALTER TABLE "Measure" ADD COLUMN     "importId" UUID,
ADD COLUMN     "withdrawnOn" DATE;

-- CreateIndex
CREATE INDEX "Measure_importId_idx" ON "Measure"("importId");

-- AddForeignKey
ALTER TABLE "Measure" ADD CONSTRAINT "Measure_importId_fkey" FOREIGN KEY ("importId") REFERENCES "PlanImport"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
