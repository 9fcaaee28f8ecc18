#ifndef FLIGHTLINE_CLIENT_H
#define FLIGHTLINE_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "known.h"
#include "options.h"
#include "tally.h"

enum state { STATE_WAITING, STATE_CONNECTING, STATE_HANDSHAKE, STATE_FOLLOWING, STATE_READY, STATE_ENDED };

/* One socket of a passenger's page. */
struct client {
  int descriptor;
  enum state state;
  int number; /* over all generators, from 0 */
  int tries;
  bool is_slow;
  uint32_t newest;      /* ordinal of the newest message it has */
  uint32_t expected;    /* index of the message that probably comes next */
  uint32_t position_of; /* index plus one of the message whose position it has */
  int64_t due;          /* when to try again, in steady milliseconds */
  uint8_t *partial;     /* bytes of a message that has not arrived whole */
  size_t partial_length;
  size_t partial_capacity;
  uint16_t *revisions; /* by number of departure */
};

/* All sockets of this process. */
struct fleet {
  struct options options;
  struct known known;
  struct tally tally;
  struct client *clients;
  int poll;
  int ready;
  int opening;
};

/* Which departures a client follows: their numbers, at most 3; 0 when it follows all. */
int followed_departures(const struct options *options, const struct client *client, int departures[3]);

/* Begins to connect. */
void open_client(struct fleet *fleet, struct client *client);

/* Closes; if it reconnects, after `delay` milliseconds. */
void drop_client(struct fleet *fleet, struct client *client, int64_t delay);

/* Milliseconds until the next try when nobody said how long: a doubling time up to 8 s, half of it by chance. */
int64_t next_delay(struct client *client);

/* Handles what epoll reported. */
void handle_client(struct fleet *fleet, struct client *client, uint32_t events);

#endif
