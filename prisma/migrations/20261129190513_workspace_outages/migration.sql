-- CreateTable
CREATE TABLE "WorkspaceOutage" (
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "errorCode" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "probeAt" TIMESTAMPTZ(3) NOT NULL,
    "reportedAt" TIMESTAMPTZ(3),

    CONSTRAINT "WorkspaceOutage_pkey" PRIMARY KEY ("platform","tenant")
);
