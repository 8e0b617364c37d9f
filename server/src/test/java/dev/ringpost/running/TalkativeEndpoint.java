package dev.ringpost.running;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.UnaryOperator;

/** An endpoint that says what it got where a receiver can say something, then closes the connection. */
public final class TalkativeEndpoint implements AutoCloseable {
    private final ServerSocket socket;
    private final UnaryOperator<String> answer;

    /** @param answer the bytes of the answer, given the request's */
    public TalkativeEndpoint(UnaryOperator<String> answer) {
        this.answer = answer;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                byte[] request = new byte[64 << 10];
                InputStream in = client.getInputStream();
                int length = 0;
                while (!isWhole(new String(request, 0, length, ISO_8859_1))) {
                    int more = in.read(request, length, request.length - length);
                    length += Math.max(0, more);
                    if (more <= 0) {
                        break;
                    }
                }
                client.getOutputStream()
                        .write(answer.apply(new String(request, 0, length, ISO_8859_1))
                                .getBytes(ISO_8859_1));
                client.shutdownOutput();
            } catch (IOException e) {
                // The next connection may do better.
            }
        }
    }

    private static boolean isWhole(String request) {
        int body = request.indexOf("\r\n\r\n") + 4;
        if (body < 4) {
            return false;
        }
        String head = request.substring(0, body).toLowerCase(java.util.Locale.ROOT);
        int at = head.indexOf("content-length: ");
        int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
        return request.length() >= body + length;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
