#ifndef FLIGHTLINE_WEBSOCKET_H
#define FLIGHTLINE_WEBSOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OPCODE_TEXT = 1, OPCODE_CLOSE = 8, OPCODE_PING = 9, OPCODE_PONG = 10 };

/* Room for the header of any frame (RFC 6455, 5.2), masking key included. */
enum { LONGEST_HEADER = 14 };

struct frame {
  int opcode;
  bool is_masked;
  const uint8_t *mask;
  size_t header;
  size_t length;
};

/* Reads the header of a frame; false when more bytes are needed for that. */
bool read_frame(const uint8_t *bytes, size_t available, struct frame *frame);

/* Writes a frame as servers do; returns its length. */
size_t write_server_frame(uint8_t *target, int opcode, const char *payload, size_t length);

/* Writes a frame as clients do; the mask of zeros leaves the payload readable. Returns its length. */
size_t write_client_frame(uint8_t *target, int opcode, const char *payload, size_t length);

#endif
