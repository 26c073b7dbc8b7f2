/* The far ends of many legs that share one port: a socket each, a packet of 172 bytes of
   RTP every 20 ms from each to that port, and what comes is read and dropped. Prints the
   ports of the sockets, then sends until its input ends.
   Usage: peers LEGS PORT */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SLOTS = 20, SIZE = 172 };

static int legs, *sockets;
static struct sockaddr_in target;

static void bind_legs(void) {
	sockets = calloc(legs, sizeof *sockets);
	for (int i = 0; i < legs; i++) {
		struct sockaddr_in a = {.sin_family = AF_INET};
		socklen_t size = sizeof a;
		a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		sockets[i] = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
		if (sockets[i] < 0 || bind(sockets[i], (struct sockaddr *)&a, size) ||
		    getsockname(sockets[i], (struct sockaddr *)&a, &size)) {
			perror("socket");
			exit(1);
		}
		printf("%d\n", ntohs(a.sin_port));
	}
	fflush(stdout);
}

/* turn reads and sends for the legs whose turn a tick is. */
static void turn(long tick, unsigned char *packet) {
	static unsigned char junk[1500];
	unsigned sequence = tick / SLOTS, time = sequence * 160;
	packet[2] = sequence >> 8, packet[3] = sequence;
	packet[4] = time >> 24, packet[5] = time >> 16, packet[6] = time >> 8, packet[7] = time;
	for (int i = tick % SLOTS; i < legs; i += SLOTS) {
		while (recv(sockets[i], junk, sizeof junk, 0) > 0)
			;
		packet[10] = i >> 8, packet[11] = i;
		sendto(sockets[i], packet, SIZE, 0, (struct sockaddr *)&target, sizeof target);
	}
}

int main(int argc, char **argv) {
	if (argc != 3 || (legs = atoi(argv[1])) <= 0)
		return 2;
	target.sin_family = AF_INET;
	target.sin_port = htons(atoi(argv[2]));
	target.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	bind_legs();
	prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
	unsigned char packet[SIZE];
	memset(packet, 0xff, sizeof packet);
	packet[0] = 0x80, packet[1] = 0;
	struct timespec next;
	clock_gettime(CLOCK_MONOTONIC, &next);
	struct pollfd input = {.fd = 0, .events = POLLIN};
	for (long tick = 0; tick % 100 || !poll(&input, 1, 0); tick++) {
		turn(tick, packet);
		if ((next.tv_nsec += 1000000) >= 1000000000)
			next.tv_nsec -= 1000000000, next.tv_sec++;
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
	}
	return 0;
}
