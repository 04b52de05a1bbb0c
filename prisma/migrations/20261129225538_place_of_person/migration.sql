-- AlterTable
ALTER TABLE "OutboxMessage" ADD COLUMN     "isPerson" BOOLEAN;
