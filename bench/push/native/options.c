#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const protocol_names[] = {"flightline", "text", "socketio", "path"};

static void refuse(const char *what, const char *value) {
  fprintf(stderr, "generator: %s %s\n", what, value);
  exit(2);
}

static enum protocol read_protocol(const char *name) {
  for (int at = 0; at < 4; at += 1) {
    if (strcmp(name, protocol_names[at]) == 0) return (enum protocol)at;
  }
  refuse("no such protocol:", name);
  return PROTOCOL_TEXT;
}

static bool read_text(struct options *options, const char *name, const char *value) {
  if (strcmp(name, "--protocol") == 0) options->protocol = read_protocol(value);
  else if (strcmp(name, "--path") == 0) options->path = value;
  else if (strcmp(name, "--suffix") == 0) options->suffix = value;
  else return false;
  return true;
}

static bool read_number(struct options *options, const char *name, const char *value) {
  int number = atoi(value);
  if (strcmp(name, "--port") == 0) options->first_port = number;
  else if (strcmp(name, "--servers") == 0) options->servers = number;
  else if (strcmp(name, "--sockets") == 0) options->sockets = number;
  else if (strcmp(name, "--departures") == 0) options->departures = number;
  else if (strcmp(name, "--flights") == 0) options->flights = number;
  else if (strcmp(name, "--slow-every") == 0) options->slow_every = number;
  else if (strcmp(name, "--first-socket") == 0) options->first_socket = number;
  else if (strcmp(name, "--network") == 0) options->network = number;
  else if (strcmp(name, "--reconnects") == 0) options->reconnects = number != 0;
  else return false;
  return true;
}

struct options read_options(int count, char **arguments) {
  struct options options = {
      .protocol = PROTOCOL_TEXT, .path = "/", .suffix = "", .servers = 1, .sockets = 1, .departures = 1, .network = 1};
  for (int at = 1; at + 1 < count; at += 2) {
    const char *name = arguments[at];
    const char *value = arguments[at + 1];
    if (!read_text(&options, name, value) && !read_number(&options, name, value)) refuse("no such option:", name);
  }
  if (count % 2 == 0) refuse("without a value:", arguments[count - 1]);
  if (options.first_port == 0) refuse("missing:", "--port");
  return options;
}
