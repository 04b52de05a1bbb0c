-- CreateTable
CREATE TABLE "WorkstreamMoney" (
    "id" UUID NOT NULL,
    "workstreamId" UUID NOT NULL,
    "budget" TEXT,
    "forecast" TEXT,
    "actual" TEXT,
    "savingsTarget" TEXT,
    "savings" TEXT,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawnOn" DATE,
    "withdrawnAt" TIMESTAMPTZ(3),
    "withdrawnById" UUID,
    "withdrawnBecause" TEXT,

    CONSTRAINT "WorkstreamMoney_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "WorkstreamMoney_workstreamId_onDay_at_idx" ON "WorkstreamMoney"("workstreamId", "onDay", "at");

-- CreateIndex
CREATE INDEX "WorkstreamMoney_byId_idx" ON "WorkstreamMoney"("byId");

-- CreateIndex
CREATE INDEX "WorkstreamMoney_withdrawnById_idx" ON "WorkstreamMoney"("withdrawnById");

-- AddForeignKey
ALTER TABLE "WorkstreamMoney" ADD CONSTRAINT "WorkstreamMoney_workstreamId_fkey" FOREIGN KEY ("workstreamId") REFERENCES "Workstream"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WorkstreamMoney" ADD CONSTRAINT "WorkstreamMoney_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WorkstreamMoney" ADD CONSTRAINT "WorkstreamMoney_withdrawnById_fkey" FOREIGN KEY ("withdrawnById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
