#!/bin/bash
# Starts one member of the replica set. The key file must belong to mongod's user and be readable by nobody else.
set -euo pipefail
umask 077
printf '%s' "$MONGO_REPLICA_KEY" > /data/replica.key
chown mongodb:mongodb /data/replica.key
unset MONGO_REPLICA_KEY
exec docker-entrypoint.sh mongod --replSet rs0 --bind_ip_all --keyFile /data/replica.key
