-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "homeMessageId" TEXT,
ADD COLUMN     "homeOpenedAt" TIMESTAMPTZ(3),
ADD COLUMN     "homeShown" TEXT;

-- CreateIndex
CREATE INDEX "Identity_homeOpenedAt_idx" ON "Identity"("homeOpenedAt");
