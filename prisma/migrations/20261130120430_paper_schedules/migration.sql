-- AlterTable
ALTER TABLE "PaperDraft" ADD COLUMN     "round" DATE,
ADD COLUMN     "scheduleId" UUID;

-- CreateTable
CREATE TABLE "PaperSchedule" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "layout" TEXT NOT NULL,
    "subject" TEXT,
    "audience" "Audience" NOT NULL,
    "format" TEXT NOT NULL,
    "every" TEXT NOT NULL,
    "days" INTEGER NOT NULL,
    "board" TEXT,
    "time" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "platform" TEXT,
    "tenant" TEXT,
    "conversation" TEXT,
    "serviceUrl" TEXT,
    "personId" UUID,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "nextLookAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PaperSchedule_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PaperSchedule_programmeId_idx" ON "PaperSchedule"("programmeId");

-- CreateIndex
CREATE INDEX "PaperSchedule_endedAt_nextLookAt_idx" ON "PaperSchedule"("endedAt", "nextLookAt");

-- CreateIndex
CREATE INDEX "PaperSchedule_personId_idx" ON "PaperSchedule"("personId");

-- CreateIndex
CREATE INDEX "PaperSchedule_createdById_idx" ON "PaperSchedule"("createdById");

-- CreateIndex
CREATE UNIQUE INDEX "PaperDraft_scheduleId_round_key" ON "PaperDraft"("scheduleId", "round");

-- AddForeignKey
ALTER TABLE "PaperDraft" ADD CONSTRAINT "PaperDraft_scheduleId_fkey" FOREIGN KEY ("scheduleId") REFERENCES "PaperSchedule"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaperSchedule" ADD CONSTRAINT "PaperSchedule_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaperSchedule" ADD CONSTRAINT "PaperSchedule_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaperSchedule" ADD CONSTRAINT "PaperSchedule_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
