package dev.ringpost.signing;

import java.util.List;

/**
 * Signs messages as in Standard Webhooks: the signed content is {@code id.timestamp.body}. Implementations are immutable
 * and may be used by several threads at once.
 */
public interface Signer {
    /**
     * One signature, as it stands in the header {@code webhook-signature}: {@code v1,...} or {@code v1a,...}.
     *
     * @param id the header {@code webhook-id}; must contain no dot
     * @param timestamp the header {@code webhook-timestamp}, seconds since 1970
     * @param body the request's bytes; read, neither kept nor copied
     */
    String sign(String id, long timestamp, byte[] body);

    /** The value of the header {@code webhook-signature}: the signatures of all signers, separated by spaces. */
    static String header(List<? extends Signer> signers, String id, long timestamp, byte[] body) {
        if (signers.size() == 1) {
            return signers.getFirst().sign(id, timestamp, body);
        }
        StringBuilder header = new StringBuilder();
        for (Signer signer : signers) {
            if (!header.isEmpty()) {
                header.append(' ');
            }
            header.append(signer.sign(id, timestamp, body));
        }
        return header.toString();
    }
}
