-- AlterTable
ALTER TABLE "MilestoneDone" ADD COLUMN     "toConfirm" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "StatusUpdate" ADD COLUMN     "toConfirm" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "StatusConfirmation" (
    "updateId" UUID NOT NULL,
    "byId" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "StatusConfirmation_pkey" PRIMARY KEY ("updateId")
);

-- AddForeignKey
ALTER TABLE "StatusConfirmation" ADD CONSTRAINT "StatusConfirmation_updateId_fkey" FOREIGN KEY ("updateId") REFERENCES "StatusUpdate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
