-- CreateTable
CREATE TABLE "ImportDraft" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "programmeId" UUID,
    "kind" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "asOf" DATE NOT NULL,
    "choices" JSONB NOT NULL DEFAULT '{}',
    "shown" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ImportDraft_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ImportDraft_personId_at_idx" ON "ImportDraft"("personId", "at");

-- CreateIndex
CREATE INDEX "ImportDraft_programmeId_idx" ON "ImportDraft"("programmeId");

-- CreateIndex
CREATE INDEX "ImportDraft_at_idx" ON "ImportDraft"("at");

-- AddForeignKey
ALTER TABLE "ImportDraft" ADD CONSTRAINT "ImportDraft_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportDraft" ADD CONSTRAINT "ImportDraft_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
