-- To lease a message is to write an entry in each index that holds it, and what is due is found by the index of states or of
-- open conversations: no query has used this one since messages are ordered within the claim itself.
DROP INDEX "OutboxMessage_open_workspace_idx";
