-- DropForeignKey
ALTER TABLE "DateLink" DROP CONSTRAINT "DateLink_personId_fkey";

-- AddForeignKey
ALTER TABLE "DateLink" ADD CONSTRAINT "DateLink_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
