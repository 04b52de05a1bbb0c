-- CreateEnum
CREATE TYPE "Role" AS ENUM ('lead', 'sponsor', 'programme_office', 'viewer');

-- CreateEnum
CREATE TYPE "Precision" AS ENUM ('day', 'month', 'range', 'none');

-- CreateEnum
CREATE TYPE "Audience" AS ENUM ('internal', 'board', 'public');

-- CreateEnum
CREATE TYPE "RoundChangeKind" AS ENUM ('nudged', 'closed', 'extended', 'opened');

-- CreateEnum
CREATE TYPE "MeasureKind" AS ENUM ('kpi', 'quality', 'feedback');

-- CreateEnum
CREATE TYPE "Polarity" AS ENUM ('increase', 'decrease', 'maintain');

-- CreateEnum
CREATE TYPE "RegisterKind" AS ENUM ('risk', 'decision', 'dependency', 'headline');

-- CreateEnum
CREATE TYPE "DirectionKind" AS ENUM ('held', 'released', 'approved', 'headline');

-- CreateEnum
CREATE TYPE "DeliveryState" AS ENUM ('waiting', 'sending', 'sent', 'uncertain', 'dead', 'dropped');

-- CreateTable
CREATE TABLE "Programme" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "zone" TEXT NOT NULL DEFAULT 'Europe/London',
    "digestNames" BOOLEAN NOT NULL DEFAULT false,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Programme_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "post" TEXT,
    "zone" TEXT,
    "quietFrom" TEXT,
    "quietTo" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "forgottenAt" TIMESTAMPTZ(3),

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkingPattern" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "weekdays" TEXT[],
    "fromDay" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WorkingPattern_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Leave" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "from" DATE NOT NULL,
    "to" DATE NOT NULL,
    "deputyId" UUID,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "returnedOn" DATE,
    "returnedById" UUID,
    "returnedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Leave_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Identity" (
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "conversationId" TEXT,
    "serviceUrl" TEXT,

    CONSTRAINT "Identity_pkey" PRIMARY KEY ("platform","tenant","user")
);

-- CreateTable
CREATE TABLE "Membership" (
    "programmeId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "role" "Role" NOT NULL,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("programmeId","personId","role")
);

-- CreateTable
CREATE TABLE "Workstream" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "addedOn" DATE,

    CONSTRAINT "Workstream_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkstreamOwner" (
    "workstreamId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "WorkstreamOwner_pkey" PRIMARY KEY ("workstreamId","personId","role")
);

-- CreateTable
CREATE TABLE "Project" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "workstreamId" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "section" TEXT,
    "position" INTEGER NOT NULL,
    "addedOn" DATE,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProjectAttribute" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT,
    "byId" UUID,
    "onBehalfOfId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ProjectAttribute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProjectLead" (
    "projectId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "ProjectLead_pkey" PRIMARY KEY ("projectId","personId")
);

-- CreateTable
CREATE TABLE "Milestone" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "about" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "heading" TEXT,
    "earliest" DATE,
    "baselineDue" DATE,
    "due" DATE,
    "precision" "Precision" NOT NULL,
    "recurrence" TEXT,
    "condition" TEXT,
    "doneOn" DATE,
    "addedOn" DATE NOT NULL,

    CONSTRAINT "Milestone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MilestoneMove" (
    "id" UUID NOT NULL,
    "milestoneId" UUID NOT NULL,
    "from" DATE,
    "to" DATE,
    "reason" TEXT NOT NULL,
    "byId" UUID,
    "onBehalfOfId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MilestoneMove_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MilestoneCompletion" (
    "milestoneId" UUID NOT NULL,
    "byId" UUID,
    "onBehalfOfId" UUID,
    "source" TEXT NOT NULL,
    "evidence" TEXT,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "toConfirm" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "MilestoneCompletion_pkey" PRIMARY KEY ("milestoneId")
);

-- CreateTable
CREATE TABLE "MilestoneFlag" (
    "id" UUID NOT NULL,
    "milestoneId" UUID NOT NULL,
    "atRisk" BOOLEAN NOT NULL,
    "reason" TEXT,
    "byId" UUID,
    "onBehalfOfId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MilestoneFlag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MilestoneRating" (
    "id" UUID NOT NULL,
    "milestoneId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MilestoneRating_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StatusUpdate" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "greenBy" DATE,
    "path" TEXT,
    "criteria" TEXT[],
    "derived" TEXT,
    "divergenceReason" TEXT,
    "toConfirm" BOOLEAN NOT NULL DEFAULT false,
    "attestsId" UUID,
    "audience" "Audience" NOT NULL DEFAULT 'board',
    "byId" UUID,
    "onBehalfOfId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "StatusUpdate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AssuranceRating" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AssuranceRating_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckAnswer" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "projectId" UUID,
    "check" TEXT NOT NULL,
    "fingerprints" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "byId" UUID,
    "onBehalfOfId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CheckAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Question" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "askedById" UUID,
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "placeKind" TEXT NOT NULL,
    "serviceUrl" TEXT,
    "message" TEXT,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "answeredById" UUID,
    "onBehalfOfId" UUID,
    "answeredOn" DATE,
    "answeredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Follow" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Follow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoundChange" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "round" DATE NOT NULL,
    "kind" "RoundChangeKind" NOT NULL,
    "until" TIMESTAMPTZ(3),
    "byId" UUID,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RoundChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Snooze" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Snooze_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Mute" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "until" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Mute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Confirmation" (
    "id" UUID NOT NULL,
    "updateId" UUID,
    "milestoneId" UUID,
    "overrideId" UUID,
    "byId" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Confirmation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PlanImport" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "fileName" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "asOf" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "result" JSONB NOT NULL,

    CONSTRAINT "PlanImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Recommendation" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "text" TEXT,

    CONSTRAINT "Recommendation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outcome" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "Outcome_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProjectRecommendation" (
    "projectId" UUID NOT NULL,
    "recommendationId" UUID NOT NULL,

    CONSTRAINT "ProjectRecommendation_pkey" PRIMARY KEY ("projectId","recommendationId")
);

-- CreateTable
CREATE TABLE "ProjectOutcome" (
    "projectId" UUID NOT NULL,
    "outcomeId" UUID NOT NULL,

    CONSTRAINT "ProjectOutcome_pkey" PRIMARY KEY ("projectId","outcomeId")
);

-- CreateTable
CREATE TABLE "Measure" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "MeasureKind" NOT NULL DEFAULT 'kpi',
    "polarity" "Polarity",
    "baseline" TEXT,
    "baselineState" TEXT,
    "target" TEXT,
    "targetOn" DATE,
    "frequency" TEXT,
    "method" TEXT,
    "nextDue" DATE,
    "workstreamId" UUID,
    "position" INTEGER NOT NULL,
    "addedOn" DATE NOT NULL,

    CONSTRAINT "Measure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProjectMeasure" (
    "projectId" UUID NOT NULL,
    "measureId" UUID NOT NULL,

    CONSTRAINT "ProjectMeasure_pkey" PRIMARY KEY ("projectId","measureId")
);

-- CreateTable
CREATE TABLE "MeasureOutcome" (
    "measureId" UUID NOT NULL,
    "outcomeId" UUID NOT NULL,

    CONSTRAINT "MeasureOutcome_pkey" PRIMARY KEY ("measureId","outcomeId")
);

-- CreateTable
CREATE TABLE "Reading" (
    "id" UUID NOT NULL,
    "measureId" UUID NOT NULL,
    "raw" TEXT NOT NULL,
    "value" DOUBLE PRECISION,
    "declared" TEXT,
    "direction" TEXT,
    "period" TEXT,
    "forDay" DATE NOT NULL,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Reading_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RegisterEntry" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "kind" "RegisterKind" NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "mitigation" TEXT,
    "state" TEXT,
    "askedOf" TEXT,
    "neededBy" DATE,
    "projectId" UUID,
    "dependsOn" TEXT,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RegisterEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RegisterClosing" (
    "entryId" UUID NOT NULL,
    "outcome" TEXT,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RegisterClosing_pkey" PRIMARY KEY ("entryId")
);

-- CreateTable
CREATE TABLE "RollUpOverride" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "workstreamId" UUID,
    "state" TEXT,
    "reason" TEXT NOT NULL,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RollUpOverride_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Subscription" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "serviceUrl" TEXT,
    "weekday" TEXT NOT NULL,
    "time" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "audience" "Audience" NOT NULL DEFAULT 'board',
    "reach" TEXT,
    "workstreams" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Digest" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "subscriptionId" UUID NOT NULL,
    "round" DATE NOT NULL,
    "dataFrom" DATE,
    "dataTo" DATE,
    "asAt" DATE NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,
    "meetingOn" DATE,
    "content" JSONB NOT NULL,

    CONSTRAINT "Digest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DigestCorrection" (
    "id" UUID NOT NULL,
    "digestId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DigestCorrection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DigestDirection" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "round" DATE NOT NULL,
    "kind" "DirectionKind" NOT NULL,
    "text" TEXT,
    "byId" UUID,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DigestDirection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Picture" (
    "id" UUID NOT NULL,
    "programmeId" UUID NOT NULL,
    "png" BYTEA NOT NULL,
    "alt" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Picture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OutboxMessage" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "placeKind" TEXT NOT NULL,
    "serviceUrl" TEXT,
    "afterId" UUID,
    "card" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "topics" TEXT[],
    "why" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "pictureId" UUID,
    "programmeId" UUID,
    "personId" UUID,
    "sequence" BIGSERIAL NOT NULL,
    "state" "DeliveryState" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TIMESTAMPTZ(3) NOT NULL,
    "firstTriedAt" TIMESTAMPTZ(3),
    "possiblySentAt" TIMESTAMPTZ(3),
    "leaseToken" UUID,
    "leaseExpiresAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "sentTo" TEXT,
    "messageId" TEXT,
    "gone" BOOLEAN NOT NULL DEFAULT false,
    "errorCode" TEXT,
    "error" TEXT,
    "isResend" BOOLEAN NOT NULL DEFAULT false,
    "failureReportedAt" TIMESTAMPTZ(3),

    CONSTRAINT "OutboxMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MessageEdit" (
    "outboxMessageId" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TIMESTAMPTZ(3) NOT NULL,
    "firstTriedAt" TIMESTAMPTZ(3),
    "leaseToken" UUID,
    "leaseExpiresAt" TIMESTAMPTZ(3),
    "errorCode" TEXT,
    "error" TEXT,

    CONSTRAINT "MessageEdit_pkey" PRIMARY KEY ("outboxMessageId")
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reply" JSONB NOT NULL,

    CONSTRAINT "IdempotencyKey_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "Programme_key_key" ON "Programme"("key");

-- CreateIndex
CREATE INDEX "WorkingPattern_personId_idx" ON "WorkingPattern"("personId");

-- CreateIndex
CREATE INDEX "Leave_personId_to_idx" ON "Leave"("personId", "to");

-- CreateIndex
CREATE INDEX "Leave_deputyId_idx" ON "Leave"("deputyId");

-- CreateIndex
CREATE INDEX "Leave_byId_idx" ON "Leave"("byId");

-- CreateIndex
CREATE INDEX "Leave_returnedById_idx" ON "Leave"("returnedById");

-- CreateIndex
CREATE INDEX "Identity_personId_idx" ON "Identity"("personId");

-- CreateIndex
CREATE INDEX "Membership_personId_idx" ON "Membership"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Workstream_programmeId_ref_key" ON "Workstream"("programmeId", "ref");

-- CreateIndex
CREATE INDEX "WorkstreamOwner_personId_idx" ON "WorkstreamOwner"("personId");

-- CreateIndex
CREATE INDEX "Project_workstreamId_idx" ON "Project"("workstreamId");

-- CreateIndex
CREATE UNIQUE INDEX "Project_programmeId_ref_key" ON "Project"("programmeId", "ref");

-- CreateIndex
CREATE INDEX "ProjectAttribute_projectId_key_onDay_at_idx" ON "ProjectAttribute"("projectId", "key", "onDay", "at");

-- CreateIndex
CREATE INDEX "ProjectAttribute_byId_idx" ON "ProjectAttribute"("byId");

-- CreateIndex
CREATE INDEX "ProjectAttribute_onBehalfOfId_idx" ON "ProjectAttribute"("onBehalfOfId");

-- CreateIndex
CREATE INDEX "ProjectLead_personId_idx" ON "ProjectLead"("personId");

-- CreateIndex
CREATE INDEX "Milestone_due_idx" ON "Milestone"("due");

-- CreateIndex
CREATE UNIQUE INDEX "Milestone_projectId_number_key" ON "Milestone"("projectId", "number");

-- CreateIndex
CREATE INDEX "MilestoneMove_milestoneId_idx" ON "MilestoneMove"("milestoneId");

-- CreateIndex
CREATE INDEX "MilestoneMove_at_idx" ON "MilestoneMove"("at");

-- CreateIndex
CREATE INDEX "MilestoneMove_byId_idx" ON "MilestoneMove"("byId");

-- CreateIndex
CREATE INDEX "MilestoneMove_onBehalfOfId_idx" ON "MilestoneMove"("onBehalfOfId");

-- CreateIndex
CREATE INDEX "MilestoneCompletion_at_idx" ON "MilestoneCompletion"("at");

-- CreateIndex
CREATE INDEX "MilestoneCompletion_byId_idx" ON "MilestoneCompletion"("byId");

-- CreateIndex
CREATE INDEX "MilestoneCompletion_onBehalfOfId_idx" ON "MilestoneCompletion"("onBehalfOfId");

-- CreateIndex
CREATE INDEX "MilestoneFlag_milestoneId_idx" ON "MilestoneFlag"("milestoneId");

-- CreateIndex
CREATE INDEX "MilestoneFlag_byId_idx" ON "MilestoneFlag"("byId");

-- CreateIndex
CREATE INDEX "MilestoneFlag_onBehalfOfId_idx" ON "MilestoneFlag"("onBehalfOfId");

-- CreateIndex
CREATE INDEX "MilestoneRating_milestoneId_idx" ON "MilestoneRating"("milestoneId");

-- CreateIndex
CREATE INDEX "MilestoneRating_byId_idx" ON "MilestoneRating"("byId");

-- CreateIndex
CREATE INDEX "StatusUpdate_projectId_onDay_at_idx" ON "StatusUpdate"("projectId", "onDay", "at");

-- CreateIndex
CREATE INDEX "StatusUpdate_at_idx" ON "StatusUpdate"("at");

-- CreateIndex
CREATE INDEX "StatusUpdate_byId_idx" ON "StatusUpdate"("byId");

-- CreateIndex
CREATE INDEX "StatusUpdate_onBehalfOfId_idx" ON "StatusUpdate"("onBehalfOfId");

-- CreateIndex
CREATE INDEX "StatusUpdate_attestsId_idx" ON "StatusUpdate"("attestsId");

-- CreateIndex
CREATE INDEX "AssuranceRating_projectId_onDay_at_idx" ON "AssuranceRating"("projectId", "onDay", "at");

-- CreateIndex
CREATE INDEX "AssuranceRating_byId_idx" ON "AssuranceRating"("byId");

-- CreateIndex
CREATE INDEX "CheckAnswer_programmeId_idx" ON "CheckAnswer"("programmeId");

-- CreateIndex
CREATE INDEX "CheckAnswer_byId_idx" ON "CheckAnswer"("byId");

-- CreateIndex
CREATE INDEX "CheckAnswer_onBehalfOfId_idx" ON "CheckAnswer"("onBehalfOfId");

-- CreateIndex
CREATE INDEX "CheckAnswer_projectId_idx" ON "CheckAnswer"("projectId");

-- CreateIndex
CREATE INDEX "Question_onBehalfOfId_idx" ON "Question"("onBehalfOfId");

-- CreateIndex
CREATE INDEX "Question_askedById_idx" ON "Question"("askedById");

-- CreateIndex
CREATE INDEX "Question_answeredById_idx" ON "Question"("answeredById");

-- CreateIndex
CREATE INDEX "Question_projectId_idx" ON "Question"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "Question_programmeId_number_key" ON "Question"("programmeId", "number");

-- CreateIndex
CREATE INDEX "Follow_projectId_idx" ON "Follow"("projectId");

-- CreateIndex
CREATE INDEX "Follow_personId_idx" ON "Follow"("personId");

-- CreateIndex
CREATE INDEX "RoundChange_programmeId_round_idx" ON "RoundChange"("programmeId", "round");

-- CreateIndex
CREATE INDEX "RoundChange_at_idx" ON "RoundChange"("at");

-- CreateIndex
CREATE INDEX "RoundChange_byId_idx" ON "RoundChange"("byId");

-- CreateIndex
CREATE INDEX "Snooze_personId_until_idx" ON "Snooze"("personId", "until");

-- CreateIndex
CREATE INDEX "Snooze_until_idx" ON "Snooze"("until");

-- CreateIndex
CREATE INDEX "Snooze_at_idx" ON "Snooze"("at");

-- CreateIndex
CREATE INDEX "Snooze_byId_idx" ON "Snooze"("byId");

-- CreateIndex
CREATE INDEX "Mute_personId_until_idx" ON "Mute"("personId", "until");

-- CreateIndex
CREATE INDEX "Mute_projectId_idx" ON "Mute"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "Confirmation_updateId_key" ON "Confirmation"("updateId");

-- CreateIndex
CREATE UNIQUE INDEX "Confirmation_milestoneId_key" ON "Confirmation"("milestoneId");

-- CreateIndex
CREATE UNIQUE INDEX "Confirmation_overrideId_key" ON "Confirmation"("overrideId");

-- CreateIndex
CREATE INDEX "Confirmation_byId_idx" ON "Confirmation"("byId");

-- CreateIndex
CREATE INDEX "Confirmation_at_idx" ON "Confirmation"("at");

-- CreateIndex
CREATE INDEX "PlanImport_programmeId_idx" ON "PlanImport"("programmeId");

-- CreateIndex
CREATE UNIQUE INDEX "Recommendation_programmeId_ref_key" ON "Recommendation"("programmeId", "ref");

-- CreateIndex
CREATE UNIQUE INDEX "Outcome_programmeId_number_key" ON "Outcome"("programmeId", "number");

-- CreateIndex
CREATE INDEX "ProjectRecommendation_recommendationId_idx" ON "ProjectRecommendation"("recommendationId");

-- CreateIndex
CREATE INDEX "ProjectOutcome_outcomeId_idx" ON "ProjectOutcome"("outcomeId");

-- CreateIndex
CREATE INDEX "Measure_workstreamId_idx" ON "Measure"("workstreamId");

-- CreateIndex
CREATE UNIQUE INDEX "Measure_programmeId_number_key" ON "Measure"("programmeId", "number");

-- CreateIndex
CREATE INDEX "ProjectMeasure_measureId_idx" ON "ProjectMeasure"("measureId");

-- CreateIndex
CREATE INDEX "MeasureOutcome_outcomeId_idx" ON "MeasureOutcome"("outcomeId");

-- CreateIndex
CREATE INDEX "Reading_measureId_forDay_idx" ON "Reading"("measureId", "forDay");

-- CreateIndex
CREATE INDEX "Reading_at_idx" ON "Reading"("at");

-- CreateIndex
CREATE INDEX "Reading_byId_idx" ON "Reading"("byId");

-- CreateIndex
CREATE INDEX "RegisterEntry_byId_idx" ON "RegisterEntry"("byId");

-- CreateIndex
CREATE INDEX "RegisterEntry_projectId_idx" ON "RegisterEntry"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "RegisterEntry_programmeId_kind_number_key" ON "RegisterEntry"("programmeId", "kind", "number");

-- CreateIndex
CREATE INDEX "RegisterClosing_byId_idx" ON "RegisterClosing"("byId");

-- CreateIndex
CREATE INDEX "RollUpOverride_programmeId_idx" ON "RollUpOverride"("programmeId");

-- CreateIndex
CREATE INDEX "RollUpOverride_byId_idx" ON "RollUpOverride"("byId");

-- CreateIndex
CREATE INDEX "RollUpOverride_workstreamId_idx" ON "RollUpOverride"("workstreamId");

-- CreateIndex
CREATE INDEX "Subscription_programmeId_idx" ON "Subscription"("programmeId");

-- CreateIndex
CREATE INDEX "Subscription_createdById_idx" ON "Subscription"("createdById");

-- CreateIndex
CREATE UNIQUE INDEX "Digest_subscriptionId_round_key" ON "Digest"("subscriptionId", "round");

-- CreateIndex
CREATE UNIQUE INDEX "Digest_programmeId_number_key" ON "Digest"("programmeId", "number");

-- CreateIndex
CREATE INDEX "DigestCorrection_digestId_idx" ON "DigestCorrection"("digestId");

-- CreateIndex
CREATE INDEX "DigestCorrection_byId_idx" ON "DigestCorrection"("byId");

-- CreateIndex
CREATE INDEX "DigestDirection_programmeId_round_idx" ON "DigestDirection"("programmeId", "round");

-- CreateIndex
CREATE INDEX "DigestDirection_byId_idx" ON "DigestDirection"("byId");

-- CreateIndex
CREATE INDEX "Picture_programmeId_idx" ON "Picture"("programmeId");

-- CreateIndex
CREATE UNIQUE INDEX "OutboxMessage_key_key" ON "OutboxMessage"("key");

-- CreateIndex
CREATE UNIQUE INDEX "OutboxMessage_sequence_key" ON "OutboxMessage"("sequence");

-- CreateIndex
CREATE INDEX "OutboxMessage_state_notBefore_idx" ON "OutboxMessage"("state", "notBefore");

-- CreateIndex
CREATE INDEX "OutboxMessage_platform_tenant_conversation_state_sequence_idx" ON "OutboxMessage"("platform", "tenant", "conversation", "state", "sequence");

-- CreateIndex
CREATE INDEX "OutboxMessage_personId_createdAt_idx" ON "OutboxMessage"("personId", "createdAt");

-- CreateIndex
CREATE INDEX "OutboxMessage_platform_sentTo_messageId_idx" ON "OutboxMessage"("platform", "sentTo", "messageId");

-- CreateIndex
CREATE INDEX "MessageEdit_notBefore_idx" ON "MessageEdit"("notBefore");

-- CreateIndex
CREATE INDEX "IdempotencyKey_at_idx" ON "IdempotencyKey"("at");

-- AddForeignKey
ALTER TABLE "WorkingPattern" ADD CONSTRAINT "WorkingPattern_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Leave" ADD CONSTRAINT "Leave_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Leave" ADD CONSTRAINT "Leave_deputyId_fkey" FOREIGN KEY ("deputyId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Leave" ADD CONSTRAINT "Leave_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Leave" ADD CONSTRAINT "Leave_returnedById_fkey" FOREIGN KEY ("returnedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Workstream" ADD CONSTRAINT "Workstream_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WorkstreamOwner" ADD CONSTRAINT "WorkstreamOwner_workstreamId_fkey" FOREIGN KEY ("workstreamId") REFERENCES "Workstream"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WorkstreamOwner" ADD CONSTRAINT "WorkstreamOwner_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Project" ADD CONSTRAINT "Project_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Project" ADD CONSTRAINT "Project_workstreamId_fkey" FOREIGN KEY ("workstreamId") REFERENCES "Workstream"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectAttribute" ADD CONSTRAINT "ProjectAttribute_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectAttribute" ADD CONSTRAINT "ProjectAttribute_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectAttribute" ADD CONSTRAINT "ProjectAttribute_onBehalfOfId_fkey" FOREIGN KEY ("onBehalfOfId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectLead" ADD CONSTRAINT "ProjectLead_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectLead" ADD CONSTRAINT "ProjectLead_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Milestone" ADD CONSTRAINT "Milestone_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneMove" ADD CONSTRAINT "MilestoneMove_milestoneId_fkey" FOREIGN KEY ("milestoneId") REFERENCES "Milestone"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneMove" ADD CONSTRAINT "MilestoneMove_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneMove" ADD CONSTRAINT "MilestoneMove_onBehalfOfId_fkey" FOREIGN KEY ("onBehalfOfId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneCompletion" ADD CONSTRAINT "MilestoneCompletion_milestoneId_fkey" FOREIGN KEY ("milestoneId") REFERENCES "Milestone"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneCompletion" ADD CONSTRAINT "MilestoneCompletion_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneCompletion" ADD CONSTRAINT "MilestoneCompletion_onBehalfOfId_fkey" FOREIGN KEY ("onBehalfOfId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneFlag" ADD CONSTRAINT "MilestoneFlag_milestoneId_fkey" FOREIGN KEY ("milestoneId") REFERENCES "Milestone"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneFlag" ADD CONSTRAINT "MilestoneFlag_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneFlag" ADD CONSTRAINT "MilestoneFlag_onBehalfOfId_fkey" FOREIGN KEY ("onBehalfOfId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneRating" ADD CONSTRAINT "MilestoneRating_milestoneId_fkey" FOREIGN KEY ("milestoneId") REFERENCES "Milestone"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MilestoneRating" ADD CONSTRAINT "MilestoneRating_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatusUpdate" ADD CONSTRAINT "StatusUpdate_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatusUpdate" ADD CONSTRAINT "StatusUpdate_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatusUpdate" ADD CONSTRAINT "StatusUpdate_onBehalfOfId_fkey" FOREIGN KEY ("onBehalfOfId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatusUpdate" ADD CONSTRAINT "StatusUpdate_attestsId_fkey" FOREIGN KEY ("attestsId") REFERENCES "StatusUpdate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AssuranceRating" ADD CONSTRAINT "AssuranceRating_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AssuranceRating" ADD CONSTRAINT "AssuranceRating_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckAnswer" ADD CONSTRAINT "CheckAnswer_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckAnswer" ADD CONSTRAINT "CheckAnswer_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckAnswer" ADD CONSTRAINT "CheckAnswer_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckAnswer" ADD CONSTRAINT "CheckAnswer_onBehalfOfId_fkey" FOREIGN KEY ("onBehalfOfId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_onBehalfOfId_fkey" FOREIGN KEY ("onBehalfOfId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_askedById_fkey" FOREIGN KEY ("askedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_answeredById_fkey" FOREIGN KEY ("answeredById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Follow" ADD CONSTRAINT "Follow_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Follow" ADD CONSTRAINT "Follow_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoundChange" ADD CONSTRAINT "RoundChange_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoundChange" ADD CONSTRAINT "RoundChange_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Snooze" ADD CONSTRAINT "Snooze_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Snooze" ADD CONSTRAINT "Snooze_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mute" ADD CONSTRAINT "Mute_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mute" ADD CONSTRAINT "Mute_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Confirmation" ADD CONSTRAINT "Confirmation_updateId_fkey" FOREIGN KEY ("updateId") REFERENCES "StatusUpdate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Confirmation" ADD CONSTRAINT "Confirmation_milestoneId_fkey" FOREIGN KEY ("milestoneId") REFERENCES "MilestoneCompletion"("milestoneId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Confirmation" ADD CONSTRAINT "Confirmation_overrideId_fkey" FOREIGN KEY ("overrideId") REFERENCES "RollUpOverride"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Confirmation" ADD CONSTRAINT "Confirmation_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanImport" ADD CONSTRAINT "PlanImport_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Recommendation" ADD CONSTRAINT "Recommendation_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Outcome" ADD CONSTRAINT "Outcome_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectRecommendation" ADD CONSTRAINT "ProjectRecommendation_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectRecommendation" ADD CONSTRAINT "ProjectRecommendation_recommendationId_fkey" FOREIGN KEY ("recommendationId") REFERENCES "Recommendation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectOutcome" ADD CONSTRAINT "ProjectOutcome_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectOutcome" ADD CONSTRAINT "ProjectOutcome_outcomeId_fkey" FOREIGN KEY ("outcomeId") REFERENCES "Outcome"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Measure" ADD CONSTRAINT "Measure_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Measure" ADD CONSTRAINT "Measure_workstreamId_fkey" FOREIGN KEY ("workstreamId") REFERENCES "Workstream"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectMeasure" ADD CONSTRAINT "ProjectMeasure_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectMeasure" ADD CONSTRAINT "ProjectMeasure_measureId_fkey" FOREIGN KEY ("measureId") REFERENCES "Measure"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeasureOutcome" ADD CONSTRAINT "MeasureOutcome_measureId_fkey" FOREIGN KEY ("measureId") REFERENCES "Measure"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeasureOutcome" ADD CONSTRAINT "MeasureOutcome_outcomeId_fkey" FOREIGN KEY ("outcomeId") REFERENCES "Outcome"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reading" ADD CONSTRAINT "Reading_measureId_fkey" FOREIGN KEY ("measureId") REFERENCES "Measure"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reading" ADD CONSTRAINT "Reading_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegisterEntry" ADD CONSTRAINT "RegisterEntry_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegisterEntry" ADD CONSTRAINT "RegisterEntry_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegisterEntry" ADD CONSTRAINT "RegisterEntry_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegisterClosing" ADD CONSTRAINT "RegisterClosing_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "RegisterEntry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegisterClosing" ADD CONSTRAINT "RegisterClosing_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RollUpOverride" ADD CONSTRAINT "RollUpOverride_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RollUpOverride" ADD CONSTRAINT "RollUpOverride_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RollUpOverride" ADD CONSTRAINT "RollUpOverride_workstreamId_fkey" FOREIGN KEY ("workstreamId") REFERENCES "Workstream"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Subscription" ADD CONSTRAINT "Subscription_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Subscription" ADD CONSTRAINT "Subscription_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Digest" ADD CONSTRAINT "Digest_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Digest" ADD CONSTRAINT "Digest_subscriptionId_fkey" FOREIGN KEY ("subscriptionId") REFERENCES "Subscription"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DigestCorrection" ADD CONSTRAINT "DigestCorrection_digestId_fkey" FOREIGN KEY ("digestId") REFERENCES "Digest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DigestCorrection" ADD CONSTRAINT "DigestCorrection_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DigestDirection" ADD CONSTRAINT "DigestDirection_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DigestDirection" ADD CONSTRAINT "DigestDirection_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Picture" ADD CONSTRAINT "Picture_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutboxMessage" ADD CONSTRAINT "OutboxMessage_afterId_fkey" FOREIGN KEY ("afterId") REFERENCES "OutboxMessage"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutboxMessage" ADD CONSTRAINT "OutboxMessage_pictureId_fkey" FOREIGN KEY ("pictureId") REFERENCES "Picture"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MessageEdit" ADD CONSTRAINT "MessageEdit_outboxMessageId_fkey" FOREIGN KEY ("outboxMessageId") REFERENCES "OutboxMessage"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What schema.prisma cannot express; Prisma leaves it alone.

ALTER TABLE "Confirmation" ADD CONSTRAINT "Confirmation_subject_check"
  CHECK (num_nonnulls("updateId", "milestoneId", "overrideId") = 1);

-- Partial indexes: a row of "OutboxMessage" is written four
-- times before it is sent, and each write goes to every index that the row is in.

-- The open messages are few beside the sent ones: a claim must not read through years of sent messages.
CREATE INDEX "OutboxMessage_open_workspace_idx" ON "OutboxMessage"("platform", "tenant", "notBefore", "sequence")
  WHERE "state" IN ('waiting', 'sending');

CREATE INDEX "OutboxMessage_open_conversation_idx" ON "OutboxMessage"("platform", "tenant", "conversation", "sequence")
  WHERE "state" IN ('waiting', 'sending');

CREATE INDEX "OutboxMessage_unreported_idx" ON "OutboxMessage"("sequence")
  WHERE "state" IN ('dead', 'uncertain') AND "failureReportedAt" IS NULL;

-- The retention deletes messages without followers, and pictures that no message shows.
CREATE INDEX "OutboxMessage_afterId_idx" ON "OutboxMessage"("afterId") WHERE "afterId" IS NOT NULL;

CREATE INDEX "OutboxMessage_pictureId_idx" ON "OutboxMessage"("pictureId") WHERE "pictureId" IS NOT NULL;
