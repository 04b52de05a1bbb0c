-- CreateTable
CREATE TABLE "ProgrammeLook" (
    "programmeId" UUID NOT NULL,
    "work" TEXT NOT NULL,
    "nextAt" TIMESTAMPTZ(3) NOT NULL,
    "lookedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ProgrammeLook_pkey" PRIMARY KEY ("programmeId","work")
);

-- CreateTable
CREATE TABLE "ProgrammeChange" (
    "programme" UUID NOT NULL,
    "work" TEXT NOT NULL,
    "isUrgent" BOOLEAN NOT NULL,
    "transaction" BIGINT NOT NULL,

    CONSTRAINT "ProgrammeChange_pkey" PRIMARY KEY ("programme","work","transaction","isUrgent")
);

-- CreateIndex
CREATE INDEX "ProgrammeLook_work_nextAt_idx" ON "ProgrammeLook"("work", "nextAt");

-- AddForeignKey
ALTER TABLE "ProgrammeLook" ADD CONSTRAINT "ProgrammeLook_programmeId_fkey" FOREIGN KEY ("programmeId") REFERENCES "Programme"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What changes when a programme has to be looked at marks it, in its own transaction and wherever it was written from:
-- by this version, by the previous one beside it, or by hand. src/domain/looks reads the marks.
CREATE FUNCTION mark_programme(programme UUID, arguments TEXT[]) RETURNS VOID LANGUAGE sql AS $$
  INSERT INTO "ProgrammeChange" ("programme", "work", "isUrgent", "transaction")
  SELECT programme, work, arguments[0] = 'urgent', txid_current()
  FROM unnest(arguments[1:]) AS work
  WHERE programme IS NOT NULL
  ON CONFLICT DO NOTHING
$$;

-- The functions below differ in how a row leads to its programme. Their arguments, from 0: 'urgent' or 'soon', then the work.
CREATE FUNCTION mark_itself() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ProgrammeLook" ("programmeId", "work", "nextAt", "lookedAt")
  SELECT NEW."id", work, 'epoch', 'epoch' FROM unnest(TG_ARGV[1:]) AS work
  ON CONFLICT DO NOTHING;
  PERFORM mark_programme(NEW."id", TG_ARGV);
  RETURN NULL;
END $$;

CREATE FUNCTION mark_its_programme() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_programme((COALESCE(NEW, OLD))."programmeId", TG_ARGV);
  RETURN NULL;
END $$;

CREATE FUNCTION mark_programme_of_workstream() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE changed RECORD := COALESCE(NEW, OLD);
BEGIN
  PERFORM mark_programme("programmeId", TG_ARGV) FROM "Workstream" WHERE "id" = changed."workstreamId";
  RETURN NULL;
END $$;

CREATE FUNCTION mark_programme_of_project() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE changed RECORD := COALESCE(NEW, OLD);
BEGIN
  PERFORM mark_programme("programmeId", TG_ARGV) FROM "Project" WHERE "id" = changed."projectId";
  RETURN NULL;
END $$;

CREATE FUNCTION mark_programme_of_milestone() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE changed RECORD := COALESCE(NEW, OLD);
BEGIN
  PERFORM mark_programme(project."programmeId", TG_ARGV)
  FROM "Milestone" milestone JOIN "Project" project ON project."id" = milestone."projectId"
  WHERE milestone."id" = changed."milestoneId";
  RETURN NULL;
END $$;

CREATE FUNCTION mark_programme_of_confirmed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE changed RECORD := COALESCE(NEW, OLD);
BEGIN
  PERFORM mark_programme(project."programmeId", TG_ARGV) FROM "Project" project
  WHERE project."id" = COALESCE(
    (SELECT "projectId" FROM "StatusUpdate" WHERE "id" = changed."updateId"),
    (SELECT "projectId" FROM "Milestone" WHERE "id" = changed."milestoneId"));
  RETURN NULL;
END $$;

CREATE FUNCTION mark_programme_of_entry() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE changed RECORD := COALESCE(NEW, OLD);
BEGIN
  PERFORM mark_programme("programmeId", TG_ARGV) FROM "RegisterEntry" WHERE "id" = changed."entryId";
  RETURN NULL;
END $$;

CREATE FUNCTION mark_programme_of_measure() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE changed RECORD := COALESCE(NEW, OLD);
BEGIN
  PERFORM mark_programme("programmeId", TG_ARGV) FROM "Measure" WHERE "id" = changed."measureId";
  RETURN NULL;
END $$;

CREATE FUNCTION mark_programmes_of(person UUID, arguments TEXT[]) RETURNS VOID LANGUAGE sql AS $$
  SELECT mark_programme("programmeId", arguments) FROM (
    SELECT "programmeId" FROM "Membership" WHERE "personId" = person
    UNION
    SELECT "programmeId" FROM "WorkstreamOwner" owner JOIN "Workstream" ON "id" = owner."workstreamId"
    WHERE owner."personId" = person
    UNION
    SELECT "programmeId" FROM "ProjectLead" lead JOIN "Project" ON "id" = lead."projectId"
    WHERE lead."personId" = person) of_person
$$;

CREATE FUNCTION mark_programmes_of_person() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_programmes_of((COALESCE(NEW, OLD))."personId", TG_ARGV);
  RETURN NULL;
END $$;

CREATE FUNCTION mark_own_programmes() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_programmes_of(NEW."id", TG_ARGV);
  RETURN NULL;
END $$;

CREATE FUNCTION mark_programmes_of_message() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_programme(told, TG_ARGV) FROM unnest(NEW."programmeIds") AS told;
  RETURN NULL;
END $$;

DO $$
DECLARE
  one RECORD;
BEGIN
  FOR one IN SELECT * FROM (VALUES
    ('RoundChange', 'mark_its_programme', '''urgent'', ''reminders'''),
    ('Subscription', 'mark_its_programme', '''urgent'', ''reminders'', ''digests'''),
    ('DigestDirection', 'mark_its_programme', '''urgent'', ''digests'''),
    ('Membership', 'mark_its_programme', '''soon'', ''reminders'', ''digests'''),
    ('Workstream', 'mark_its_programme', '''soon'', ''reminders'''),
    ('Project', 'mark_its_programme', '''soon'', ''reminders'''),
    ('PlanRevision', 'mark_its_programme', '''soon'', ''reminders'''),
    ('Measure', 'mark_its_programme', '''soon'', ''reminders'''),
    ('RegisterEntry', 'mark_its_programme', '''soon'', ''reminders'''),
    ('WorkstreamOwner', 'mark_programme_of_workstream', '''soon'', ''reminders'''),
    ('ProjectLead', 'mark_programme_of_project', '''soon'', ''reminders'''),
    ('ProjectAttribute', 'mark_programme_of_project', '''soon'', ''reminders'''),
    ('ProjectMeasure', 'mark_programme_of_project', '''soon'', ''reminders'''),
    ('Milestone', 'mark_programme_of_project', '''soon'', ''reminders'''),
    ('StatusUpdate', 'mark_programme_of_project', '''soon'', ''reminders'''),
    ('Follow', 'mark_programme_of_project', '''soon'', ''reminders'''),
    ('Mute', 'mark_programme_of_project', '''soon'', ''reminders'''),
    ('MilestoneMove', 'mark_programme_of_milestone', '''soon'', ''reminders'''),
    ('MoveRequest', 'mark_programme_of_milestone', '''soon'', ''reminders'''),
    ('MilestoneCompletion', 'mark_programme_of_milestone', '''soon'', ''reminders'''),
    ('MilestoneFlag', 'mark_programme_of_milestone', '''soon'', ''reminders'''),
    ('MilestoneRating', 'mark_programme_of_milestone', '''soon'', ''reminders'''),
    ('Confirmation', 'mark_programme_of_confirmed', '''soon'', ''reminders'''),
    ('RegisterReview', 'mark_programme_of_entry', '''soon'', ''reminders'''),
    ('RegisterReopening', 'mark_programme_of_entry', '''soon'', ''reminders'''),
    ('RegisterClosing', 'mark_programme_of_entry', '''soon'', ''reminders'''),
    ('Reading', 'mark_programme_of_measure', '''soon'', ''reminders'''),
    ('Snooze', 'mark_programmes_of_person', '''urgent'', ''reminders'''),
    ('WorkingPattern', 'mark_programmes_of_person', '''soon'', ''reminders'''),
    ('Leave', 'mark_programmes_of_person', '''soon'', ''reminders''')
  ) AS marks(on_table, mark, arguments)
  LOOP
    EXECUTE format('CREATE TRIGGER mark_programme AFTER INSERT OR UPDATE OR DELETE ON %I
      FOR EACH ROW EXECUTE FUNCTION %I(%s)', one.on_table, one.mark, one.arguments);
  END LOOP;
END $$;

CREATE TRIGGER mark_programme AFTER INSERT OR UPDATE ON "Programme"
  FOR EACH ROW EXECUTE FUNCTION mark_itself('urgent', 'reminders', 'digests');

-- Of a person and an account only what says when and whether they can be written to: an account is touched by each request.
CREATE TRIGGER mark_programme AFTER UPDATE OF "zone", "quietFrom", "quietTo", "forgottenAt" ON "Person"
  FOR EACH ROW EXECUTE FUNCTION mark_own_programmes('soon', 'reminders');
CREATE TRIGGER mark_programme AFTER INSERT OR DELETE OR UPDATE OF "personId", "goneAt" ON "Identity"
  FOR EACH ROW EXECUTE FUNCTION mark_programmes_of_person('soon', 'reminders', 'digests');

-- What a reminder told that was never read is told again.
CREATE TRIGGER mark_programme AFTER UPDATE OF "state" ON "OutboxMessage"
  FOR EACH ROW WHEN (NEW."kind" = 'reminder' AND NEW."state" IN ('dead', 'dropped') AND OLD."state" <> NEW."state")
  EXECUTE FUNCTION mark_programmes_of_message('soon', 'reminders');

-- The programmes that are there already are looked at in the first minute.
INSERT INTO "ProgrammeLook" ("programmeId", "work", "nextAt", "lookedAt")
SELECT "id", work, 'epoch', 'epoch' FROM "Programme" CROSS JOIN unnest(ARRAY['reminders', 'digests']) AS work;
