-- AlterTable
ALTER TABLE "StatusUpdate" ADD COLUMN     "dimensions" JSONB;
