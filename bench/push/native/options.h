#ifndef FLIGHTLINE_OPTIONS_H
#define FLIGHTLINE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

/* How a peer is told what to follow, and what its messages look like. */
enum protocol {
  PROTOCOL_FLIGHTLINE, /* the frames of /ws in the contract */
  PROTOCOL_TEXT,       /* "follow all" or "follow <id>,<id>", answered by "ok"; then the bare messages */
  PROTOCOL_SOCKETIO,   /* Engine.IO 4 and Socket.IO 5 packets */
  PROTOCOL_PATH        /* the path names the channels, as nchan has it; nothing is said after the handshake */
};

struct options {
  enum protocol protocol;
  const char *path;
  const char *suffix; /* of departure ids: FL<number><suffix> */
  int first_port;     /* sockets take turns among the servers on consecutive ports */
  int servers;
  int sockets;
  int departures;
  int flights;      /* followed by each socket: 0 all, otherwise 1 to this many in turn */
  int slow_every;   /* every so many sockets can be told to stop reading; 0 none */
  int first_socket; /* number of the first socket, so that several generators follow different flights */
  int network;      /* sockets come from 127.<network>.x.1, so that runs do not wait for each other's ports */
  bool reconnects;
};

/* Reads `--name value` pairs; ends the process with 2 when one is wrong. */
struct options read_options(int count, char **arguments);

#endif
