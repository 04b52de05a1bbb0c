-- CreateTable
CREATE TABLE "IssuedPaper" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "layout" TEXT NOT NULL,
    "subject" TEXT,
    "audience" "Audience" NOT NULL,
    "dataFrom" DATE,
    "asAt" DATE NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,
    "meetingOn" DATE,
    "issuedById" UUID,
    "hash" TEXT NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "IssuedPaper_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "IssuedPaper_issuedById_idx" ON "IssuedPaper"("issuedById");

-- CreateIndex
CREATE UNIQUE INDEX "IssuedPaper_programmeId_number_key" ON "IssuedPaper"("programmeId", "number");

-- AddForeignKey
ALTER TABLE "IssuedPaper" ADD CONSTRAINT "IssuedPaper_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IssuedPaper" ADD CONSTRAINT "IssuedPaper_issuedById_fkey" FOREIGN KEY ("issuedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
