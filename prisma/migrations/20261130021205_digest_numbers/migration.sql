-- DropIndex
DROP INDEX "Digest_programmeId_number_key";

-- CreateIndex
CREATE INDEX "Digest_programmeId_number_idx" ON "Digest"("programmeId", "number");
