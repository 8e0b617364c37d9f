package dev.ringpost.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/** A client that speaks bytes, so that it can do all that a client should not. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(PATIENCE_MS);
        in = socket.getInputStream();
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    RawClient halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Whether something of an answer is there to be read. */
    boolean isAnswered() throws IOException {
        return in.available() > 0;
    }

    /** One response with its body; empty at the end of the connection. */
    String response() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return head.toString(ISO_8859_1);
            }
            head.write(b);
        }
        String text = head.toString(ISO_8859_1);
        int length = text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .sum();
        return text + new String(in.readNBytes(length), ISO_8859_1);
    }

    /** Its status; 0 at the end of the connection. */
    int status() throws IOException {
        String response = response();
        return response.isEmpty() ? 0 : Integer.parseInt(response.substring(9, 12));
    }

    /** Everything until the server closes. */
    String rest() throws IOException {
        try {
            return new String(in.readAllBytes(), ISO_8859_1);
        } catch (java.net.SocketException e) {
            return "reset";
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
