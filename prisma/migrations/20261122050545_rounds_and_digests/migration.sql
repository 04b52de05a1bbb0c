-- CreateEnum
CREATE TYPE "Audience" AS ENUM ('internal', 'board', 'public');

-- CreateEnum
CREATE TYPE "RoundChangeKind" AS ENUM ('nudged', 'closed', 'extended', 'opened');

-- CreateEnum
CREATE TYPE "DirectionKind" AS ENUM ('held', 'released', 'approved', 'headline');

-- AlterEnum
ALTER TYPE "DeliveryState" ADD VALUE 'dropped';

-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "pictureId" UUID,
ADD COLUMN     "why" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "Digest" ADD COLUMN     "dataFrom" DATE,
ADD COLUMN     "dataTo" DATE,
ADD COLUMN     "meetingOn" DATE,
ADD COLUMN     "number" INTEGER,
ADD COLUMN     "programmeId" UUID;

-- Digests that were posted before they had numbers get them in the order in which they were issued.
UPDATE "Digest" mine
SET "programmeId" = numbered."programmeId", number = numbered.number
FROM (
  SELECT one.id, channel."programmeId",
    row_number() OVER (PARTITION BY channel."programmeId" ORDER BY one."issuedAt", one.id) AS number
  FROM "Digest" one
  JOIN "Subscription" channel ON channel.id = one."subscriptionId"
) numbered
WHERE mine.id = numbered.id;

ALTER TABLE "Digest" ALTER COLUMN "number" SET NOT NULL, ALTER COLUMN "programmeId" SET NOT NULL;

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "forgottenAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "StatusUpdate" ADD COLUMN     "attestsId" UUID,
ADD COLUMN     "audience" "Audience" NOT NULL DEFAULT 'board';

-- AlterTable
ALTER TABLE "Subscription" ADD COLUMN     "audience" "Audience" NOT NULL DEFAULT 'board',
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "workstreams" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "SecondRating" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SecondRating_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckAnswer" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "check" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "byId" UUID,
    "forId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CheckAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Question" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "askedById" UUID,
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "placeKind" TEXT NOT NULL,
    "via" TEXT,
    "message" TEXT,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "answeredById" UUID,
    "forId" UUID,
    "answeredOn" DATE,
    "answeredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Follow" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Follow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoundChange" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "round" DATE NOT NULL,
    "kind" "RoundChangeKind" NOT NULL,
    "until" TIMESTAMPTZ(3),
    "byId" UUID,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RoundChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Snooze" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Snooze_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Mute" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "until" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Mute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DigestCorrection" (
    "id" UUID NOT NULL,
    "digestId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DigestCorrection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DigestDirection" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "round" DATE NOT NULL,
    "kind" "DirectionKind" NOT NULL,
    "text" TEXT,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DigestDirection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Picture" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "png" BYTEA NOT NULL,
    "alt" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Picture_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SecondRating_projectId_onDay_at_idx" ON "SecondRating"("projectId", "onDay", "at");

-- CreateIndex
CREATE INDEX "CheckAnswer_projectId_check_about_idx" ON "CheckAnswer"("projectId", "check", "about");

-- CreateIndex
CREATE UNIQUE INDEX "Question_programmeId_number_key" ON "Question"("programmeId", "number");

-- CreateIndex
CREATE INDEX "Follow_projectId_idx" ON "Follow"("projectId");

-- CreateIndex
CREATE INDEX "Follow_personId_idx" ON "Follow"("personId");

-- CreateIndex
CREATE INDEX "RoundChange_programmeId_round_idx" ON "RoundChange"("programmeId", "round");

-- CreateIndex
CREATE INDEX "Snooze_personId_until_idx" ON "Snooze"("personId", "until");

-- CreateIndex
CREATE INDEX "Mute_personId_until_idx" ON "Mute"("personId", "until");

-- CreateIndex
CREATE INDEX "DigestCorrection_digestId_idx" ON "DigestCorrection"("digestId");

-- CreateIndex
CREATE INDEX "DigestDirection_programmeId_round_idx" ON "DigestDirection"("programmeId", "round");

-- CreateIndex
CREATE UNIQUE INDEX "Digest_programmeId_number_key" ON "Digest"("programmeId", "number");

-- AddForeignKey
ALTER TABLE "SecondRating" ADD CONSTRAINT "SecondRating_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckAnswer" ADD CONSTRAINT "CheckAnswer_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Follow" ADD CONSTRAINT "Follow_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Follow" ADD CONSTRAINT "Follow_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoundChange" ADD CONSTRAINT "RoundChange_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Snooze" ADD CONSTRAINT "Snooze_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mute" ADD CONSTRAINT "Mute_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mute" ADD CONSTRAINT "Mute_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Digest" ADD CONSTRAINT "Digest_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DigestCorrection" ADD CONSTRAINT "DigestCorrection_digestId_fkey" FOREIGN KEY ("digestId") REFERENCES "Digest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DigestDirection" ADD CONSTRAINT "DigestDirection_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Picture" ADD CONSTRAINT "Picture_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
