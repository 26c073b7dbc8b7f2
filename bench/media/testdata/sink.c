/* Reads what is sent to it and drops it, waiting for each datagram. Prints its port, runs
   until its input ends, and prints how many datagrams have come.
   Usage: sink */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>

int main(void) {
	struct sockaddr_in a = {.sin_family = AF_INET};
	socklen_t size = sizeof a;
	struct timeval patience = {.tv_usec = 100000};
	unsigned char packet[1500];
	struct pollfd input = {.fd = 0, .events = POLLIN};
	int s = socket(AF_INET, SOCK_DGRAM, 0);
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	if (s < 0 || bind(s, (struct sockaddr *)&a, size) ||
	    getsockname(s, (struct sockaddr *)&a, &size)) {
		perror("socket");
		return 1;
	}
	printf("%d\n", ntohs(a.sin_port));
	fflush(stdout);
	long received = 0;
	for (int quiet = 0; !quiet || !poll(&input, 1, 0);)
		if (!(quiet = recv(s, packet, sizeof packet, 0) < 0))
			received++;
	printf("%ld\n", received);
	return 0;
}
