-- CreateTable
CREATE TABLE "DateLink" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "isWhole" BOOLEAN NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DateLink_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "DateLink_tokenHash_key" ON "DateLink"("tokenHash");

-- CreateIndex
CREATE INDEX "DateLink_programmeId_idx" ON "DateLink"("programmeId");

-- CreateIndex
CREATE INDEX "DateLink_personId_idx" ON "DateLink"("personId");

-- AddForeignKey
ALTER TABLE "DateLink" ADD CONSTRAINT "DateLink_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DateLink" ADD CONSTRAINT "DateLink_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
