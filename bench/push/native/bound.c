/*
 * What the kernel allows: a server that does nothing but write finished frames to sockets. `send` writes each message
 * on its own, `tick` all of one tick at once. No server that writes to sockets can need less.
 *
 * Ticks come on the standard input: a line `<departure number>\t<text>` per message, then an empty line.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "followers.h"
#include "websocket.h"

enum { MOST = 20000, EVENTS = 1024, LONGEST_INPUT = 1 << 20, MESSAGES = 4096 };

struct message {
  int departure;
  size_t start;
  size_t length;
};

static struct follower *by_descriptor[MOST + 100];
static uint8_t tick[LONGEST_INPUT * 2];
static size_t tick_length;
static struct message messages[MESSAGES];
static int message_count;
static char input[LONGEST_INPUT];
static size_t input_length;
static bool writes_ticks;
static int highest;
static int poller;

static void drop(struct follower *follower) {
  by_descriptor[follower->descriptor] = NULL;
  close(follower->descriptor);
  free(follower->waiting);
  free(follower);
}

static bool wants(const struct follower *follower, int departure) {
  if (follower->flight_count == 0) return true;
  for (int at = 0; at < follower->flight_count; at += 1) {
    if (follower->flights[at] == departure) return true;
  }
  return false;
}

static bool write_tick(struct follower *follower) {
  if (follower->flight_count == 0) return write_to(follower, tick, tick_length);
  for (int at = 0; at < message_count; at += 1) {
    const struct message *message = &messages[at];
    if (wants(follower, message->departure) && !write_to(follower, tick + message->start, message->length)) return false;
  }
  return true;
}

static void write_message(const struct message *message) {
  for (int descriptor = 0; descriptor <= highest; descriptor += 1) {
    struct follower *follower = by_descriptor[descriptor];
    if (!follower || !follower->is_open || !wants(follower, message->departure)) continue;
    if (!write_to(follower, tick + message->start, message->length)) drop(follower);
  }
}

static void deliver(void) {
  for (int at = 0; !writes_ticks && at < message_count; at += 1) write_message(&messages[at]);
  for (int descriptor = 0; writes_ticks && descriptor <= highest; descriptor += 1) {
    struct follower *follower = by_descriptor[descriptor];
    if (follower && follower->is_open && !write_tick(follower)) drop(follower);
  }
  tick_length = 0;
  message_count = 0;
}

static void take_line(char *line, size_t length) {
  char *text = memchr(line, '\t', length);
  if (!text) {
    deliver();
    return;
  }
  text += 1;
  struct message *message = &messages[message_count++];
  *message = (struct message){.departure = atoi(line), .start = tick_length};
  message->length = write_server_frame(tick + tick_length, OPCODE_TEXT, text, length - (size_t)(text - line));
  tick_length += message->length;
}

static void read_input(void) {
  ssize_t count = read(STDIN_FILENO, input + input_length, sizeof input - input_length);
  if (count == 0) exit(0);
  if (count < 0) return;
  input_length += (size_t)count;
  char *begin = input;
  char *end = input + input_length;
  for (char *newline; (newline = memchr(begin, '\n', (size_t)(end - begin))) != NULL; begin = newline + 1) {
    take_line(begin, (size_t)(newline - begin));
  }
  input_length = (size_t)(end - begin);
  memmove(input, begin, input_length);
}

static void accept_all(int listener) {
  for (int descriptor; (descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct follower *follower = calloc(1, sizeof *follower);
    follower->descriptor = descriptor;
    by_descriptor[descriptor] = follower;
    if (descriptor > highest) highest = descriptor;
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.fd = descriptor};
    epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event);
  }
}

/* "follow all" or "follow FL7-…,FL8-…". */
static void follow(struct follower *follower, char *text) {
  for (char *id = text; (id = strstr(id, "FL")) != NULL && follower->flight_count < FOLLOWED; id += 2) {
    follower->flights[follower->flight_count++] = atoi(id + 2);
  }
  follower->is_open = true;
  uint8_t answer[16];
  write_to(follower, answer, write_server_frame(answer, OPCODE_TEXT, "ok", 2));
}

static void read_follower(struct follower *follower) {
  /* The accepting hash is left out: the generator does not look at it, and handshakes are not what is measured. */
  static const char answer[] =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
  uint8_t received[4096];
  ssize_t count = recv(follower->descriptor, received, sizeof received - 1, 0);
  if (count < 0) return;
  if (count == 0) {
    drop(follower);
    return;
  }
  received[count] = '\0';
  struct frame frame;
  if (memcmp(received, "GET ", 4) == 0) write_to(follower, (const uint8_t *)answer, sizeof answer - 1);
  else if (read_frame(received, (size_t)count, &frame) && frame.opcode == OPCODE_TEXT) {
    follow(follower, (char *)received + frame.header);
  }
}

static void handle(int descriptor, int listener, uint32_t events) {
  if (descriptor == STDIN_FILENO) {
    read_input();
    return;
  }
  if (descriptor == listener) {
    accept_all(listener);
    return;
  }
  struct follower *follower = by_descriptor[descriptor];
  if (!follower) return;
  if ((events & EPOLLOUT) && !write_waiting(follower)) drop(follower);
  else if (events & ~(uint32_t)EPOLLOUT) read_follower(follower);
}

static int listen_on(int port) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *)&own, sizeof own) < 0 || listen(listener, 4096) < 0) {
    perror("bound: listen");
    exit(3);
  }
  return listener;
}

int main(int count, char **arguments) {
  if (count != 3) {
    fprintf(stderr, "bound: say send or tick, and the port\n");
    return 2;
  }
  writes_ticks = strcmp(arguments[1], "tick") == 0;
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max < MOST ? files.rlim_max : MOST;
  setrlimit(RLIMIT_NOFILE, &files);
  signal(SIGPIPE, SIG_IGN);
  int listener = listen_on(atoi(arguments[2]));
  puts("listening");
  fflush(stdout);
  poller = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event commands = {.events = EPOLLIN, .data.fd = STDIN_FILENO};
  struct epoll_event arrivals = {.events = EPOLLIN, .data.fd = listener};
  epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &commands);
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &arrivals);
  for (struct epoll_event events[EVENTS];;) {
    int ready = epoll_wait(poller, events, EVENTS, -1);
    for (int at = 0; at < ready; at += 1) handle(events[at].data.fd, listener, events[at].events);
  }
}
