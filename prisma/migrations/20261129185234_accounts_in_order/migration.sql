-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "goneAt" TIMESTAMPTZ(3),
ADD COLUMN     "lastActiveAt" TIMESTAMPTZ(3);
