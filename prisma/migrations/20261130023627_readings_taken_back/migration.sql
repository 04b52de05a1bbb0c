-- AlterTable
ALTER TABLE "Reading" ADD COLUMN     "withdrawnAt" TIMESTAMPTZ(3),
ADD COLUMN     "withdrawnBecause" TEXT,
ADD COLUMN     "withdrawnById" UUID;

-- CreateIndex
CREATE INDEX "Reading_withdrawnById_idx" ON "Reading"("withdrawnById");

-- AddForeignKey
ALTER TABLE "Reading" ADD CONSTRAINT "Reading_withdrawnById_fkey" FOREIGN KEY ("withdrawnById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
