import type { Database } from '../../src/infra/db.ts'

/** A row that was written: as it was and as it is now, both as JSON; null before it was there and after it was deleted. */
export interface RowChange {
  readonly table: string
  readonly before: object | null
  readonly after: object | null
}

/** What changed in a test's database, whoever changed it and however. */
export interface RowChanges {
  /** Every change since the last call, oldest first. A row that was written as it was before is no change. */
  take(): Promise<RowChange[]>
  /** Takes them, and puts every row back as it was. */
  undo(): Promise<RowChange[]>
}

/** Triggers note each change of each table but `except`, in a schema of their own, which goes with the database. */
export async function recordRowChanges(
  db: Database,
  { except = [] }: { readonly except?: readonly string[] } = {},
): Promise<RowChanges> {
  for (const statement of statements) await db.$executeRawUnsafe(statement)
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`
  for (const { name } of tables) {
    if (!except.includes(name)) await db.$executeRawUnsafe(triggerOn(name))
  }
  const read = (from: string) =>
    db.$queryRawUnsafe<RowChange[]>(`SELECT "table", before, after FROM ${from} ORDER BY id`)
  return { take: () => read('changes.take()'), undo: () => read('changes.undo()') }
}

const triggerOn = (table: string) =>
  `CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON "${table}" FOR EACH ROW EXECUTE FUNCTION changes.note()`

const statements = [
  'CREATE SCHEMA changes',
  'CREATE TABLE changes.noted (id bigserial, "table" text, before jsonb, after jsonb)',
  `CREATE FUNCTION changes.note() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW) THEN
        INSERT INTO changes.noted ("table", before, after)
        VALUES (TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));
      END IF;
      RETURN NULL;
    END $$`,
  `CREATE FUNCTION changes.take() RETURNS SETOF changes.noted LANGUAGE sql AS $$
    DELETE FROM changes.noted RETURNING *
  $$`,
  // Without triggers and foreign keys, because the rows come back in the opposite order.
  `CREATE FUNCTION changes.undo() RETURNS SETOF changes.noted LANGUAGE plpgsql
    SET session_replication_role = replica AS $$
    DECLARE one changes.noted;
    BEGIN
      FOR one IN SELECT * FROM changes.noted ORDER BY id DESC LOOP
        IF one.after IS NOT NULL THEN
          EXECUTE format('DELETE FROM %I AS row WHERE to_jsonb(row) = $1', one."table")
            USING one.after;
        END IF;
        IF one.before IS NOT NULL THEN
          EXECUTE format('INSERT INTO %I SELECT * FROM jsonb_populate_record(NULL::%I, $1)', one."table", one."table")
            USING one.before;
        END IF;
      END LOOP;
      RETURN QUERY SELECT * FROM changes.take();
    END $$`,
]
