#ifndef FLIGHTLINE_CONTROL_H
#define FLIGHTLINE_CONTROL_H

#include <stdbool.h>

#include "client.h"

/*
 * The commands, one a line:
 *   reset            figures begin again
 *   report           answered by a line of JSON with all figures
 *   expect <r> …     the revision of each departure at the source; a report then counts who has another
 *   watch 1|0        whether to tell the progress, some times per millisecond at most
 *   pause | resume   slow sockets stop reading, and begin again
 *   end              also what the end of the input means
 */
struct control {
  char *line;
  size_t length;
  size_t capacity;
  bool has_ended;
  bool is_watched;
  bool was_ready;
  uint64_t told;
  uint16_t *expected;
};

void read_commands(struct control *control, struct fleet *fleet);

/* Says when all sockets are ready, and, if watched, how far they have got. */
void tell_progress(struct control *control, struct fleet *fleet);

#endif
