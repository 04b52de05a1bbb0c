-- CreateTable
CREATE TABLE "RecordHold" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "programmeId" UUID,
    "words" TEXT,
    "reason" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RecordHold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecordRelease" (
    "holdId" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RecordRelease_pkey" PRIMARY KEY ("holdId")
);

-- CreateTable
CREATE TABLE "Disposal" (
    "id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "what" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "programmeId" UUID,
    "by" TEXT,
    "count" INTEGER NOT NULL,

    CONSTRAINT "Disposal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "RecordHold_number_key" ON "RecordHold"("number");

-- CreateIndex
CREATE INDEX "RecordHold_programmeId_idx" ON "RecordHold"("programmeId");

-- CreateIndex
CREATE INDEX "Disposal_day_idx" ON "Disposal"("day");

-- CreateIndex
CREATE INDEX "Disposal_programmeId_idx" ON "Disposal"("programmeId");

-- AddForeignKey
ALTER TABLE "RecordHold" ADD CONSTRAINT "RecordHold_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecordRelease" ADD CONSTRAINT "RecordRelease_holdId_fkey" FOREIGN KEY ("holdId") REFERENCES "RecordHold"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Disposal" ADD CONSTRAINT "Disposal_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
