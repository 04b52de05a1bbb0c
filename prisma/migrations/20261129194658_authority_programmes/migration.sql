-- AlterTable
ALTER TABLE "Leave" ADD COLUMN     "programmeId" UUID;

-- AlterTable
ALTER TABLE "OutboxMessage" ADD COLUMN     "programmeIds" UUID[] DEFAULT ARRAY[]::UUID[];

-- CreateIndex
CREATE INDEX "Leave_programmeId_idx" ON "Leave"("programmeId");

-- AddForeignKey
ALTER TABLE "Leave" ADD CONSTRAINT "Leave_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Messages know their programmes: one, or those of a reminder's rows.
UPDATE "OutboxMessage" SET "programmeIds" = ARRAY["programmeId"] WHERE "programmeId" IS NOT NULL;
UPDATE "OutboxMessage" SET "programmeIds" = ARRAY(
  SELECT DISTINCT (shown ->> 'programmeId')::uuid
  FROM jsonb_path_query("data", '$.groups[*].rows[*]') AS shown
  WHERE shown ->> 'programmeId' ~ '^[0-9a-f-]{36}$')
WHERE "programmeId" IS NULL AND "kind" = 'reminder';

-- Leave that an office said counts in the programmes of that office alone: a row for each.
INSERT INTO "Leave" (
  "id", "personId", "from", "to", "deputyId", "programmeId", "byId", "source", "at",
  "returnedOn", "returnedById", "returnedAt")
SELECT gen_random_uuid(), away."personId", away."from", away."to", away."deputyId", office."programmeId", away."byId",
  away."source", away."at", away."returnedOn", away."returnedById", away."returnedAt"
FROM "Leave" away
JOIN "Membership" office ON office."personId" = away."byId" AND office."role" = 'programme_office'
WHERE away."byId" <> away."personId" AND EXISTS (
  SELECT FROM "Membership" theirs
  WHERE theirs."personId" = away."personId" AND theirs."programmeId" = office."programmeId");
DELETE FROM "Leave" everywhere USING "Leave" there
WHERE everywhere."programmeId" IS NULL AND there."programmeId" IS NOT NULL
  AND (there."personId", there."from", there."to", there."at") =
    (everywhere."personId", everywhere."from", everywhere."to", everywhere."at");
