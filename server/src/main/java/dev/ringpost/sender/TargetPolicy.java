package dev.ringpost.sender;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which targets may be sent to. Whoever registers a webhook makes this machine send requests; so it must not be a way into
 * the networks that this machine sits in.
 *
 * @param allowPrivate every address may be sent to; implies http
 * @param allowHttp http URLs as well as https
 */
public record TargetPolicy(boolean allowPrivate, boolean allowHttp) {
    private static final SpecialRange.Embedded IPV4_OF_ISATAP = new SpecialRange.Embedded(12, false);

    public TargetPolicy {
        allowHttp |= allowPrivate;
    }

    /**
     * Why the address must not be sent to, such as {@code 127.0.0.1 is a loopback address}; null if it may be. An IPv6
     * address that holds an IPv4 address (mapped, translated, tunnelled) is judged by that one.
     */
    public @Nullable String refusal(InetAddress address) {
        if (allowPrivate) {
            return null;
        }
        String meaning = meaning(address.getAddress());
        return meaning == null ? null : address.getHostAddress() + " is " + meaning;
    }

    /** What is special about the address; null for an ordinary public one. */
    private static @Nullable String meaning(byte[] address) {
        for (SpecialRange range : address.length == 4 ? SpecialRange.IPV4 : SpecialRange.IPV6) {
            if (range.contains(address)) {
                return range.embedded() == null
                        ? range.meaning()
                        : embeddedMeaning(range.meaning(), range.embedded(), address);
            }
        }
        if (address.length == 4) {
            return null;
        }
        if (!SpecialRange.GLOBAL_UNICAST.contains(address)) {
            return "not a global unicast address";
        }
        return isIsatap(address) ? embeddedMeaning("an ISATAP address", IPV4_OF_ISATAP, address) : null;
    }

    /** An interface identifier of RFC 5214 (section 6.1), behind whatever prefix: 0:5efe or 200:5efe and an IPv4 address. */
    private static boolean isIsatap(byte[] address) {
        return (address[8] & ~2) == 0 && address[9] == 0 && address[10] == 0x5e && address[11] == (byte) 0xfe;
    }

    private static @Nullable String embeddedMeaning(String form, SpecialRange.Embedded embedded, byte[] address) {
        byte[] inner = Arrays.copyOfRange(address, embedded.offset(), embedded.offset() + 4);
        for (int i = 0; embedded.inverted() && i < inner.length; i++) {
            inner[i] = (byte) ~inner[i];
        }
        String meaning = meaning(inner);
        return meaning == null ? null : form + ", and the IPv4 address in it is " + meaning;
    }
}
