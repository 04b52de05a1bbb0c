-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "again" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "toldAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Redraw" (
    "deliveryId" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TIMESTAMPTZ(3) NOT NULL,
    "firstTriedAt" TIMESTAMPTZ(3),
    "claim" UUID,
    "claimedUntil" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "Redraw_pkey" PRIMARY KEY ("deliveryId")
);

-- CreateIndex
CREATE INDEX "Redraw_notBefore_idx" ON "Redraw"("notBefore");

-- AddForeignKey
ALTER TABLE "Redraw" ADD CONSTRAINT "Redraw_deliveryId_fkey" FOREIGN KEY ("deliveryId") REFERENCES "Delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is still to be done is little beside what was done: a claim must not read through years of sent deliveries.
-- (Prisma's schema has no word for partial indexes; it leaves them alone.)
CREATE INDEX "Delivery_open_workspace_idx" ON "Delivery"("platform", "tenant", "notBefore", "number")
  WHERE "state" IN ('waiting', 'sending');

CREATE INDEX "Delivery_open_conversation_idx" ON "Delivery"("platform", "tenant", "conversation", "number")
  WHERE "state" IN ('waiting', 'sending');

CREATE INDEX "Delivery_untold_idx" ON "Delivery"("number")
  WHERE "state" IN ('dead', 'uncertain') AND "toldAt" IS NULL;

-- What was given up before this version is no news.
UPDATE "Delivery" SET "toldAt" = now() WHERE "state" IN ('dead', 'uncertain');
