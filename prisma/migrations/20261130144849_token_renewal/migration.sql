-- AlterTable
ALTER TABLE "WorkspaceInstallation" ADD COLUMN     "renewAt" TIMESTAMPTZ(3),
ADD COLUMN     "renewalError" TEXT,
ADD COLUMN     "tokenExpiresAt" TIMESTAMPTZ(3),
ADD COLUMN     "unrenewedSince" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "WorkspaceInstallation_renewAt_idx" ON "WorkspaceInstallation"("renewAt");
