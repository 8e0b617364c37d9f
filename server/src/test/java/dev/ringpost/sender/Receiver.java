package dev.ringpost.sender;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A receiver that speaks bytes, so that it can do all that a receiver should not. */
final class Receiver implements Closeable {
    static final String LOOPBACK = "127.0.0.1";

    /** What it does with a connection; which is closed when it returns or throws. */
    @FunctionalInterface
    interface Behaviour {
        void serve(Talk talk) throws Exception;
    }

    /** Requests as they came, head and body. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    final AtomicInteger connections = new AtomicInteger();

    /** Released when the test is over. */
    final CountDownLatch over = new CountDownLatch(1);

    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    Receiver(Behaviour behaviour) throws IOException {
        this(LOOPBACK, ServerSocketFactory.getDefault(), behaviour);
    }

    Receiver(String address, ServerSocketFactory factory, Behaviour behaviour) throws IOException {
        this(address, 0, factory, behaviour);
    }

    Receiver(String address, int port, ServerSocketFactory factory, Behaviour behaviour) throws IOException {
        server = factory.createServerSocket(port, 50, InetAddress.ofLiteral(address));
        Thread.ofVirtual().start(() -> accept(behaviour));
    }

    /** Answers every request with these bytes and leaves the connection open. */
    static Behaviour answering(String response) {
        return talk -> {
            while (talk.readRequest()) {
                talk.write(response);
            }
        };
    }

    /** Answers one request with these bytes and closes the connection. */
    static Behaviour closingAfter(String response) {
        return talk -> {
            talk.readRequest();
            talk.write(response);
        };
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return url("http", LOOPBACK);
    }

    String url(String scheme, String host) {
        return scheme + "://" + host + ":" + port() + "/hook?x=1";
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept(Behaviour behaviour) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Talk talk = new Talk(socket, connections.incrementAndGet());
                Thread.ofVirtual().start(() -> serve(behaviour, talk));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Behaviour behaviour, Talk talk) {
        try (Socket socket = talk.socket) {
            behaviour.serve(talk);
            socket.shutdownOutput();
        } catch (Exception e) {
            // The other side may go away at any moment: that is what many of these tests are about.
        }
    }

    /** One connection. */
    final class Talk {
        final Socket socket;

        /** The first is 1. */
        final int number;

        Talk(Socket socket, int number) {
            this.socket = socket;
            this.number = number;
        }

        /** Reads a request to its end; false at the end of the connection. */
        boolean readRequest() throws IOException {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                int b = in.read();
                if (b < 0) {
                    return false;
                }
                head.write(b);
            }
            String text = head.toString(ISO_8859_1);
            int length = text.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                    .mapToInt(line -> Integer.parseInt(
                            line.substring(line.indexOf(':') + 1).strip()))
                    .sum();
            requests.add(text + new String(in.readNBytes(length), ISO_8859_1));
            return true;
        }

        /** The one that was read last on any connection. */
        String lastRequest() {
            return requests.getLast();
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Ends the connection with a TCP reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Waits a moment; true when the test is over. */
        boolean isOverWithin(long time, TimeUnit unit) throws InterruptedException {
            return over.await(time, unit);
        }

        /** Waits, and says nothing, until the test is over. */
        void hang() throws InterruptedException {
            over.await();
        }
    }
}
