-- What a worker holds for a while is a lease; a clerk claims a conversation.
ALTER TABLE "message" RENAME COLUMN "claimed_at" TO "leased_at";
ALTER TABLE "reaction" RENAME COLUMN "claimed_at" TO "leased_at";
