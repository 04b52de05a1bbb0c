-- CreateEnum
CREATE TYPE "PaperDecisionKind" AS ENUM ('checked', 'approved', 'declined', 'issued');

-- DropIndex
DROP INDEX "IssuedPaper_programmeId_number_key";

-- AlterTable
ALTER TABLE "IssuedPaper" ADD COLUMN     "approvedAt" TIMESTAMPTZ(3),
ADD COLUMN     "approvedById" UUID,
ADD COLUMN     "corrects" TEXT,
ADD COLUMN     "draftedAt" TIMESTAMPTZ(3),
ADD COLUMN     "edition" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "PaperDraft" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "edition" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "layout" TEXT NOT NULL,
    "subject" TEXT,
    "audience" "Audience" NOT NULL,
    "dataFrom" DATE,
    "asAt" DATE NOT NULL,
    "draftedAt" TIMESTAMPTZ(3) NOT NULL,
    "draftedById" UUID,
    "meetingOn" DATE,
    "corrects" TEXT,
    "content" JSONB NOT NULL,

    CONSTRAINT "PaperDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaperDecision" (
    "id" UUID NOT NULL,
    "draftId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "PaperDecisionKind" NOT NULL,
    "reason" TEXT,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PaperDecision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PaperDraft_draftedById_idx" ON "PaperDraft"("draftedById");

-- CreateIndex
CREATE UNIQUE INDEX "PaperDraft_programmeId_number_edition_version_key" ON "PaperDraft"("programmeId", "number", "edition", "version");

-- CreateIndex
CREATE INDEX "PaperDecision_byId_idx" ON "PaperDecision"("byId");

-- CreateIndex
CREATE UNIQUE INDEX "PaperDecision_draftId_position_key" ON "PaperDecision"("draftId", "position");

-- CreateIndex
CREATE INDEX "IssuedPaper_approvedById_idx" ON "IssuedPaper"("approvedById");

-- CreateIndex
CREATE UNIQUE INDEX "IssuedPaper_programmeId_number_edition_key" ON "IssuedPaper"("programmeId", "number", "edition");

-- AddForeignKey
ALTER TABLE "IssuedPaper" ADD CONSTRAINT "IssuedPaper_approvedById_fkey" FOREIGN KEY ("approvedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaperDraft" ADD CONSTRAINT "PaperDraft_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaperDraft" ADD CONSTRAINT "PaperDraft_draftedById_fkey" FOREIGN KEY ("draftedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaperDecision" ADD CONSTRAINT "PaperDecision_draftId_fkey" FOREIGN KEY ("draftId") REFERENCES "PaperDraft"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaperDecision" ADD CONSTRAINT "PaperDecision_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
