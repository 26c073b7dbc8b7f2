/* The far ends of many legs: a socket each, a packet of 172 bytes of RTP every 20 ms from
   each, and what comes is read when it is the socket's turn, so that nothing that is sent to
   it wakes anybody. Prints the ports of the sockets, reads where each is to send to (a port
   for each), unless one port for all is given, and sends until its input ends. For each line
   that it is given meanwhile it prints the packets sent and received so far; at the end also
   the 50th and 99th percentile of how far what came to a socket was from 20 ms apart, in
   microseconds, by the kernel's times of arrival.
   Usage: peers LEGS [PORT] */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* The first second of a stream does not count: its sender was starting others. */
enum { SLOTS = 20, SIZE = 172, PERIOD = 20000, UNCOUNTED = 1000000, LONGEST = 2000000 };

struct end {
	int socket;
	long long first, last; /* arrivals, in microseconds */
	struct sockaddr_in far;
};

static int legs;
static struct end *ends;
static long sent, received, counted, errors[LONGEST + 1]; /* intervals by their error */

static struct sockaddr_in at(int port) {
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return a;
}

static void bind_legs(void) {
	ends = calloc(legs, sizeof *ends);
	for (int i = 0, on = 1; i < legs; i++) {
		struct sockaddr_in a = at(0);
		socklen_t size = sizeof a;
		int s = ends[i].socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
		if (s < 0 || bind(s, (struct sockaddr *)&a, size) ||
		    getsockname(s, (struct sockaddr *)&a, &size) ||
		    setsockopt(s, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on)) {
			perror("socket");
			exit(1);
		}
		printf("%d\n", ntohs(a.sin_port));
	}
	fflush(stdout);
}

/* note takes the arrival of a packet. */
static void note(struct end *e, long long now) {
	long long error = llabs(now - e->last - PERIOD);
	received++;
	if (!e->first)
		e->first = now;
	if (e->last - e->first >= UNCOUNTED) {
		errors[error < LONGEST ? error : LONGEST]++;
		counted++;
	}
	e->last = now;
}

/* hear reads all that has come to a socket. */
static void hear(struct end *e) {
	static unsigned char junk[1500];
	union {
		struct cmsghdr header;
		char room[64];
	} control;
	for (;;) {
		struct iovec data = {junk, sizeof junk};
		struct msghdr m = {.msg_iov = &data, .msg_iovlen = 1,
				   .msg_control = &control, .msg_controllen = sizeof control};
		if (recvmsg(e->socket, &m, 0) <= 0)
			return;
		struct timespec t;
		struct cmsghdr *c = CMSG_FIRSTHDR(&m);
		if (!c || c->cmsg_type != SCM_TIMESTAMPNS) /* the kernel has only begun to tell */
			clock_gettime(CLOCK_REALTIME, &t);
		else
			memcpy(&t, CMSG_DATA(c), sizeof t);
		note(e, t.tv_sec * 1000000LL + t.tv_nsec / 1000);
	}
}

/* turn reads and sends for the legs whose turn a tick is. */
static void turn(long tick, unsigned char *packet) {
	unsigned sequence = tick / SLOTS, time = sequence * 160;
	packet[2] = sequence >> 8, packet[3] = sequence;
	packet[4] = time >> 24, packet[5] = time >> 16, packet[6] = time >> 8, packet[7] = time;
	for (int i = tick % SLOTS; i < legs; i += SLOTS) {
		hear(&ends[i]);
		packet[10] = i >> 8, packet[11] = i;
		if (sendto(ends[i].socket, packet, SIZE, 0, (struct sockaddr *)&ends[i].far,
			   sizeof ends[i].far) == SIZE)
			sent++;
	}
}

/* quantile is what so many in a hundred intervals do not exceed. */
static double quantile(long percent) {
	long error = 0;
	if (!counted)
		return NAN;
	for (long n = 0; error < LONGEST && (n += errors[error]) * 100 < counted * percent; error++)
		;
	return error;
}

/* asked answers the lines that have come, and returns 0 when there will be no more. */
static int asked(void) {
	struct pollfd input = {.fd = 0, .events = POLLIN};
	char line;
	while (poll(&input, 1, 0)) {
		if (read(0, &line, 1) <= 0)
			return 0;
		printf("%ld %ld\n", sent, received);
		fflush(stdout);
	}
	return 1;
}

int main(int argc, char **argv) {
	int port = argc == 3 ? atoi(argv[2]) : 0;
	if (argc < 2 || argc > 3 || (legs = atoi(argv[1])) <= 0)
		return 2;
	bind_legs();
	for (int i = 0; i < legs; i++) {
		if (argc == 2 && scanf("%d", &port) != 1)
			return 2;
		ends[i].far = at(port);
	}
	prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
	unsigned char packet[SIZE];
	memset(packet, 0xff, sizeof packet);
	packet[0] = 0x80, packet[1] = 0;
	struct timespec next;
	clock_gettime(CLOCK_MONOTONIC, &next);
	for (long tick = 0; tick % 20 || asked(); tick++) {
		turn(tick, packet);
		if ((next.tv_nsec += 1000000) >= 1000000000)
			next.tv_nsec -= 1000000000, next.tv_sec++;
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
	}
	for (int i = 0; i < legs; i++)
		hear(&ends[i]); /* what was under way */
	printf("%ld %ld %g %g\n", sent, received, quantile(50), quantile(99));
	return 0;
}
