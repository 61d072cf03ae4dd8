#!/bin/sh
# Run by the PostgreSQL image when it makes its database; after an update, or on a database of an earlier release, by hand:
#   docker compose exec postgres sh /docker-entrypoint-initdb.d/make-roles.sh
# Makes the roles and gives the three that log in the passwords from their secrets.
set -e
psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -d "$POSTGRES_DB" -f /usr/share/buergerdraht/roles.sql
for role in owner api worker; do
  printf "alter role buergerdraht_%s password '%s';\n" "$role" "$(cat "/run/secrets/postgres-$role-password")"
done | psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -d "$POSTGRES_DB"
