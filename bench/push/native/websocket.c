#include "websocket.h"

#include <string.h>

static uint64_t read_big_endian(const uint8_t *bytes, int count) {
  uint64_t value = 0;
  for (int at = 0; at < count; at += 1) value = value << 8 | bytes[at];
  return value;
}

bool read_frame(const uint8_t *bytes, size_t available, struct frame *frame) {
  if (available < 2) return false;
  uint8_t shortest = bytes[1] & 0x7f;
  int extended = shortest < 126 ? 0 : shortest == 126 ? 2 : 8;
  frame->opcode = bytes[0] & 0x0f;
  frame->is_masked = (bytes[1] & 0x80) != 0;
  frame->header = 2 + (size_t)extended + (frame->is_masked ? 4 : 0);
  if (available < frame->header) return false;
  frame->length = extended == 0 ? shortest : read_big_endian(bytes + 2, extended);
  frame->mask = bytes + frame->header - 4;
  return true;
}

static size_t write_frame(uint8_t *target, int opcode, const char *payload, size_t length, bool is_masked) {
  size_t at = 2;
  target[0] = (uint8_t)(0x80 | opcode);
  int extended = length < 126 ? 0 : length < 65536 ? 2 : 8;
  target[1] = (uint8_t)(extended == 0 ? length : extended == 2 ? 126 : 127);
  for (int byte = extended - 1; byte >= 0; byte -= 1) target[at++] = (uint8_t)(length >> (8 * byte));
  if (is_masked) {
    target[1] |= 0x80;
    memset(target + at, 0, 4);
    at += 4;
  }
  memcpy(target + at, payload, length);
  return at + length;
}

size_t write_server_frame(uint8_t *target, int opcode, const char *payload, size_t length) {
  return write_frame(target, opcode, payload, length, false);
}

size_t write_client_frame(uint8_t *target, int opcode, const char *payload, size_t length) {
  return write_frame(target, opcode, payload, length, true);
}
