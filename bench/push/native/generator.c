/*
 * Opens thousands of sockets to a push server and takes note of what arrives on them. Told what to do by lines on its
 * standard input, answers with lines of JSON. Written in C so that the server is what is measured: on two cores every
 * microsecond here is taken from it.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include "client.h"
#include "control.h"

/* Handshakes under way at a time, and milliseconds between two looks at who is due. */
enum { OPENING_AT_ONCE = 128, LOOK_EVERY = 2, IDLE = 100, EVENTS = 1024 };

static void create_fleet(struct fleet *fleet, struct options options) {
  *fleet = (struct fleet){.options = options, .poll = epoll_create1(EPOLL_CLOEXEC)};
  create_known(&fleet->known, options.departures);
  fleet->clients = calloc((size_t)options.sockets, sizeof *fleet->clients);
  size_t row = (size_t)options.departures + 1;
  uint16_t *revisions = calloc((size_t)options.sockets * row, sizeof *revisions);
  /* Only Flightline says what is there; with the others a page knows the beginning from elsewhere. */
  bool gets_snapshot = options.protocol == PROTOCOL_FLIGHTLINE;
  for (size_t at = 0; !gets_snapshot && at < (size_t)options.sockets * row; at += 1) revisions[at] = 1;
  for (int at = 0; at < options.sockets; at += 1) {
    fleet->clients[at] = (struct client){
        .descriptor = -1,
        .number = options.first_socket + at,
        .tries = 1,
        .is_slow = options.slow_every > 0 && at % options.slow_every == 0,
        .revisions = revisions + (size_t)at * row,
    };
  }
}

/* Opens those whose time has come, a bounded number at once. */
static void open_due(struct fleet *fleet) {
  int64_t now = steady_milliseconds();
  for (int at = 0; at < fleet->options.sockets && fleet->opening < OPENING_AT_ONCE; at += 1) {
    struct client *client = &fleet->clients[at];
    if (client->state == STATE_WAITING && client->due <= now) open_client(fleet, client);
  }
}

static void run(struct fleet *fleet, struct control *control) {
  struct epoll_event events[EVENTS];
  struct epoll_event input = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(fleet->poll, EPOLL_CTL_ADD, STDIN_FILENO, &input);
  for (int64_t looked = 0; !control->has_ended;) {
    bool is_complete = fleet->ready == fleet->options.sockets;
    int count = epoll_wait(fleet->poll, events, EVENTS, is_complete ? IDLE : LOOK_EVERY);
    for (int at = 0; at < count; at += 1) {
      struct client *client = events[at].data.ptr;
      if (!client) read_commands(control, fleet);
      else if (client->descriptor >= 0) handle_client(fleet, client, events[at].events);
    }
    int64_t now = steady_milliseconds();
    if (!is_complete && now - looked >= LOOK_EVERY) {
      open_due(fleet);
      looked = now;
    }
    tell_progress(control, fleet);
  }
}

int main(int count, char **arguments) {
  struct options options = read_options(count, arguments);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  signal(SIGPIPE, SIG_IGN);
  fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
  srand((unsigned)options.first_socket + 1);
  static struct fleet fleet;
  static struct control control;
  create_fleet(&fleet, options);
  run(&fleet, &control);
  return 0;
}
