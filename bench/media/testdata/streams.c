/* The least that carries the same streams as the benchmark of rtpmedia: one socket a leg,
   a packet of 172 bytes every 20 ms from each, one thread that sends by a wheel of 1 ms and
   one that receives. No codec, no buffer, no reports. Prints the ports of the legs, reads
   where each is to send to, and at the end prints the packets received and the processor
   time used, in microseconds.
   Usage: streams LEGS SECONDS */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SLOTS = 20, SIZE = 172 };

static int legs, *sockets;
static struct sockaddr_in *far;
static volatile int over;
static volatile long received;

static void *receive(void *unused) {
	int poll = epoll_create1(0);
	for (int i = 0; i < legs; i++) {
		struct epoll_event e = {.events = EPOLLIN, .data.fd = sockets[i]};
		epoll_ctl(poll, EPOLL_CTL_ADD, sockets[i], &e);
	}
	struct epoll_event ready[128];
	unsigned char packet[1500];
	while (!over) {
		int n = epoll_wait(poll, ready, 128, 100);
		for (int i = 0; i < n; i++) {
			struct sockaddr_in from;
			socklen_t size = sizeof from;
			if (recvfrom(ready[i].data.fd, packet, sizeof packet, MSG_DONTWAIT,
				     (struct sockaddr *)&from, &size) > 0)
				received++;
		}
	}
	return unused;
}

static void bind_legs(void) {
	sockets = calloc(legs, sizeof *sockets);
	far = calloc(legs, sizeof *far);
	for (int i = 0; i < legs; i++) {
		struct sockaddr_in a = {.sin_family = AF_INET};
		socklen_t size = sizeof a;
		a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		sockets[i] = socket(AF_INET, SOCK_DGRAM, 0);
		if (sockets[i] < 0 || bind(sockets[i], (struct sockaddr *)&a, size) ||
		    getsockname(sockets[i], (struct sockaddr *)&a, &size)) {
			perror("socket");
			exit(1);
		}
		printf("%d\n", ntohs(a.sin_port));
		far[i] = a;
	}
	fflush(stdout);
	for (int i = 0, port; i < legs && scanf("%d", &port) == 1; i++)
		far[i].sin_port = htons(port);
}

/* send_slot sends for the legs whose turn a tick is. */
static void send_slot(int slot, unsigned char *packet) {
	for (int i = slot; i < legs; i += SLOTS)
		sendto(sockets[i], packet, SIZE, 0, (struct sockaddr *)&far[i],
		       sizeof far[i]);
}

int main(int argc, char **argv) {
	if (argc != 3 || (legs = atoi(argv[1])) <= 0)
		return 2;
	bind_legs();
	prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
	pthread_t reader;
	pthread_create(&reader, NULL, receive, NULL);
	unsigned char packet[SIZE];
	memset(packet, 0xff, sizeof packet);
	struct timespec next;
	clock_gettime(CLOCK_MONOTONIC, &next);
	for (long tick = 0, end = atol(argv[2]) * 1000; tick < end; tick++) {
		send_slot(tick % SLOTS, packet);
		if ((next.tv_nsec += 1000000) >= 1000000000)
			next.tv_nsec -= 1000000000, next.tv_sec++;
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
	}
	over = 1;
	pthread_join(reader, NULL);
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	printf("%ld %ld\n", received, (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000L +
					      u.ru_utime.tv_usec + u.ru_stime.tv_usec);
	return 0;
}
