/* Reads what is sent to its port at any loopback address (127.0.0.0/8) and drops it, waiting
   for each datagram, or looking each so many milliseconds, so that a send wakes nobody.
   Prints its port, runs until its input ends, and prints how many datagrams have come.
   Usage: sink [MILLISECONDS] */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int main(int argc, char **argv) {
	struct sockaddr_in a = {.sin_family = AF_INET};
	socklen_t size = sizeof a;
	struct timeval patience = {.tv_usec = 100000};
	unsigned char packet[1500];
	struct pollfd input = {.fd = 0, .events = POLLIN};
	int pause = argc > 1 ? atoi(argv[1]) * 1000 : 0, room = 4 << 20;
	int s = socket(AF_INET, SOCK_DGRAM, 0);
	setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(s, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
	if (s < 0 || setsockopt(s, SOL_SOCKET, SO_BINDTODEVICE, "lo", 2) || bind(s, (struct sockaddr *)&a, size) ||
	    getsockname(s, (struct sockaddr *)&a, &size)) {
		perror("socket");
		return 1;
	}
	printf("%d\n", ntohs(a.sin_port));
	fflush(stdout);
	long received = 0;
	for (int quiet = 0; !quiet || !poll(&input, 1, 0);) {
		quiet = recv(s, packet, sizeof packet, pause ? MSG_DONTWAIT : 0) < 0;
		if (!quiet)
			received++;
		else if (pause)
			usleep(pause);
	}
	printf("%ld\n", received);
	return 0;
}
