-- When an account last answered to the end, and what is wrong with it since when; NULL while all is well.
ALTER TABLE account ADD COLUMN synced TEXT;
ALTER TABLE account ADD COLUMN trouble TEXT;
ALTER TABLE account ADD COLUMN troubled_since TEXT;
