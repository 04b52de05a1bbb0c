-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "addedOn" DATE;

-- AlterTable
ALTER TABLE "Workstream" ADD COLUMN     "addedOn" DATE;
