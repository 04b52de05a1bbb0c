-- CreateTable
CREATE TABLE "PaperTemplate" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "layout" TEXT,
    "fileName" TEXT,
    "bytes" BYTEA,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PaperTemplate_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PaperTemplate_programmeId_layout_at_idx" ON "PaperTemplate"("programmeId", "layout", "at");

-- CreateIndex
CREATE INDEX "PaperTemplate_byId_idx" ON "PaperTemplate"("byId");

-- AddForeignKey
ALTER TABLE "PaperTemplate" ADD CONSTRAINT "PaperTemplate_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaperTemplate" ADD CONSTRAINT "PaperTemplate_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
