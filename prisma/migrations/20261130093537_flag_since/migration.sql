-- AlterTable
ALTER TABLE "MilestoneFlag" ADD COLUMN     "since" DATE;
