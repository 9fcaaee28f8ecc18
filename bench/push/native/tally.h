#ifndef FLIGHTLINE_TALLY_H
#define FLIGHTLINE_TALLY_H

#include <stdint.h>

enum { LONGEST_DELAY = 60000, HIGHEST_STATUS = 600, HIGHEST_CLOSING = 5000 };

/* What all sockets together saw since the last reset. */
struct tally {
  uint64_t messages;
  uint64_t bytes;
  uint64_t progress; /* sum over all sockets of the ordinal of the newest message each has */
  uint64_t back;     /* messages with an older revision than the socket already had */
  uint64_t repeated;
  uint64_t opened;
  uint64_t failed;                        /* connections that ended without a close frame */
  uint32_t delays[LONGEST_DELAY + 1];     /* how many messages took so many milliseconds */
  uint32_t refusals[HIGHEST_STATUS];      /* handshakes by status of the answer */
  uint32_t closings[HIGHEST_CLOSING + 1]; /* close frames by code */
};

/* Milliseconds since the epoch, as messages carry them. */
int64_t wall_milliseconds(void);

/* Milliseconds of a clock that nobody sets. */
int64_t steady_milliseconds(void);

/* Everything but the progress begins again. */
void reset_tally(struct tally *tally);

void note_delay(struct tally *tally, int64_t delay);

/* Writes the figures as members of a JSON object, each preceded by a comma. */
void print_tally(const struct tally *tally);

#endif
