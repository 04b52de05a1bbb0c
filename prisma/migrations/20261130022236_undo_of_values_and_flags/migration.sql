-- AlterTable
ALTER TABLE "MilestoneFlag" ADD COLUMN     "undoesId" UUID;

-- AlterTable
ALTER TABLE "ProjectAttribute" ADD COLUMN     "undoesId" UUID;

-- CreateIndex
CREATE UNIQUE INDEX "MilestoneFlag_undoesId_key" ON "MilestoneFlag"("undoesId");

-- CreateIndex
CREATE UNIQUE INDEX "ProjectAttribute_undoesId_key" ON "ProjectAttribute"("undoesId");

-- AddForeignKey
ALTER TABLE "ProjectAttribute" ADD CONSTRAINT "ProjectAttribute_undoesId_fkey" FOREIGN KEY ("undoesId") REFERENCES "ProjectAttribute"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneFlag" ADD CONSTRAINT "MilestoneFlag_undoesId_fkey" FOREIGN KEY ("undoesId") REFERENCES "MilestoneFlag"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
