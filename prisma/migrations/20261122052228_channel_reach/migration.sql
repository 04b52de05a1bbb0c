-- AlterTable
ALTER TABLE "Subscription" ADD COLUMN     "reach" TEXT;
