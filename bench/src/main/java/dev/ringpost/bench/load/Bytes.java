package dev.ringpost.bench.load;

/** Looks for and writes ASCII in byte arrays. */
final class Bytes {
    private Bytes() {}

    /** Where the needle begins, between from and to; -1: nowhere. */
    static int indexOf(byte[] bytes, int from, int to, byte[] needle) {
        for (int i = from; i <= to - needle.length; i++) {
            int n = 0;
            while (n < needle.length && bytes[i + n] == needle[n]) {
                n++;
            }
            if (n == needle.length) {
                return i;
            }
        }
        return -1;
    }

    /** As {@link #indexOf}, for a needle in lower case. */
    static int indexOfIgnoringCase(byte[] bytes, int from, int to, byte[] needle) {
        for (int i = from; i <= to - needle.length; i++) {
            int n = 0;
            while (n < needle.length && lowerCase(bytes[i + n]) == needle[n]) {
                n++;
            }
            if (n == needle.length) {
                return i;
            }
        }
        return -1;
    }

    /** Writes the number in so many digits. */
    static void putDigits(byte[] bytes, int at, int digits, long number) {
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    static long digits(byte[] bytes, int at, int digits) {
        long number = 0;
        for (int i = at; i < at + digits; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private static byte lowerCase(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 32) : letter;
    }
}
