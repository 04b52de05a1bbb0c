-- DropForeignKey
ALTER TABLE "CheckAnswer" DROP CONSTRAINT "CheckAnswer_projectId_fkey";

-- DropIndex
DROP INDEX "CheckAnswer_projectId_check_about_idx";

-- AlterTable
ALTER TABLE "CheckAnswer" ADD COLUMN     "programmeId" UUID NOT NULL,
ALTER COLUMN "projectId" DROP NOT NULL;

-- CreateIndex
CREATE INDEX "CheckAnswer_programmeId_idx" ON "CheckAnswer"("programmeId");

-- AddForeignKey
ALTER TABLE "CheckAnswer" ADD CONSTRAINT "CheckAnswer_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckAnswer" ADD CONSTRAINT "CheckAnswer_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE SET NULL ON UPDATE CASCADE;
