-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "gone" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "MilestoneDone" ADD COLUMN     "forId" UUID;

-- AlterTable
ALTER TABLE "MilestoneFlag" ADD COLUMN     "forId" UUID;

-- AlterTable
ALTER TABLE "MilestoneMove" ADD COLUMN     "forId" UUID;

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "quietFrom" TEXT,
ADD COLUMN     "quietTo" TEXT;

-- AlterTable
ALTER TABLE "StatusUpdate" ADD COLUMN     "forId" UUID;

-- CreateTable
CREATE TABLE "WorkingPattern" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "weekdays" TEXT[],
    "fromDay" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WorkingPattern_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Leave" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "from" DATE NOT NULL,
    "to" DATE NOT NULL,
    "deputyId" UUID,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "backOn" DATE,
    "backById" UUID,
    "backAt" TIMESTAMPTZ(3),

    CONSTRAINT "Leave_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "WorkingPattern_personId_idx" ON "WorkingPattern"("personId");

-- CreateIndex
CREATE INDEX "Leave_personId_to_idx" ON "Leave"("personId", "to");

-- CreateIndex
CREATE INDEX "Leave_deputyId_idx" ON "Leave"("deputyId");

-- AddForeignKey
ALTER TABLE "WorkingPattern" ADD CONSTRAINT "WorkingPattern_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Leave" ADD CONSTRAINT "Leave_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Leave" ADD CONSTRAINT "Leave_deputyId_fkey" FOREIGN KEY ("deputyId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
