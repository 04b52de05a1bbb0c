-- AlterTable
ALTER TABLE "Reading" ADD COLUMN     "declared" TEXT;
