#include "follow.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "websocket.h"

enum { LONGEST_REQUEST = 4096 };

int followed_departures(const struct options *options, const struct client *client, int departures[3]) {
  if (options->flights == 0) return 0;
  int count = 1 + client->number % options->flights;
  for (int at = 0; at < count; at += 1) {
    /* Steps that share no factor with usual numbers of departures, so that all are followed equally often. */
    departures[at] = 1 + (int)(((int64_t)client->number * 7919 + (int64_t)at * 331) % options->departures);
  }
  return count;
}

/* The ids a client follows, each as `before` id `after`, separated by commas. */
static int write_ids(const struct fleet *fleet, const struct client *client, char *target, const char *quote) {
  int departures[3];
  int count = followed_departures(&fleet->options, client, departures);
  int length = 0;
  for (int at = 0; at < count; at += 1) {
    const char *separator = at == 0 ? "" : ",";
    const char *suffix = fleet->options.suffix;
    length += sprintf(target + length, "%s%sFL%d%s%s", separator, quote, departures[at], suffix, quote);
  }
  return length;
}

int write_handshake(const struct fleet *fleet, const struct client *client, char *target, size_t room) {
  char channels[256] = "";
  if (fleet->options.protocol == PROTOCOL_PATH && write_ids(fleet, client, channels, "") == 0) strcpy(channels, "all");
  return snprintf(target, room,
                  "GET %s%s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
                  fleet->options.path, channels);
}

void send_frame(struct fleet *fleet, struct client *client, int opcode, const char *payload, size_t length) {
  uint8_t frame[LONGEST_REQUEST + LONGEST_HEADER];
  size_t size = write_client_frame(frame, opcode, payload, length);
  if (send(client->descriptor, frame, size, MSG_NOSIGNAL) == (ssize_t)size) return;
  fleet->tally.failed += 1;
  drop_client(fleet, client, next_delay(client));
}

static void send_text(struct fleet *fleet, struct client *client, const char *text) {
  send_frame(fleet, client, OPCODE_TEXT, text, strlen(text));
}

/* What it has is told, so that a client that comes back gets only what is newer. */
static void follow_flightline(struct fleet *fleet, struct client *client) {
  char request[LONGEST_REQUEST];
  int departures[3];
  int count = followed_departures(&fleet->options, client, departures);
  if (count == 0 && client->position_of == 0) {
    send_text(fleet, client, "{\"op\":\"follow\",\"all\":true}");
    return;
  }
  if (count == 0) {
    const struct message *message = &fleet->known.messages[client->position_of - 1];
    snprintf(request, sizeof request, "{\"op\":\"follow\",\"all\":true,\"since\":\"%.*s\"}", message->position_length,
             message->position);
    send_text(fleet, client, request);
    return;
  }
  int length = sprintf(request, "{\"op\":\"follow\",\"flights\":{");
  for (int at = 0; at < count; at += 1) {
    length += sprintf(request + length, "%s\"FL%d%s\":%u", at == 0 ? "" : ",", departures[at], fleet->options.suffix,
                      client->revisions[departures[at]]);
  }
  sprintf(request + length, "}}");
  send_text(fleet, client, request);
}

static void follow_text(struct fleet *fleet, struct client *client) {
  char request[LONGEST_REQUEST] = "follow ";
  if (write_ids(fleet, client, request + strlen(request), "") == 0) strcat(request, "all");
  send_text(fleet, client, request);
}

static void follow_socketio(struct fleet *fleet, struct client *client) {
  char request[LONGEST_REQUEST] = "42[\"follow\",[";
  if (write_ids(fleet, client, request + strlen(request), "\"") == 0) strcat(request, "\"all\"");
  strcat(request, "]]");
  send_text(fleet, client, request);
}

static void become_ready(struct fleet *fleet, struct client *client) {
  if (client->state == STATE_READY) return;
  client->state = STATE_READY;
  client->tries = 0;
  fleet->ready += 1;
  fleet->opening -= 1;
}

void begin_following(struct fleet *fleet, struct client *client) {
  client->state = STATE_FOLLOWING;
  if (fleet->options.protocol == PROTOCOL_PATH) become_ready(fleet, client);
  else if (fleet->options.protocol == PROTOCOL_TEXT) follow_text(fleet, client);
  else if (fleet->options.protocol == PROTOCOL_FLIGHTLINE) follow_flightline(fleet, client);
}

static void take_message(struct fleet *fleet, struct client *client, const char *text, size_t length) {
  struct tally *tally = &fleet->tally;
  uint32_t index = find_message(&fleet->known, text, length, client->expected);
  const struct message *message = &fleet->known.messages[index];
  tally->messages += 1;
  tally->bytes += length;
  note_delay(tally, wall_milliseconds() - message->accepted_at);
  uint16_t *had = &client->revisions[message->departure];
  if (message->revision < *had) tally->back += 1;
  else if (message->revision == *had) tally->repeated += 1;
  else *had = (uint16_t)message->revision;
  if (message->ordinal > client->newest) {
    tally->progress += message->ordinal - client->newest;
    client->newest = message->ordinal;
  }
  client->expected = index + 1;
  client->position_of = index + 1;
}

static void take_snapshot(struct fleet *fleet, struct client *client, const char *text, size_t length) {
  become_ready(fleet, client);
  if (fleet->options.flights > 0) {
    fleet->tally.back += read_revisions(&fleet->known, text, length, client->revisions);
    return;
  }
  uint32_t index = find_snapshot(&fleet->known, text, length, client->expected);
  const uint16_t *revisions = fleet->known.messages[index].revisions;
  for (int departure = 1; departure <= fleet->options.departures; departure += 1) {
    if (revisions[departure] == 0) continue;
    if (revisions[departure] < client->revisions[departure]) fleet->tally.back += 1;
    client->revisions[departure] = revisions[departure];
  }
  client->expected = index + 1;
  client->position_of = index + 1;
}

static bool begins_with(const char *text, size_t length, const char *beginning) {
  size_t needed = strlen(beginning);
  return length >= needed && memcmp(text, beginning, needed) == 0;
}

static void handle_socketio(struct fleet *fleet, struct client *client, const char *text, size_t length) {
  if (begins_with(text, length, "42[\"m\",")) take_message(fleet, client, text, length);
  else if (begins_with(text, length, "42[\"ok\"")) become_ready(fleet, client);
  else if (begins_with(text, length, "40")) follow_socketio(fleet, client);
  else if (begins_with(text, length, "0")) send_text(fleet, client, "40");
  else if (begins_with(text, length, "2")) send_text(fleet, client, "3");
}

void handle_text(struct fleet *fleet, struct client *client, const char *text, size_t length) {
  if (fleet->options.protocol == PROTOCOL_SOCKETIO) handle_socketio(fleet, client, text, length);
  else if (begins_with(text, length, "{\"op\":\"departure\"")) take_message(fleet, client, text, length);
  else if (begins_with(text, length, "{\"op\":\"snapshot\"")) take_snapshot(fleet, client, text, length);
  else if (begins_with(text, length, "ok")) become_ready(fleet, client);
}
