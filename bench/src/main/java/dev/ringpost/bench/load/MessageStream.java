package dev.ringpost.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Cuts what comes on one connection into HTTP/1.1 messages, requests or responses. It knows no more of RFC 9112 than the
 * two sides of a benchmark need: a body has a content-length, or there is none.
 */
final class MessageStream {
    /** Head and begin of the body; what comes behind is counted only. */
    private static final int KEPT = 4096;

    private static final byte[] LENGTH = "\ncontent-length:".getBytes(StandardCharsets.US_ASCII);

    private final Listener listener;
    private final byte[] kept = new byte[KEPT];
    private int length;
    private int head;
    private long bodyLeft;

    /** Told of each message when all of it has come. */
    @FunctionalInterface
    interface Listener {
        /**
         * @param bytes valid during this call only
         * @param body where the body begins
         * @param end where what is kept of it ends
         */
        void message(byte[] bytes, int body, int end);
    }

    MessageStream(Listener listener) {
        this.listener = listener;
    }

    void feed(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (head == 0) {
                feedHead(in);
            } else {
                int now = (int) Math.min(in.remaining(), bodyLeft);
                int keep = Math.min(now, KEPT - length);
                in.get(kept, length, keep);
                in.position(in.position() + now - keep);
                length += keep;
                bodyLeft -= now;
            }
            if (head > 0 && bodyLeft == 0) {
                listener.message(kept, head, length);
                head = 0;
                length = 0;
            }
        }
    }

    private void feedHead(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (length == KEPT) {
                throw new IllegalStateException("A head of more than " + KEPT + " bytes");
            }
            byte next = in.get();
            kept[length++] = next;
            if (next == '\n' && length >= 4 && kept[length - 3] == '\n') {
                head = length;
                bodyLeft = contentLength();
                return;
            }
        }
    }

    private long contentLength() {
        int at = Bytes.indexOfIgnoringCase(kept, 0, head, LENGTH);
        long value = 0;
        for (int i = at + LENGTH.length; at >= 0 && kept[i] != '\r'; i++) {
            if (kept[i] != ' ') {
                value = value * 10 + kept[i] - '0';
            }
        }
        return value;
    }
}
