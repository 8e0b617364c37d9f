package dev.ringpost.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns numbers into public ids and back: the kind's prefix, then the numbers and a 40-bit keyed tag in lower-case
 * Crockford base32. Ids sort by time, are computed and never stored, and one that was not made with this key is not
 * recognised, so ids can't be guessed or walked.
 */
public final class PublicIds {
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final byte[] VALUES = new byte[128];
    private static final int TAG_BYTES = 5;

    /** No kind's prefix: so no tag of a text is the tag of an id. */
    private static final byte[] TEXT = "text:".getBytes(StandardCharsets.US_ASCII);

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            VALUES[DIGITS[i]] = (byte) i;
        }
    }

    private final ThreadLocal<Mac> macs;

    /** @param key 32 random bytes, the same for as long as ids must stay valid */
    public PublicIds(byte[] key) {
        SecretKeySpec spec = new SecretKeySpec(key, "HmacSHA256");
        this.macs = ThreadLocal.withInitial(() -> newMac(spec));
    }

    public String webhook(long no) {
        return format(IdKind.WEBHOOK, no);
    }

    public String call(long no) {
        return format(IdKind.CALL, no);
    }

    public String event(long no) {
        return format(IdKind.EVENT, no);
    }

    public String delivery(long event, long endpoint) {
        return format(IdKind.DELIVERY, event, endpoint);
    }

    public String attempt(long no) {
        return format(IdKind.ATTEMPT, no);
    }

    public String format(IdKind kind, long... numbers) {
        if (numbers.length != kind.numbers()) {
            throw new IllegalArgumentException(kind + " takes " + kind.numbers() + " numbers");
        }
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES + TAG_BYTES);
        for (long number : numbers) {
            bytes.putLong(number);
        }
        bytes.put(tag(kind, bytes.array(), bytes.position()), 0, TAG_BYTES);
        return kind.prefix() + encode(bytes.array());
    }

    /** The number behind an id of one number; empty if it is no id of this kind made with this key. */
    public Optional<Long> parse(IdKind kind, String id) {
        return numbers(kind, id).map(numbers -> numbers[0]);
    }

    /** The numbers behind an id; empty if it is no id of this kind made with this key. */
    public Optional<long[]> numbers(IdKind kind, String id) {
        int length = kind.numbers() * Long.BYTES + TAG_BYTES;
        int digits = (length * 8 + 4) / 5;
        if (!id.startsWith(kind.prefix()) || id.length() != kind.prefix().length() + digits) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        if (!decode(id, kind.prefix().length(), bytes)) {
            return Optional.empty();
        }
        int tagged = length - TAG_BYTES;
        byte[] given = Arrays.copyOfRange(bytes, tagged, length);
        byte[] expected = Arrays.copyOf(tag(kind, bytes, tagged), TAG_BYTES);
        if (!MessageDigest.isEqual(given, expected)) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long[] numbers = new long[kind.numbers()];
        Arrays.setAll(numbers, i -> buffer.getLong());
        return Optional.of(numbers);
    }

    /** A keyed tag of a text that is given to users and must come back as it was: 8 digits. */
    public String tag(String text) {
        Mac mac = macs.get();
        mac.update(TEXT);
        mac.update(text.getBytes(StandardCharsets.UTF_8));
        return encode(Arrays.copyOf(mac.doFinal(), TAG_BYTES));
    }

    private byte[] tag(IdKind kind, byte[] bytes, int length) {
        Mac mac = macs.get();
        mac.update(kind.prefix().getBytes(StandardCharsets.US_ASCII));
        mac.update(bytes, 0, length);
        return mac.doFinal();
    }

    private static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder((bytes.length * 8 + 4) / 5);
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = (buffer << 8) | (b & 0xff);
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(DIGITS[(buffer >> bits) & 31]);
            }
        }
        if (bits > 0) {
            text.append(DIGITS[(buffer << (5 - bits)) & 31]);
        }
        return text.toString();
    }

    private static boolean decode(String text, int from, byte[] into) {
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = c < VALUES.length ? VALUES[c] : -1;
            if (value < 0) {
                return false;
            }
            buffer = (buffer << 5) | value;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                into[at++] = (byte) (buffer >> bits);
            }
        }
        return (buffer & ((1 << bits) - 1)) == 0;
    }

    private static Mac newMac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
