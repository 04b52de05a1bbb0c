-- AlterTable
ALTER TABLE "Programme" ADD COLUMN     "archivedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "ProgrammeArchiving" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "isArchived" BOOLEAN NOT NULL,
    "reason" TEXT,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ProgrammeArchiving_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ProgrammeArchiving_programmeId_at_idx" ON "ProgrammeArchiving"("programmeId", "at");

-- CreateIndex
CREATE INDEX "ProgrammeArchiving_byId_idx" ON "ProgrammeArchiving"("byId");

-- AddForeignKey
ALTER TABLE "ProgrammeArchiving" ADD CONSTRAINT "ProgrammeArchiving_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProgrammeArchiving" ADD CONSTRAINT "ProgrammeArchiving_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
