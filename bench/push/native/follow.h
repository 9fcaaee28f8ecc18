#ifndef FLIGHTLINE_FOLLOW_H
#define FLIGHTLINE_FOLLOW_H

#include "client.h"

/* The handshake of a client; for nchan it names the channels. Returns the length. */
int write_handshake(const struct fleet *fleet, const struct client *client, char *target, size_t room);

/* Sends what comes after the handshake, if anything does. */
void begin_following(struct fleet *fleet, struct client *client);

/* Handles the payload of one text message. */
void handle_text(struct fleet *fleet, struct client *client, const char *text, size_t length);

/* Sends a frame; these are short and seldom, so one that does not fit ends the connection. */
void send_frame(struct fleet *fleet, struct client *client, int opcode, const char *payload, size_t length);

#endif
