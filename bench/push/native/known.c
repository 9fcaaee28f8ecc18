#include "known.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What follows `name` in `[from, end)`, or null. */
static const char *after(const char *from, const char *end, const char *name) {
  size_t length = strlen(name);
  const char *found = memmem(from, (size_t)(end - from), name, length);
  return found ? found + length : NULL;
}

static int64_t number_at(const char *text, const char *end) {
  int64_t value = 0;
  for (; text < end && *text >= '0' && *text <= '9'; text += 1) value = value * 10 + (*text - '0');
  return value;
}

static void fail(const char *what, const char *bytes, size_t length) {
  fprintf(stderr, "generator: %s: %.*s\n", what, (int)(length < 300 ? length : 300), bytes);
  exit(3);
}

void create_known(struct known *known, int departures) {
  *known = (struct known){.departures = departures, .capacity = 1024};
  known->messages = calloc(known->capacity, sizeof *known->messages);
  known->latest = calloc((size_t)departures + 1, sizeof *known->latest);
}

static void read_position(struct message *message) {
  const char *end = message->bytes + message->length;
  const char *position = after(message->bytes, end, "\"position\":\"");
  if (!position) return;
  const char *closing = memchr(position, '"', (size_t)(end - position));
  message->position = position;
  message->position_length = closing ? (int)(closing - position) : 0;
}

static struct message *append(struct known *known, const char *bytes, size_t length) {
  if (known->count == known->capacity) {
    known->capacity *= 2;
    known->messages = realloc(known->messages, known->capacity * sizeof *known->messages);
  }
  struct message *message = &known->messages[known->count++];
  *message = (struct message){.bytes = malloc(length), .length = length};
  memcpy(message->bytes, bytes, length);
  read_position(message);
  return message;
}

/* Reads the departure that begins at `*from` and moves behind it; false when there is none any more. */
static bool read_departure(const char **from, const char *end, int *number, int *revision) {
  const char *id = after(*from, end, "\"id\":\"FL");
  if (!id) return false;
  const char *at = after(id, end, "\"revision\":");
  if (!at) return false;
  *number = (int)number_at(id, end);
  *revision = (int)number_at(at, end);
  *from = at;
  return true;
}

static bool is_same(const struct message *message, const char *bytes, size_t length) {
  return message->length == length && memcmp(message->bytes, bytes, length) == 0;
}

/* The last "at" counts: a change has one of its own. */
static int64_t read_acceptance(const char *from, const char *end) {
  const char *at = from;
  for (const char *next = from; (next = after(next, end, "\"at\":")) != NULL;) at = next;
  return number_at(at, end);
}

static uint32_t read_message(struct known *known, const char *bytes, size_t length) {
  const char *end = bytes + length;
  const char *from = bytes;
  int departure = 0;
  int revision = 0;
  if (!read_departure(&from, end, &departure, &revision)) fail("a message about no departure", bytes, length);
  if (departure < 1 || departure > known->departures) fail("an unknown departure", bytes, length);
  for (uint32_t older = known->latest[departure]; older > 0; older = known->messages[older - 1].previous) {
    if (is_same(&known->messages[older - 1], bytes, length)) return older - 1;
    if (known->messages[older - 1].revision < revision) break;
  }
  struct message *message = append(known, bytes, length);
  message->departure = departure;
  message->revision = revision;
  message->ordinal = ++known->ordinals;
  message->previous = known->latest[departure];
  message->accepted_at = read_acceptance(from, end);
  known->latest[departure] = known->count;
  return known->count - 1;
}

uint32_t find_message(struct known *known, const char *bytes, size_t length, uint32_t expected) {
  for (uint32_t at = expected; at < expected + 2 && at < known->count; at += 1) {
    if (is_same(&known->messages[at], bytes, length)) return at;
  }
  return read_message(known, bytes, length);
}

uint32_t find_snapshot(struct known *known, const char *bytes, size_t length, uint32_t expected) {
  /* Mostly the same as what the socket before got; otherwise among the last few. */
  if (expected < known->count && is_same(&known->messages[expected], bytes, length)) return expected;
  for (uint32_t back = 1; back <= 16 && back <= known->count; back += 1) {
    if (is_same(&known->messages[known->count - back], bytes, length)) return known->count - back;
  }
  struct message *message = append(known, bytes, length);
  message->revisions = calloc((size_t)known->departures + 1, sizeof *message->revisions);
  read_revisions(known, bytes, length, message->revisions);
  return known->count - 1;
}

uint32_t read_revisions(const struct known *known, const char *bytes, size_t length, uint16_t *revisions) {
  const char *from = bytes;
  uint32_t back = 0;
  int departure = 0;
  int revision = 0;
  while (read_departure(&from, bytes + length, &departure, &revision)) {
    if (departure < 1 || departure > known->departures) continue;
    if (revision < revisions[departure]) back += 1;
    revisions[departure] = (uint16_t)revision;
  }
  return back;
}
