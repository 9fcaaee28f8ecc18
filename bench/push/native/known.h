#ifndef FLIGHTLINE_KNOWN_H
#define FLIGHTLINE_KNOWN_H

#include <stddef.h>
#include <stdint.h>

/* A message as it was first seen on any socket. */
struct message {
  char *bytes;
  size_t length;
  int departure; /* its number; 0 for a snapshot, which is about many */
  int revision;
  int64_t accepted_at; /* milliseconds since the epoch */
  uint32_t ordinal;    /* among the messages about one departure, from 1 */
  uint32_t previous;   /* index plus one of the message before about the same departure */
  const char *position;
  int position_length;
  uint16_t *revisions; /* of a snapshot: by number of departure, 0 where it says nothing */
};

/*
 * All distinct messages, in the order in which the first of the sockets saw them. Everybody gets the same bytes, so a
 * message is read once and afterwards only compared, which is what lets one process take millions of them a second.
 */
struct known {
  struct message *messages;
  uint32_t count;
  uint32_t capacity;
  uint32_t ordinals;
  int departures;
  uint32_t *latest; /* by number of departure: index of its newest message plus one */
};

void create_known(struct known *known, int departures);

/* The index of a message about one departure, which is looked for at `expected` first. */
uint32_t find_message(struct known *known, const char *bytes, size_t length, uint32_t expected);

/* The index of a snapshot of everything; those that are alike are read once. */
uint32_t find_snapshot(struct known *known, const char *bytes, size_t length, uint32_t expected);

/*
 * Reads the revisions in a snapshot, by number of departure; what it says nothing about stays as it is. Returns how many
 * of them stepped back.
 */
uint32_t read_revisions(const struct known *known, const char *bytes, size_t length, uint16_t *revisions);

#endif
