#include "client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "follow.h"
#include "websocket.h"

/* One buffer for all sockets: what is received is read before the next socket has its turn. */
enum { RECEIVED = 1024 * 1024, LONGEST_HEAD = 8192, ADDRESSES = 16 };
static uint8_t received[RECEIVED];

static void fail(const char *what) {
  perror(what);
  exit(3);
}

int64_t next_delay(struct client *client) {
  int64_t longest = 500L << (client->tries < 4 ? client->tries : 4);
  client->tries += 1;
  return longest / 2 + rand() % (longest / 2 + 1);
}

/* Addresses of our own, so that neither ports run out nor one address stands for everybody. */
static struct sockaddr_in own_address(const struct fleet *fleet, const struct client *client) {
  uint32_t network = 127u << 24 | (uint32_t)fleet->options.network << 16;
  uint32_t host = (uint32_t)(client->number % ADDRESSES + 1) << 8 | 1;
  return (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(network | host)};
}

void open_client(struct fleet *fleet, struct client *client) {
  int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) fail("socket");
  int on = 1;
  setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  /* As little as a phone offers; a buffer that had grown would hide for minutes that nobody reads. */
  int little = 64 * 1024;
  if (client->is_slow) setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
  struct sockaddr_in own = own_address(fleet, client);
  if (bind(descriptor, (struct sockaddr *)&own, sizeof own) < 0) fail("bind");
  int port = fleet->options.first_port + client->number % fleet->options.servers;
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  client->descriptor = descriptor;
  client->state = STATE_CONNECTING;
  fleet->opening += 1;
  if (connect(descriptor, (struct sockaddr *)&server, sizeof server) < 0 && errno != EINPROGRESS) {
    fleet->tally.failed += 1;
    drop_client(fleet, client, next_delay(client));
    return;
  }
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = client};
  if (epoll_ctl(fleet->poll, EPOLL_CTL_ADD, descriptor, &event) < 0) fail("epoll_ctl");
}

void drop_client(struct fleet *fleet, struct client *client, int64_t delay) {
  if (client->descriptor < 0) return;
  if (client->state == STATE_READY) fleet->ready -= 1;
  else fleet->opening -= 1;
  close(client->descriptor);
  client->descriptor = -1;
  free(client->partial);
  client->partial = NULL;
  client->partial_length = client->partial_capacity = 0;
  /* One that was never open tries again in any case: a full backlog is no finding. */
  bool tries_again = fleet->options.reconnects || client->tries > 0;
  client->state = tries_again ? STATE_WAITING : STATE_ENDED;
  client->due = steady_milliseconds() + delay;
}

static void keep_partial(struct client *client, const uint8_t *bytes, size_t length) {
  size_t needed = client->partial_length + length;
  if (needed > client->partial_capacity) {
    client->partial_capacity = needed * 2;
    client->partial = realloc(client->partial, client->partial_capacity);
  }
  memcpy(client->partial + client->partial_length, bytes, length);
  client->partial_length = needed;
}

/* Handles one frame; false when the connection is gone. */
static bool take_frame(struct fleet *fleet, struct client *client, const struct frame *frame, const char *payload) {
  if (frame->opcode == OPCODE_TEXT) handle_text(fleet, client, payload, frame->length);
  else if (frame->opcode == OPCODE_PING) send_frame(fleet, client, OPCODE_PONG, payload, frame->length);
  else if (frame->opcode == OPCODE_CLOSE) {
    int code = frame->length < 2 ? 1005 : (uint8_t)payload[0] << 8 | (uint8_t)payload[1];
    fleet->tally.closings[code > HIGHEST_CLOSING ? HIGHEST_CLOSING : code] += 1;
    drop_client(fleet, client, next_delay(client));
  }
  return client->descriptor >= 0;
}

/* Handles the frames that arrived whole; returns how many bytes they took. */
static size_t take_frames(struct fleet *fleet, struct client *client, const uint8_t *bytes, size_t length) {
  size_t at = 0;
  struct frame frame;
  while (read_frame(bytes + at, length - at, &frame) && frame.length <= length - at - frame.header) {
    const char *payload = (const char *)bytes + at + frame.header;
    at += frame.header + frame.length;
    if (!take_frame(fleet, client, &frame, payload)) return length;
  }
  return at;
}

/* A refusal says when to come back; what it says is kept to, and counted. */
static void take_refusal(struct fleet *fleet, struct client *client, const char *head, int status) {
  fleet->tally.refusals[status > 0 && status < HIGHEST_STATUS ? status : 0] += 1;
  const char *retry = strcasestr(head, "\r\nretry-after:");
  int64_t delay = next_delay(client);
  if (retry) delay = strtol(retry + strlen("\r\nretry-after:"), NULL, 10) * 1000 + rand() % 1000;
  drop_client(fleet, client, delay);
}

/* Handles the answer to the handshake; returns its length, 0 when more is needed. */
static size_t take_head(struct fleet *fleet, struct client *client, const uint8_t *bytes, size_t length) {
  char head[LONGEST_HEAD + 1];
  size_t shown = length < LONGEST_HEAD ? length : LONGEST_HEAD;
  memcpy(head, bytes, shown);
  head[shown] = '\0';
  char *end = strstr(head, "\r\n\r\n");
  if (!end) return 0;
  int status = 0;
  sscanf(head, "HTTP/1.%*d %d", &status);
  if (status != 101) {
    take_refusal(fleet, client, head, status);
    return length;
  }
  fleet->tally.opened += 1;
  begin_following(fleet, client);
  return (size_t)(end - head) + 4;
}

static size_t take_bytes(struct fleet *fleet, struct client *client, const uint8_t *bytes, size_t length) {
  size_t taken = 0;
  if (client->state == STATE_HANDSHAKE) {
    taken = take_head(fleet, client, bytes, length);
    if (taken == 0 || client->descriptor < 0) return taken;
  }
  return taken + take_frames(fleet, client, bytes + taken, length - taken);
}

static void receive(struct fleet *fleet, struct client *client) {
  ssize_t count = recv(client->descriptor, received, sizeof received, 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0) {
    fleet->tally.failed += 1;
    drop_client(fleet, client, next_delay(client));
    return;
  }
  if (client->partial_length == 0) {
    size_t taken = take_bytes(fleet, client, received, (size_t)count);
    if (client->descriptor >= 0 && taken < (size_t)count) keep_partial(client, received + taken, (size_t)count - taken);
    return;
  }
  keep_partial(client, received, (size_t)count);
  size_t taken = take_bytes(fleet, client, client->partial, client->partial_length);
  if (client->descriptor < 0) return;
  client->partial_length -= taken;
  memmove(client->partial, client->partial + taken, client->partial_length);
  /* Few sockets are in the middle of a message at a time; the rest needs no memory. */
  if (client->partial_length > 0) return;
  free(client->partial);
  client->partial = NULL;
  client->partial_capacity = 0;
}

static void shake_hands(struct fleet *fleet, struct client *client) {
  char request[2048];
  int length = write_handshake(fleet, client, request, sizeof request);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
  epoll_ctl(fleet->poll, EPOLL_CTL_MOD, client->descriptor, &event);
  client->state = STATE_HANDSHAKE;
  if (send(client->descriptor, request, (size_t)length, MSG_NOSIGNAL) == length) return;
  fleet->tally.failed += 1;
  drop_client(fleet, client, next_delay(client));
}

void handle_client(struct fleet *fleet, struct client *client, uint32_t events) {
  if (client->state == STATE_CONNECTING && !(events & (EPOLLERR | EPOLLHUP))) {
    shake_hands(fleet, client);
    return;
  }
  receive(fleet, client);
}
