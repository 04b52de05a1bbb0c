-- AlterTable
ALTER TABLE "Subscription" ADD COLUMN     "boards" TEXT[] DEFAULT ARRAY[]::TEXT[];
