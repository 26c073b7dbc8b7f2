/* The least that carries many legs by one port, as a trunk of rtpmedia does: each 5 ms a
   quarter of the legs sends a packet of 172 bytes, by sendmmsg, and what has come is
   read by recvmmsg, 64 at a time. No codec, no buffer, no reports. Prints its port, reads
   those of the far ends, and at the end prints the packets received and the processor
   time used, in microseconds.
   Usage: shared LEGS SECONDS */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

enum { PHASES = 4, SIZE = 172, BATCH = 64 };

static int legs, port;
static long received;
static struct sockaddr_in *far;
static struct mmsghdr out[BATCH], in[BATCH];
static struct iovec said, heard[BATCH];
static struct sockaddr_in from[BATCH];
static unsigned char packet[SIZE], packets[BATCH][1500];

static void prepare(void) {
	struct sockaddr_in a = {.sin_family = AF_INET};
	socklen_t size = sizeof a;
	int room = 4 << 20;
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	port = socket(AF_INET, SOCK_DGRAM, 0);
	setsockopt(port, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
	if (port < 0 || bind(port, (struct sockaddr *)&a, size) ||
	    getsockname(port, (struct sockaddr *)&a, &size)) {
		perror("socket");
		exit(1);
	}
	printf("%d\n", ntohs(a.sin_port));
	fflush(stdout);
	far = calloc(legs, sizeof *far);
	for (int i = 0, p; i < legs && scanf("%d", &p) == 1; i++) {
		far[i] = a;
		far[i].sin_port = htons(p);
	}
	memset(packet, 0xff, SIZE);
	said = (struct iovec){packet, SIZE};
	for (int i = 0; i < BATCH; i++) {
		heard[i] = (struct iovec){packets[i], sizeof packets[i]};
		out[i].msg_hdr = (struct msghdr){.msg_iov = &said, .msg_iovlen = 1,
						 .msg_namelen = sizeof *far};
		in[i].msg_hdr = (struct msghdr){.msg_iov = &heard[i], .msg_iovlen = 1,
						.msg_name = &from[i]};
	}
}

static void receive(void) {
	for (int n = BATCH; n == BATCH;) {
		for (int i = 0; i < BATCH; i++)
			in[i].msg_hdr.msg_namelen = sizeof *from;
		if ((n = recvmmsg(port, in, BATCH, MSG_DONTWAIT, NULL)) > 0)
			received += n;
	}
}

/* send_phase sends for the legs whose turn it is. */
static void send_phase(long phase) {
	int held = 0;
	for (int i = phase % PHASES; i < legs; i += PHASES) {
		out[held++].msg_hdr.msg_name = &far[i];
		if (held == BATCH || i + PHASES >= legs) {
			sendmmsg(port, out, held, MSG_DONTWAIT);
			held = 0;
			receive();
		}
	}
}

int main(int argc, char **argv) {
	if (argc != 3 || (legs = atoi(argv[1])) <= 0)
		return 2;
	prepare();
	prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
	struct timespec next;
	clock_gettime(CLOCK_MONOTONIC, &next);
	for (long phase = 0, end = atol(argv[2]) * 200; phase < end; phase++) {
		receive();
		send_phase(phase);
		if ((next.tv_nsec += 5000000) >= 1000000000)
			next.tv_nsec -= 1000000000, next.tv_sec++;
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
	}
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	printf("%ld %ld\n", received, (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000L +
					      u.ru_utime.tv_usec + u.ru_stime.tv_usec);
	return 0;
}
