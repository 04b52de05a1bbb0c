-- AlterTable
ALTER TABLE "OutboxMessage" ADD COLUMN     "hasFile" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "OutboxFile" (
    "outboxMessageId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "contentType" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OutboxFile_pkey" PRIMARY KEY ("outboxMessageId")
);

-- CreateIndex
CREATE INDEX "OutboxFile_at_idx" ON "OutboxFile"("at");

-- AddForeignKey
ALTER TABLE "OutboxFile" ADD CONSTRAINT "OutboxFile_outboxMessageId_fkey" FOREIGN KEY ("outboxMessageId") REFERENCES "OutboxMessage"("id") ON DELETE CASCADE ON UPDATE CASCADE;
