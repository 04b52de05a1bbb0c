-- CreateEnum
CREATE TYPE "MeasureKind" AS ENUM ('kpi', 'quality', 'feedback');

-- CreateEnum
CREATE TYPE "Polarity" AS ENUM ('increase', 'decrease', 'maintain');

-- CreateEnum
CREATE TYPE "RegisterKind" AS ENUM ('risk', 'decision', 'dependency', 'headline');

-- AlterTable
ALTER TABLE "Milestone" ADD COLUMN     "condition" TEXT,
ADD COLUMN     "recurrence" TEXT;

-- AlterTable
ALTER TABLE "MilestoneDone" ADD COLUMN     "confirmedAt" TIMESTAMPTZ(3),
ADD COLUMN     "confirmedById" UUID,
ADD COLUMN     "confirmedOn" DATE,
ADD COLUMN     "evidence" TEXT;

-- AlterTable
ALTER TABLE "Programme" ADD COLUMN     "settings" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "section" TEXT;

-- AlterTable
ALTER TABLE "StatusUpdate" ADD COLUMN     "differs" TEXT;

-- CreateTable
CREATE TABLE "MilestoneFlag" (
    "id" UUID NOT NULL,
    "milestoneId" UUID NOT NULL,
    "atRisk" BOOLEAN NOT NULL,
    "reason" TEXT,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MilestoneFlag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MilestoneRating" (
    "id" UUID NOT NULL,
    "milestoneId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MilestoneRating_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Recommendation" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "text" TEXT,

    CONSTRAINT "Recommendation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outcome" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "Outcome_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Measure" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "MeasureKind" NOT NULL DEFAULT 'kpi',
    "polarity" "Polarity",
    "baseline" TEXT,
    "baselineState" TEXT,
    "target" TEXT,
    "targetOn" DATE,
    "frequency" TEXT,
    "method" TEXT,
    "nextDue" DATE,
    "position" INTEGER NOT NULL,
    "addedOn" DATE NOT NULL,

    CONSTRAINT "Measure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reading" (
    "id" UUID NOT NULL,
    "measureId" UUID NOT NULL,
    "raw" TEXT NOT NULL,
    "value" DOUBLE PRECISION,
    "period" TEXT,
    "forDay" DATE NOT NULL,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Reading_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RegisterEntry" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "kind" "RegisterKind" NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "mitigation" TEXT,
    "state" TEXT,
    "askedOf" TEXT,
    "neededBy" DATE,
    "projectId" UUID,
    "dependsOn" TEXT,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RegisterEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RegisterClosing" (
    "entryId" UUID NOT NULL,
    "outcome" TEXT,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RegisterClosing_pkey" PRIMARY KEY ("entryId")
);

-- CreateTable
CREATE TABLE "RollUpOverride" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "workstreamId" UUID,
    "state" TEXT,
    "reason" TEXT NOT NULL,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "confirmedById" UUID,
    "confirmedOn" DATE,
    "confirmedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RollUpOverride_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_ProjectToRecommendation" (
    "A" UUID NOT NULL,
    "B" UUID NOT NULL,

    CONSTRAINT "_ProjectToRecommendation_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_OutcomeToProject" (
    "A" UUID NOT NULL,
    "B" UUID NOT NULL,

    CONSTRAINT "_OutcomeToProject_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_MeasureToProject" (
    "A" UUID NOT NULL,
    "B" UUID NOT NULL,

    CONSTRAINT "_MeasureToProject_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_MeasureToOutcome" (
    "A" UUID NOT NULL,
    "B" UUID NOT NULL,

    CONSTRAINT "_MeasureToOutcome_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE INDEX "MilestoneFlag_milestoneId_idx" ON "MilestoneFlag"("milestoneId");

-- CreateIndex
CREATE INDEX "MilestoneRating_milestoneId_idx" ON "MilestoneRating"("milestoneId");

-- CreateIndex
CREATE UNIQUE INDEX "Recommendation_programmeId_ref_key" ON "Recommendation"("programmeId", "ref");

-- CreateIndex
CREATE UNIQUE INDEX "Outcome_programmeId_number_key" ON "Outcome"("programmeId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Measure_programmeId_number_key" ON "Measure"("programmeId", "number");

-- CreateIndex
CREATE INDEX "Reading_measureId_forDay_idx" ON "Reading"("measureId", "forDay");

-- CreateIndex
CREATE UNIQUE INDEX "RegisterEntry_programmeId_kind_number_key" ON "RegisterEntry"("programmeId", "kind", "number");

-- CreateIndex
CREATE INDEX "RollUpOverride_programmeId_idx" ON "RollUpOverride"("programmeId");

-- CreateIndex
CREATE INDEX "_ProjectToRecommendation_B_index" ON "_ProjectToRecommendation"("B");

-- CreateIndex
CREATE INDEX "_OutcomeToProject_B_index" ON "_OutcomeToProject"("B");

-- CreateIndex
CREATE INDEX "_MeasureToProject_B_index" ON "_MeasureToProject"("B");

-- CreateIndex
CREATE INDEX "_MeasureToOutcome_B_index" ON "_MeasureToOutcome"("B");

-- AddForeignKey
ALTER TABLE "MilestoneFlag" ADD CONSTRAINT "MilestoneFlag_milestoneId_fkey" FOREIGN KEY ("milestoneId") REFERENCES "Milestone"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneRating" ADD CONSTRAINT "MilestoneRating_milestoneId_fkey" FOREIGN KEY ("milestoneId") REFERENCES "Milestone"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Recommendation" ADD CONSTRAINT "Recommendation_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Outcome" ADD CONSTRAINT "Outcome_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Measure" ADD CONSTRAINT "Measure_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reading" ADD CONSTRAINT "Reading_measureId_fkey" FOREIGN KEY ("measureId") REFERENCES "Measure"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegisterEntry" ADD CONSTRAINT "RegisterEntry_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegisterClosing" ADD CONSTRAINT "RegisterClosing_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "RegisterEntry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RollUpOverride" ADD CONSTRAINT "RollUpOverride_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_ProjectToRecommendation" ADD CONSTRAINT "_ProjectToRecommendation_A_fkey" FOREIGN KEY ("A") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_ProjectToRecommendation" ADD CONSTRAINT "_ProjectToRecommendation_B_fkey" FOREIGN KEY ("B") REFERENCES "Recommendation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_OutcomeToProject" ADD CONSTRAINT "_OutcomeToProject_A_fkey" FOREIGN KEY ("A") REFERENCES "Outcome"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_OutcomeToProject" ADD CONSTRAINT "_OutcomeToProject_B_fkey" FOREIGN KEY ("B") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_MeasureToProject" ADD CONSTRAINT "_MeasureToProject_A_fkey" FOREIGN KEY ("A") REFERENCES "Measure"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_MeasureToProject" ADD CONSTRAINT "_MeasureToProject_B_fkey" FOREIGN KEY ("B") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_MeasureToOutcome" ADD CONSTRAINT "_MeasureToOutcome_A_fkey" FOREIGN KEY ("A") REFERENCES "Measure"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_MeasureToOutcome" ADD CONSTRAINT "_MeasureToOutcome_B_fkey" FOREIGN KEY ("B") REFERENCES "Outcome"("id") ON DELETE CASCADE ON UPDATE CASCADE;
