#include "control.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

static bool is_stale(const struct control *control, const struct fleet *fleet, const struct client *client) {
  int departures[3];
  int count = followed_departures(&fleet->options, client, departures);
  for (int at = 0; at < count; at += 1) {
    if (client->revisions[departures[at]] != control->expected[departures[at]]) return true;
  }
  if (count > 0) return false;
  size_t size = (size_t)fleet->options.departures * sizeof *client->revisions;
  return memcmp(client->revisions + 1, control->expected + 1, size) != 0;
}

static void report(const struct control *control, const struct fleet *fleet) {
  int stale = 0;
  int slow_stale = 0;
  int slow_ready = 0;
  for (int at = 0; at < fleet->options.sockets; at += 1) {
    const struct client *client = &fleet->clients[at];
    if (client->is_slow && client->state == STATE_READY) slow_ready += 1;
    if (!control->expected || !is_stale(control, fleet, client)) continue;
    if (client->is_slow) slow_stale += 1;
    else stale += 1;
  }
  printf("{\"event\":\"report\",\"ready\":%d,\"slowReady\":%d", fleet->ready, slow_ready);
  printf(",\"stale\":%d,\"slowStale\":%d", stale, slow_stale);
  print_tally(&fleet->tally);
  printf("}\n");
}

static void expect(struct control *control, const struct fleet *fleet, const char *text) {
  if (!control->expected) control->expected = calloc((size_t)fleet->options.departures + 1, sizeof *control->expected);
  char *rest = (char *)text;
  for (int departure = 1; departure <= fleet->options.departures; departure += 1) {
    control->expected[departure] = (uint16_t)strtol(rest, &rest, 10);
  }
}

/* A socket that is not read is only taken off the list; its buffer fills as that of a phone in a tunnel does. */
static void set_reading(struct fleet *fleet, uint32_t events) {
  for (int at = 0; at < fleet->options.sockets; at += 1) {
    struct client *client = &fleet->clients[at];
    if (!client->is_slow || client->descriptor < 0) continue;
    int what = events == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_ADD;
    struct epoll_event event = {.events = events, .data.ptr = client};
    epoll_ctl(fleet->poll, what, client->descriptor, &event);
  }
}

static void obey(struct control *control, struct fleet *fleet, const char *line) {
  if (strcmp(line, "reset") == 0) reset_tally(&fleet->tally);
  else if (strcmp(line, "report") == 0) report(control, fleet);
  else if (strncmp(line, "expect ", 7) == 0) expect(control, fleet, line + 7);
  else if (strncmp(line, "watch ", 6) == 0) control->is_watched = line[6] == '1';
  else if (strcmp(line, "pause") == 0) set_reading(fleet, 0);
  else if (strcmp(line, "resume") == 0) set_reading(fleet, EPOLLIN);
  else if (strcmp(line, "end") == 0) control->has_ended = true;
  else {
    fprintf(stderr, "generator: no such command: %s\n", line);
    exit(2);
  }
  fflush(stdout);
}

static void obey_lines(struct control *control, struct fleet *fleet) {
  char *begin = control->line;
  char *end = control->line + control->length;
  for (char *newline; (newline = memchr(begin, '\n', (size_t)(end - begin))) != NULL; begin = newline + 1) {
    *newline = '\0';
    obey(control, fleet, begin);
  }
  control->length = (size_t)(end - begin);
  memmove(control->line, begin, control->length);
}

void read_commands(struct control *control, struct fleet *fleet) {
  if (control->capacity - control->length < 4096) {
    control->capacity = control->capacity * 2 + 8192;
    control->line = realloc(control->line, control->capacity);
  }
  ssize_t count = read(STDIN_FILENO, control->line + control->length, control->capacity - control->length);
  if (count == 0) control->has_ended = true;
  if (count <= 0) return;
  control->length += (size_t)count;
  obey_lines(control, fleet);
}

void tell_progress(struct control *control, struct fleet *fleet) {
  bool is_ready = fleet->ready == fleet->options.sockets;
  if (is_ready != control->was_ready) {
    printf("{\"event\":\"ready\",\"ready\":%s}\n", is_ready ? "true" : "false");
    control->was_ready = is_ready;
    fflush(stdout);
  }
  if (!control->is_watched || control->told == fleet->tally.progress) return;
  control->told = fleet->tally.progress;
  printf("{\"event\":\"progress\",\"progress\":%" PRIu64 "}\n", control->told);
  fflush(stdout);
}
