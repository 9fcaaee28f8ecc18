#include "tally.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static int64_t milliseconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t wall_milliseconds(void) { return milliseconds(CLOCK_REALTIME); }

int64_t steady_milliseconds(void) { return milliseconds(CLOCK_MONOTONIC); }

void reset_tally(struct tally *tally) {
  uint64_t progress = tally->progress;
  *tally = (struct tally){.progress = progress};
}

void note_delay(struct tally *tally, int64_t delay) {
  tally->delays[delay < 0 ? 0 : delay > LONGEST_DELAY ? LONGEST_DELAY : delay] += 1;
}

/* An array of [value, count] for every value that occurred. */
static void print_counts(const char *name, const uint32_t *counts, int size) {
  const char *separator = "";
  printf(",\"%s\":[", name);
  for (int value = 0; value < size; value += 1) {
    if (counts[value] == 0) continue;
    printf("%s[%d,%u]", separator, value, counts[value]);
    separator = ",";
  }
  printf("]");
}

void print_tally(const struct tally *tally) {
  printf(",\"messages\":%" PRIu64 ",\"bytes\":%" PRIu64 ",\"back\":%" PRIu64 ",\"repeated\":%" PRIu64, tally->messages,
         tally->bytes, tally->back, tally->repeated);
  printf(",\"opened\":%" PRIu64 ",\"failed\":%" PRIu64, tally->opened, tally->failed);
  print_counts("delays", tally->delays, LONGEST_DELAY + 1);
  print_counts("refusals", tally->refusals, HIGHEST_STATUS);
  print_counts("closings", tally->closings, HIGHEST_CLOSING + 1);
}
