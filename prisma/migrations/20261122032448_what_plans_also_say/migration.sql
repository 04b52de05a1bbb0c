-- AlterTable
ALTER TABLE "Measure" ADD COLUMN     "workstreamId" UUID;

-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "startsOn" DATE;

-- AlterTable
ALTER TABLE "Reading" ADD COLUMN     "direction" TEXT;

-- AddForeignKey
ALTER TABLE "Measure" ADD CONSTRAINT "Measure_workstreamId_fkey" FOREIGN KEY ("workstreamId") REFERENCES "Workstream"("id") ON DELETE SET NULL ON UPDATE CASCADE;
