#include "followers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* How many bytes the socket took; -1 when it is gone. */
static ssize_t take(int descriptor, const uint8_t *bytes, size_t length) {
  ssize_t sent = send(descriptor, bytes, length, MSG_NOSIGNAL);
  return sent < 0 && errno == EAGAIN ? 0 : sent;
}

static void keep(struct follower *follower, const uint8_t *bytes, size_t length) {
  size_t needed = follower->waiting_length + length;
  if (needed > follower->waiting_capacity) {
    follower->waiting_capacity = needed * 2;
    follower->waiting = realloc(follower->waiting, follower->waiting_capacity);
  }
  memcpy(follower->waiting + follower->waiting_length, bytes, length);
  follower->waiting_length = needed;
}

bool write_to(struct follower *follower, const uint8_t *bytes, size_t length) {
  ssize_t sent = follower->waiting_length > 0 ? 0 : take(follower->descriptor, bytes, length);
  if (sent < 0) return false;
  if ((size_t)sent < length) keep(follower, bytes + sent, length - (size_t)sent);
  return true;
}

bool write_waiting(struct follower *follower) {
  if (follower->waiting_length == 0) return true;
  ssize_t sent = take(follower->descriptor, follower->waiting, follower->waiting_length);
  if (sent < 0) return false;
  follower->waiting_length -= (size_t)sent;
  memmove(follower->waiting, follower->waiting + sent, follower->waiting_length);
  return true;
}
