-- People write "r4321" for R4321, so a project is found by its number in small letters. Of a programme's 5,000 that
-- read each one: 1.3 ms instead of 0.05, for every update.
CREATE INDEX "Project_programmeId_lower_ref_idx" ON "Project"("programmeId", lower("ref"));
