package dev.ringpost.sender;

import java.net.InetAddress;

/**
 * What a kept connection can be used again for: the same host, on the same vetted address, from the same event loop.
 *
 * @param loop the event loop's thread; a connection used from another one would hop between threads at every step
 */
record Route(Thread loop, boolean tls, String host, int port, InetAddress address) {
    static Route of(TargetUrl target, InetAddress address) {
        return new Route(Thread.currentThread(), target.tls(), target.host(), target.port(), address);
    }

    /** For error lines: {@code 192.0.2.1:443}. */
    String where() {
        String text = address.getHostAddress();
        return (text.indexOf(':') >= 0 ? "[" + text + "]" : text) + ":" + port;
    }
}
