package dev.ringpost.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A receiver on plain HTTP: answers 204 to each request and closes no connection. */
public final class Sink extends SelectorThread implements Receiver {
    /** Of the path: a request there is never answered. */
    public static final String HANGS = "/hang";

    private static final byte[] HANGING = ("POST " + HANGS).getBytes(StandardCharsets.US_ASCII);
    private static final ByteBuffer ANSWER = ByteBuffer.wrap(
                    "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
            .asReadOnlyBuffer();
    private static final int BACKLOG = 4096;

    private final Flights flights;
    private final int port;

    public Sink(Flights flights) {
        super("sink");
        this.flights = flights;
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException("The sink can't listen", e);
        }
        start();
    }

    @Override
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    void await() throws IOException {
        selector.select();
    }

    @Override
    void ready(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            accept((ServerSocketChannel) key.channel());
        } else if (key.attachment() instanceof MessageStream stream) {
            read(key, (SocketChannel) key.channel(), stream);
        }
    }

    private void accept(ServerSocketChannel server) throws IOException {
        for (SocketChannel opened = server.accept(); opened != null; opened = server.accept()) {
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SocketChannel channel = opened;
            opened.register(
                    selector,
                    SelectionKey.OP_READ,
                    new MessageStream((bytes, body, end) -> received(channel, bytes, body, end)));
        }
    }

    private void read(SelectionKey key, SocketChannel channel, MessageStream stream) throws IOException {
        try {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                channel.close();
                return;
            }
            stream.feed(buffer.flip());
        } catch (IOException | UncheckedIOException e) {
            // The other side closed it, as it may.
            key.cancel();
            channel.close();
        }
    }

    private void received(SocketChannel channel, byte[] bytes, int body, int end) {
        if (Bytes.indexOf(bytes, 0, HANGING.length, HANGING) == 0) {
            return;
        }
        flights.arrived(bytes, body, end);
        try {
            // So few bytes always find room in the socket's buffer.
            channel.write(ANSWER.duplicate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
