// Writes the same bytes on many sockets in one call out of JavaScript (docs/decisions/0016).
// writeAll(descriptors: Int32Array, bytes: Buffer, taken: Int32Array): how much each took stands in `taken`; answers how
// many did not take everything.
// Of syscall().
#define _DEFAULT_SOURCE
#include <node_api.h>
#include <stdint.h>
#include <sys/socket.h>
#ifdef __linux__
#include <sys/syscall.h>
#include <unistd.h>
#endif

// macOS has no such flag; Node ignores the signal anyway.
#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

// On Linux past the C library, which makes each of its calls a place where a thread may be cancelled. No thread is here.
static ssize_t send_now(int descriptor, const void *bytes, size_t size) {
  const int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
#ifdef SYS_sendto
  return syscall(SYS_sendto, descriptor, bytes, size, flags, NULL, 0);
#else
  return send(descriptor, bytes, size, flags);
#endif
}

typedef struct {
  int32_t *items;
  size_t length;
} numbers;

static int read_numbers(napi_env env, napi_value value, numbers *out) {
  napi_typedarray_type type;
  void *data;
  if (napi_get_typedarray_info(env, value, &type, &out->length, &data, NULL, NULL) != napi_ok) return 0;
  out->items = data;
  return type == napi_int32_array;
}

static napi_value write_all(napi_env env, napi_callback_info info) {
  size_t given = 3;
  napi_value arguments[3];
  numbers descriptors, taken;
  void *bytes;
  size_t size;
  const int is_valid = napi_get_cb_info(env, info, &given, arguments, NULL, NULL) == napi_ok && given == 3 &&
                       read_numbers(env, arguments[0], &descriptors) &&
                       napi_get_buffer_info(env, arguments[1], &bytes, &size) == napi_ok &&
                       read_numbers(env, arguments[2], &taken) && descriptors.length <= taken.length;
  if (!is_valid) {
    napi_throw_type_error(env, NULL, "writeAll(descriptors: Int32Array, bytes: Buffer, taken: Int32Array)");
    return NULL;
  }
  int32_t short_of = 0;
  for (size_t at = 0; at < descriptors.length; at += 1) {
    const int descriptor = descriptors.items[at];
    const ssize_t sent = descriptor < 0 ? 0 : send_now(descriptor, bytes, size);
    // Full, or at its end: the stream that owns the descriptor finds out which.
    taken.items[at] = sent < 0 ? 0 : (int32_t)sent;
    if (sent < (ssize_t)size) short_of += 1;
  }
  napi_value result;
  return napi_create_int32(env, short_of, &result) == napi_ok ? result : NULL;
}

// As in write-all.ts.
#define CONTRACT 2

NAPI_MODULE_INIT() {
  napi_value function, contract;
  if (napi_create_function(env, "writeAll", NAPI_AUTO_LENGTH, write_all, NULL, &function) != napi_ok) return NULL;
  if (napi_set_named_property(env, exports, "writeAll", function) != napi_ok) return NULL;
  if (napi_create_int32(env, CONTRACT, &contract) != napi_ok) return NULL;
  if (napi_set_named_property(env, exports, "contract", contract) != napi_ok) return NULL;
  return exports;
}
