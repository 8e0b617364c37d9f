package dev.ringpost.running;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a stream of server-sent events from a socket, as fast as its test asks for messages and no faster. */
public final class StreamClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final String head;
    private int left;
    private boolean over;

    /** A message; a comment has only a comment. */
    public record Message(
            @Nullable String id,
            @Nullable String event,
            String data,
            @Nullable String comment) {
        public JsonNode json() {
            try {
                return JSON.readTree(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private StreamClient(Socket socket, String request) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MS);
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        this.in = new BufferedInputStream(socket.getInputStream(), 512);
        this.head = readHead();
    }

    /**
     * Asks for a stream.
     *
     * @param receiveBuffer how many bytes the system may keep for a client that does not read
     * @param headers more of them, such as {@code Last-Event-ID: evt_1}
     */
    public static StreamClient open(URI server, String key, String path, int receiveBuffer, String... headers) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(receiveBuffer);
            socket.connect(new java.net.InetSocketAddress(server.getHost(), server.getPort()), PATIENCE_MS);
            StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ")
                    .append(key)
                    .append("\r\n");
            for (String header : headers) {
                request.append(header).append("\r\n");
            }
            return new StreamClient(socket, request.append("\r\n").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static StreamClient open(URI server, String key, String path, String... headers) {
        return open(server, key, path, 64 << 10, headers);
    }

    /** Status line and headers of the answer. */
    public String head() {
        return head;
    }

    /** The next message that is no comment and no {@code retry}; null at the end of the stream. */
    public @Nullable Message next() {
        for (Message message = read(); message != null; message = read()) {
            if (message.event() != null) {
                return message;
            }
        }
        return null;
    }

    /** So many. */
    public List<Message> next(int count) {
        List<Message> messages = new ArrayList<>(count);
        while (messages.size() < count) {
            Message message = next();
            if (message == null) {
                throw new AssertionError("The stream ended after " + messages.size());
            }
            messages.add(message);
        }
        return messages;
    }

    /** The next message or comment; null at the end of the stream. */
    public @Nullable Message read() {
        String id = null;
        String event = null;
        StringBuilder data = new StringBuilder();
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                return new Message(id, event, data.toString(), null);
            }
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).stripLeading();
            switch (line.substring(0, colon)) {
                case "" -> {
                    line();
                    return new Message(null, null, "", value);
                }
                case "id" -> id = value;
                case "event" -> event = value;
                case "data" -> data.append(value);
                default -> {}
            }
        }
        return null;
    }

    private @Nullable String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = body(); b >= 0; b = body()) {
            if (b == '\n') {
                return line.toString(UTF_8);
            }
            line.write(b);
        }
        return null;
    }

    /** The next byte of the chunked body; -1 at its end. */
    private int body() {
        try {
            if (left == 0 && !over) {
                left = Integer.parseInt(rawLine(), 16);
                over = left == 0;
            }
            if (over) {
                return -1;
            }
            int b = in.read();
            if (--left == 0) {
                rawLine();
            }
            return b;
        } catch (SocketException e) {
            over = true;
            return -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String rawLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return "0";
            }
            line.append((char) b);
        }
        return line.toString().strip();
    }

    private String readHead() throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            text.append((char) b);
        }
        return text.toString();
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
