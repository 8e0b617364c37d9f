package dev.ringpost.api.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemException;
import dev.ringpost.api.problem.ProblemType;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/**
 * The encoding of JSON texts (RFC 8259, section 8.1). Looked at before they are parsed: the parser takes overlong forms
 * and encoded surrogates, and guesses another encoding where it sees NULs.
 */
final class Utf8 {
    private Utf8() {}

    /** @throws ProblemException 400 that says at which byte the text stops being UTF-8, or a NUL stands */
    static void require(byte[] bytes) {
        int signs = 0;
        for (byte b : bytes) {
            // Negative for what is not ASCII, and for NUL.
            signs |= b | (b - 1);
        }
        if (signs < 0) {
            requireSlowly(bytes);
        }
    }

    private static void requireSlowly(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw malformed("The body has a NUL, which JSON never has", i);
            }
        }
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(4096);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(in, out.clear(), true);
        }
        if (result.isError()) {
            throw malformed("The body is not UTF-8", in.position());
        }
    }

    private static ProblemException malformed(String what, int at) {
        return new Problem(ProblemType.MALFORMED_JSON, what + " (byte " + (at + 1) + ")").asException();
    }
}
