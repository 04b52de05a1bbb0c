-- CreateTable
CREATE TABLE "AccountLinkCode" (
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "codeHash" TEXT,
    "expiresAt" TIMESTAMPTZ(3),
    "wrongGuesses" INTEGER NOT NULL DEFAULT 0,
    "guessedSince" TIMESTAMPTZ(3),

    CONSTRAINT "AccountLinkCode_pkey" PRIMARY KEY ("platform","tenant","user")
);

-- CreateIndex
CREATE UNIQUE INDEX "AccountLinkCode_codeHash_key" ON "AccountLinkCode"("codeHash");
