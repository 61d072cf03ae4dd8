-- Files open in the page; who may also save them the office says. Nobody, until it does.
ALTER TABLE "office_setting" ADD COLUMN "download_roles" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
