//go:build unix

package interop_test

import (
	"fmt"
	"net"
	"os"
	"os/user"
)

// nginx is a configuration as its manual has it for WebSockets, with a short idle
// limit: the default is 60 s, in which a client need not say anything either.
func nginx(b *boxed) (text string, args []string) {
	who := ""
	if me, err := user.Current(); err == nil && os.Geteuid() == 0 {
		who = "user " + me.Username + ";"
	}
	text = fmt.Sprintf(`daemon off; worker_processes 1; %s
pid %[2]s/nginx.pid;
error_log stderr warn;
worker_shutdown_timeout 200ms;
events { worker_connections 128; }
http {
	access_log off;
	client_body_temp_path %[2]s/body; proxy_temp_path %[2]s/proxy;
	fastcgi_temp_path %[2]s/f; uwsgi_temp_path %[2]s/u; scgi_temp_path %[2]s/s;
	map $http_upgrade $connection_upgrade { default upgrade; '' close; }
	server {
		listen %[3]s ssl;
		ssl_certificate %[2]s/box.pem; ssl_certificate_key %[2]s/box.pem;
		location / {
			proxy_pass https://%[4]s;
			proxy_ssl_verify on; proxy_ssl_trusted_certificate %[2]s/aes-ca.pem;
			proxy_ssl_name localhost;
			proxy_http_version 1.1;
			proxy_set_header Upgrade $http_upgrade;
			proxy_set_header Connection $connection_upgrade;
			proxy_read_timeout %[5]dms;
		}
	}
}
`, who, b.dir, b.at, b.upstream, idleLimit.Milliseconds())
	return text, []string{"-p", b.dir, "-c", b.path("box.conf"), "-e", "stderr"}
}

// haproxy likewise: a connection that has been upgraded is a tunnel with a limit of its own.
func haproxy(b *boxed) (text string, args []string) {
	host, port, _ := net.SplitHostPort(b.at)
	text = fmt.Sprintf(`global
	hard-stop-after 200ms
defaults
	mode http
	timeout connect 2s
	timeout client 5s
	timeout server 5s
	timeout tunnel %[1]dms
frontend box
	bind %[2]s:%[3]s ssl crt %[4]s/box.pem
	default_backend aes
backend aes
	server aes %[5]s ssl verify required ca-file %[4]s/aes-ca.pem verifyhost localhost
`, idleLimit.Milliseconds(), host, port, b.dir, b.upstream)
	return text, []string{"-db", "-f", b.path("box.conf")}
}
