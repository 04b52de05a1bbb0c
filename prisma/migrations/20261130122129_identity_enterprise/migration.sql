-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "enterprise" TEXT;

-- CreateIndex
CREATE INDEX "Identity_platform_enterprise_user_idx" ON "Identity"("platform", "enterprise", "user");
