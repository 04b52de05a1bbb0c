-- AlterTable
ALTER TABLE "MilestoneCompletion" ADD COLUMN     "isDayUnknown" BOOLEAN NOT NULL DEFAULT false;
