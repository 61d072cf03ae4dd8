-- Failed attempts to sign in are forgotten by the worker after a quarter of an hour.
GRANT SELECT ("count") ON "sign_in_failure" TO buergerdraht_worker;
