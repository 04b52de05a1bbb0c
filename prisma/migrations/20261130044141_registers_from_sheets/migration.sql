-- AlterTable
ALTER TABLE "RegisterEntry" ADD COLUMN     "importId" UUID,
ADD COLUMN     "sheetRef" TEXT,
ADD COLUMN     "withdrawnOn" DATE;

-- CreateIndex
CREATE INDEX "RegisterEntry_importId_idx" ON "RegisterEntry"("importId");

-- AddForeignKey
ALTER TABLE "RegisterEntry" ADD CONSTRAINT "RegisterEntry_importId_fkey" FOREIGN KEY ("importId") REFERENCES "PlanImport"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
