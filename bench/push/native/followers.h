#ifndef FLIGHTLINE_FOLLOWERS_H
#define FLIGHTLINE_FOLLOWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HIGHEST_DEPARTURE = 10000, FOLLOWED = 4 };

/* A socket of the bound; what its buffer does not take waits here. */
struct follower {
  int descriptor;
  bool is_open;
  int flights[FOLLOWED];
  int flight_count; /* 0: follows all, once it is open */
  uint8_t *waiting;
  size_t waiting_length;
  size_t waiting_capacity;
};

/* Writes now or as soon as the socket takes it. False when the connection is gone. */
bool write_to(struct follower *follower, const uint8_t *bytes, size_t length);

/* Writes what waits. False when the connection is gone. */
bool write_waiting(struct follower *follower);

#endif
