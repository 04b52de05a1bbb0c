-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "RegisterKind" ADD VALUE 'issue';
ALTER TYPE "RegisterKind" ADD VALUE 'action';

-- AlterTable
ALTER TABLE "RegisterEntry" ADD COLUMN     "dependsOnId" UUID,
ADD COLUMN     "impact" INTEGER,
ADD COLUMN     "likelihood" INTEGER,
ADD COLUMN     "ownerId" UUID,
ADD COLUMN     "proximity" TEXT,
ADD COLUMN     "reviewOn" DATE;

-- CreateTable
CREATE TABLE "RegisterReview" (
    "id" UUID NOT NULL,
    "entryId" UUID NOT NULL,
    "mitigation" TEXT,
    "state" TEXT,
    "likelihood" INTEGER,
    "impact" INTEGER,
    "proximity" TEXT,
    "neededBy" DATE,
    "ownerId" UUID,
    "reviewOn" DATE,
    "reason" TEXT,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawnOn" DATE,

    CONSTRAINT "RegisterReview_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RegisterReopening" (
    "id" UUID NOT NULL,
    "entryId" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT,
    "closedById" UUID,
    "closedSource" TEXT NOT NULL,
    "closedOn" DATE NOT NULL,
    "closedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RegisterReopening_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RegisterReview_entryId_at_idx" ON "RegisterReview"("entryId", "at");

-- CreateIndex
CREATE INDEX "RegisterReview_byId_idx" ON "RegisterReview"("byId");

-- CreateIndex
CREATE INDEX "RegisterReview_ownerId_idx" ON "RegisterReview"("ownerId");

-- CreateIndex
CREATE INDEX "RegisterReopening_entryId_idx" ON "RegisterReopening"("entryId");

-- CreateIndex
CREATE INDEX "RegisterReopening_byId_idx" ON "RegisterReopening"("byId");

-- CreateIndex
CREATE INDEX "RegisterReopening_closedById_idx" ON "RegisterReopening"("closedById");

-- CreateIndex
CREATE INDEX "RegisterEntry_ownerId_idx" ON "RegisterEntry"("ownerId");

-- CreateIndex
CREATE INDEX "RegisterEntry_dependsOnId_idx" ON "RegisterEntry"("dependsOnId");

-- AddForeignKey
ALTER TABLE "RegisterEntry" ADD CONSTRAINT "RegisterEntry_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegisterEntry" ADD CONSTRAINT "RegisterEntry_dependsOnId_fkey" FOREIGN KEY ("dependsOnId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegisterReview" ADD CONSTRAINT "RegisterReview_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "RegisterEntry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegisterReview" ADD CONSTRAINT "RegisterReview_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegisterReview" ADD CONSTRAINT "RegisterReview_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegisterReopening" ADD CONSTRAINT "RegisterReopening_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "RegisterEntry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegisterReopening" ADD CONSTRAINT "RegisterReopening_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegisterReopening" ADD CONSTRAINT "RegisterReopening_closedById_fkey" FOREIGN KEY ("closedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A dependency stays with its project when that gets another number.
UPDATE "RegisterEntry" entry SET "dependsOnId" = project.id
FROM "Project" project
WHERE entry.kind = 'dependency' AND project."programmeId" = entry."programmeId"
  AND lower(project.ref) = lower(entry."dependsOn");
