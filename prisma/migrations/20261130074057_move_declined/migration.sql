-- AlterTable
ALTER TABLE "MoveRequest" ADD COLUMN     "outcomeReason" TEXT;
