-- Every line that names a project asks which one has that number, in capitals or not, and whether another had it before:
-- without these, that read all projects and all that was ever changed of the plan.
CREATE INDEX "Project_programmeId_lower_ref_idx" ON "Project"("programmeId", lower("ref"));
CREATE INDEX "PlanRevision_former_refs_idx" ON "PlanRevision"("programmeId", lower("from" #>> '{}')) WHERE "field" = 'ref';
