-- AlterTable
ALTER TABLE "Programme" ADD COLUMN     "organisationId" UUID;

-- CreateTable
CREATE TABLE "Organisation" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "inviteHash" TEXT,
    "inviteExpiresAt" TIMESTAMPTZ(3),

    CONSTRAINT "Organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkspaceInstallation" (
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "organisationId" UUID,
    "name" TEXT,
    "viaTenant" TEXT,
    "credentials" TEXT,
    "botUser" TEXT,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "installedBy" TEXT,
    "installedAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "revokedBy" TEXT,

    CONSTRAINT "WorkspaceInstallation_pkey" PRIMARY KEY ("platform","tenant")
);

-- CreateIndex
CREATE UNIQUE INDEX "Organisation_name_key" ON "Organisation"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Organisation_inviteHash_key" ON "Organisation"("inviteHash");

-- CreateIndex
CREATE INDEX "WorkspaceInstallation_organisationId_idx" ON "WorkspaceInstallation"("organisationId");

-- CreateIndex
CREATE INDEX "Programme_organisationId_idx" ON "Programme"("organisationId");

-- AddForeignKey
ALTER TABLE "Programme" ADD CONSTRAINT "Programme_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WorkspaceInstallation" ADD CONSTRAINT "WorkspaceInstallation_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whose a workspace is; null: of the organisation that runs Milepost.
CREATE FUNCTION organisation_of(of_platform TEXT, of_tenant TEXT) RETURNS UUID LANGUAGE sql STABLE AS $$
  SELECT "organisationId" FROM "WorkspaceInstallation" WHERE "platform" = of_platform AND "tenant" = of_tenant
$$;

-- Those in which somebody has roles or accounts; null is one of them.
CREATE FUNCTION organisations_of_person(person UUID) RETURNS SETOF UUID LANGUAGE sql STABLE AS $$
  SELECT programme."organisationId" FROM "Membership" member
  JOIN "Programme" programme ON programme."id" = member."programmeId"
  WHERE member."personId" = person
  UNION
  SELECT organisation_of(account."platform", account."tenant") FROM "Identity" account
  WHERE account."personId" = person
$$;

-- Nobody has accounts or roles in two organisations, whatever wrote them. Commands refuse it in words before; this holds
-- when one forgets. Judged at the commit, so that the order of statements, and of the tables of a backup, is free.
CREATE FUNCTION hold_person_to_one_organisation(person UUID) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "Organisation") THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('organisation of a person'), hashtext(person::TEXT));
  IF 1 < (SELECT count(*) FROM organisations_of_person(person)) THEN
    RAISE check_violation USING MESSAGE = 'A person would belong to two organisations: ' || person;
  END IF;
END $$;

CREATE FUNCTION hold_channel_to_one_organisation(subscription UUID) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM "Subscription" channel JOIN "Programme" programme ON programme."id" = channel."programmeId"
    WHERE channel."id" = subscription AND channel."endedAt" IS NULL
      AND programme."organisationId" IS DISTINCT FROM organisation_of(channel."platform", channel."tenant")
  ) THEN
    RAISE check_violation USING MESSAGE = 'A channel would get a digest of another organisation: ' || subscription;
  END IF;
END $$;

CREATE FUNCTION hold_its_person() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hold_person_to_one_organisation(NEW."personId");
  RETURN NULL;
END $$;

CREATE FUNCTION hold_itself() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hold_channel_to_one_organisation(NEW."id");
  RETURN NULL;
END $$;

CREATE FUNCTION hold_its_members() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hold_person_to_one_organisation("personId") FROM (
    SELECT DISTINCT "personId" FROM "Membership" WHERE "programmeId" = NEW."id"
  ) members;
  PERFORM hold_channel_to_one_organisation("id") FROM "Subscription" WHERE "programmeId" = NEW."id";
  RETURN NULL;
END $$;

CREATE FUNCTION hold_its_accounts() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hold_person_to_one_organisation("personId") FROM (
    SELECT DISTINCT "personId" FROM "Identity" WHERE "platform" = NEW."platform" AND "tenant" = NEW."tenant"
  ) accounts;
  PERFORM hold_channel_to_one_organisation("id") FROM "Subscription"
    WHERE "platform" = NEW."platform" AND "tenant" = NEW."tenant";
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER one_organisation AFTER INSERT OR UPDATE OF "personId", "programmeId" ON "Membership"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hold_its_person();
CREATE CONSTRAINT TRIGGER one_organisation AFTER INSERT OR UPDATE OF "personId", "platform", "tenant" ON "Identity"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hold_its_person();
CREATE CONSTRAINT TRIGGER one_organisation AFTER INSERT OR UPDATE OF "programmeId", "platform", "tenant" ON "Subscription"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hold_itself();
CREATE CONSTRAINT TRIGGER one_organisation AFTER UPDATE OF "organisationId" ON "Programme"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hold_its_members();
CREATE CONSTRAINT TRIGGER one_organisation AFTER INSERT OR UPDATE OF "organisationId" ON "WorkspaceInstallation"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hold_its_accounts();
