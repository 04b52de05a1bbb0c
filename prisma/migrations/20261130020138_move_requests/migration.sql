-- CreateTable
CREATE TABLE "MoveRequest" (
    "id" UUID NOT NULL,
    "milestoneId" UUID NOT NULL,
    "from" DATE NOT NULL,
    "to" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" UUID NOT NULL,
    "onBehalfOfId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT,
    "outcomeById" UUID,
    "outcomeOn" DATE,
    "outcomeAt" TIMESTAMPTZ(3),

    CONSTRAINT "MoveRequest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MoveRequest_milestoneId_at_idx" ON "MoveRequest"("milestoneId", "at");

-- CreateIndex
CREATE INDEX "MoveRequest_byId_idx" ON "MoveRequest"("byId");

-- CreateIndex
CREATE INDEX "MoveRequest_onBehalfOfId_idx" ON "MoveRequest"("onBehalfOfId");

-- CreateIndex
CREATE INDEX "MoveRequest_outcomeById_idx" ON "MoveRequest"("outcomeById");

-- AddForeignKey
ALTER TABLE "MoveRequest" ADD CONSTRAINT "MoveRequest_milestoneId_fkey" FOREIGN KEY ("milestoneId") REFERENCES "Milestone"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MoveRequest" ADD CONSTRAINT "MoveRequest_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MoveRequest" ADD CONSTRAINT "MoveRequest_onBehalfOfId_fkey" FOREIGN KEY ("onBehalfOfId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MoveRequest" ADD CONSTRAINT "MoveRequest_outcomeById_fkey" FOREIGN KEY ("outcomeById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
