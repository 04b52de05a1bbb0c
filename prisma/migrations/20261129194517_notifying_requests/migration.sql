-- CreateTable
CREATE TABLE "NotifyingRequest" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "programmeId" UUID,
    "allowance" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "NotifyingRequest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "NotifyingRequest_personId_at_idx" ON "NotifyingRequest"("personId", "at");

-- CreateIndex
CREATE INDEX "NotifyingRequest_programmeId_at_idx" ON "NotifyingRequest"("programmeId", "at");

-- AddForeignKey
ALTER TABLE "NotifyingRequest" ADD CONSTRAINT "NotifyingRequest_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotifyingRequest" ADD CONSTRAINT "NotifyingRequest_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE SET NULL ON UPDATE CASCADE;
