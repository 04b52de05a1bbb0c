-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "claim" UUID,
ADD COLUMN     "firstTriedAt" TIMESTAMPTZ(3),
ADD COLUMN     "maybeSince" TIMESTAMPTZ(3),
ADD COLUMN     "number" BIGSERIAL NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_number_key" ON "Delivery"("number");

-- CreateIndex
CREATE INDEX "Delivery_platform_tenant_conversation_state_number_idx" ON "Delivery"("platform", "tenant", "conversation", "state", "number");
