/*
 * Thousands of clients that ask over HTTP once a second and say by If-None-Match and cursor what they have, for as long
 * as they are told. Half of them ask what changed, the other half for the list.
 *
 * pollers <port> <clients> <seconds> <network>; prints one line of JSON at the end.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tally.h"

/* More than half of what one address may ask is left to it. */
enum { PERIOD = 1000, ADDRESSES = 250, EVENTS = 1024, LONGEST_HEAD = 4096, TAIL = 256, WARM_UP = 5000 };

struct poller {
  int descriptor;
  int number;
  bool is_waiting;
  int64_t due;
  int64_t asked_at;
  char etag[64];
  char cursor[128];
  char tail[TAIL + 1]; /* the end of the body, where the cursor is */
  char head[LONGEST_HEAD + 1];
  size_t head_length;
  bool has_head;
  int status;
  int64_t body_left;
};

static struct tally tally;
static int port;
static int network;
static int poller;

static void fail(const char *what) {
  perror(what);
  exit(3);
}

static void open_poller(struct poller *client) {
  int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) fail("socket");
  int on = 1;
  setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  uint32_t own_host = 127u << 24 | (uint32_t)network << 16 | (uint32_t)(client->number % ADDRESSES + 1) << 8 | 1;
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(own_host)};
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(descriptor, (struct sockaddr *)&own, sizeof own) < 0) fail("bind");
  if (connect(descriptor, (struct sockaddr *)&server, sizeof server) < 0) fail("connect");
  client->descriptor = descriptor;
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event) < 0) fail("epoll_ctl");
}

static void ask(struct poller *client, int64_t now) {
  char request[1024];
  char query[160] = "";
  bool wants_changes = client->number % 2 == 0;
  if (wants_changes && client->cursor[0]) snprintf(query, sizeof query, "?since=%s", client->cursor);
  int length = snprintf(request, sizeof request, "GET %s%s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s%s%s\r\n",
                        wants_changes ? "/api/check_updates" : "/api/flights?limit=50", query,
                        client->etag[0] ? "If-None-Match: " : "", client->etag, client->etag[0] ? "\r\n" : "");
  client->is_waiting = true;
  client->asked_at = now;
  client->has_head = false;
  client->head_length = 0;
  if (send(client->descriptor, request, (size_t)length, MSG_NOSIGNAL) != length) fail("send");
}

static void copy_header(const char *head, const char *name, char *target, size_t room) {
  const char *found = strcasestr(head, name);
  if (!found) return;
  found += strlen(name);
  size_t length = strcspn(found, "\r");
  if (length < room) snprintf(target, room, "%.*s", (int)length, found);
}

static void read_cursor(struct poller *client) {
  static const char name[] = "\"cursor\":\"";
  const char *found = client->number % 2 == 0 ? strstr(client->tail, name) : NULL;
  if (!found) return;
  found += sizeof name - 1;
  snprintf(client->cursor, sizeof client->cursor, "%.*s", (int)strcspn(found, "\""), found);
}

static void finish(struct poller *client) {
  int64_t now = steady_milliseconds();
  tally.messages += 1;
  tally.refusals[client->status] += 1;
  note_delay(&tally, now - client->asked_at);
  client->is_waiting = false;
  client->due += PERIOD;
  if (client->status == 200) read_cursor(client);
}

/* Keeps the last bytes of the body; returns whether it is complete. */
static bool take_body(struct poller *client, const char *bytes, size_t length) {
  size_t kept = strlen(client->tail);
  size_t taken = length < TAIL ? length : TAIL;
  size_t left = kept + taken > TAIL ? TAIL - taken : kept;
  memmove(client->tail, client->tail + kept - left, left);
  memcpy(client->tail + left, bytes + length - taken, taken);
  client->tail[left + taken] = '\0';
  client->body_left -= (int64_t)length;
  tally.bytes += length;
  return client->body_left <= 0;
}

/* Reads the head when it is there; returns how many of the bytes belong to it. */
static size_t take_head(struct poller *client, const char *bytes, size_t length) {
  size_t before = client->head_length;
  size_t taken = length < LONGEST_HEAD - before ? length : LONGEST_HEAD - before;
  memcpy(client->head + before, bytes, taken);
  client->head_length += taken;
  client->head[client->head_length] = '\0';
  const char *end = strstr(client->head, "\r\n\r\n");
  if (!end) return taken;
  client->has_head = true;
  client->tail[0] = '\0';
  client->status = atoi(client->head + strlen("HTTP/1.1 "));
  char size[32] = "0";
  copy_header(client->head, "\r\ncontent-length: ", size, sizeof size);
  copy_header(client->head, "\r\netag: ", client->etag, sizeof client->etag);
  client->body_left = client->status == 304 ? 0 : atoll(size);
  return (size_t)(end - client->head) + 4 - before;
}

static void receive(struct poller *client) {
  static char bytes[256 * 1024];
  ssize_t count = recv(client->descriptor, bytes, sizeof bytes, MSG_DONTWAIT);
  if (count < 0 && errno == EAGAIN) return;
  if (count <= 0) {
    tally.failed += 1;
    close(client->descriptor);
    open_poller(client);
    client->is_waiting = false;
    return;
  }
  size_t at = client->has_head ? 0 : take_head(client, bytes, (size_t)count);
  if (client->has_head && take_body(client, bytes + at, (size_t)count - at)) finish(client);
}

static void ask_due(struct poller *clients, int count) {
  int64_t now = steady_milliseconds();
  for (int at = 0; at < count; at += 1) {
    if (!clients[at].is_waiting && clients[at].due <= now) ask(&clients[at], now);
  }
}

int main(int count, char **arguments) {
  if (count != 5) {
    fprintf(stderr, "pollers: say port, clients, seconds and network\n");
    return 2;
  }
  port = atoi(arguments[1]);
  int size = atoi(arguments[2]);
  network = atoi(arguments[4]);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  poller = epoll_create1(EPOLL_CLOEXEC);
  struct poller *clients = calloc((size_t)size, sizeof *clients);
  for (int at = 0; at < size; at += 1) {
    clients[at].number = at;
    open_poller(&clients[at]);
  }
  /* Spread over the second, as people are; the first answers, which nobody had before, do not count. */
  int64_t begin = steady_milliseconds();
  for (int at = 0; at < size; at += 1) clients[at].due = begin + (int64_t)at * WARM_UP / size;
  int64_t counted = begin + 2 * WARM_UP;
  int64_t end = counted + 1000 * atoll(arguments[3]);
  struct epoll_event events[EVENTS];
  for (int64_t now = begin; now < end; now = steady_milliseconds()) {
    if (counted != 0 && now >= counted) {
      reset_tally(&tally);
      puts("{\"event\":\"begin\"}");
      fflush(stdout);
      counted = 0;
    }
    ask_due(clients, size);
    int ready = epoll_wait(poller, events, EVENTS, 2);
    for (int at = 0; at < ready; at += 1) receive(events[at].data.ptr);
  }
  printf("{\"event\":\"end\"");
  print_tally(&tally);
  printf("}\n");
  return 0;
}
