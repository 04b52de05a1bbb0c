-- AlterTable
ALTER TABLE "Membership" ADD COLUMN     "isFixed" BOOLEAN NOT NULL DEFAULT false;
