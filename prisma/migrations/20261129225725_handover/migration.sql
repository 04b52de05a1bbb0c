-- AlterTable
ALTER TABLE "PlanRevision" ADD COLUMN     "handoverId" UUID;

-- CreateTable
CREATE TABLE "Handover" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "receiverId" UUID NOT NULL,
    "reason" TEXT,
    "leaveIds" UUID[],
    "byId" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "undoneById" UUID,
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Handover_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Handover_programmeId_at_idx" ON "Handover"("programmeId", "at");

-- CreateIndex
CREATE INDEX "Handover_personId_idx" ON "Handover"("personId");

-- CreateIndex
CREATE INDEX "Handover_receiverId_idx" ON "Handover"("receiverId");

-- CreateIndex
CREATE INDEX "Handover_byId_idx" ON "Handover"("byId");

-- CreateIndex
CREATE INDEX "Handover_undoneById_idx" ON "Handover"("undoneById");

-- CreateIndex
CREATE INDEX "PlanRevision_handoverId_idx" ON "PlanRevision"("handoverId");

-- AddForeignKey
ALTER TABLE "Handover" ADD CONSTRAINT "Handover_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Handover" ADD CONSTRAINT "Handover_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Handover" ADD CONSTRAINT "Handover_receiverId_fkey" FOREIGN KEY ("receiverId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Handover" ADD CONSTRAINT "Handover_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Handover" ADD CONSTRAINT "Handover_undoneById_fkey" FOREIGN KEY ("undoneById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanRevision" ADD CONSTRAINT "PlanRevision_handoverId_fkey" FOREIGN KEY ("handoverId") REFERENCES "Handover"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
