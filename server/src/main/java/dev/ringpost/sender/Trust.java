package dev.ringpost.sender;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whose certificates are trusted. Read once and shared by all clients: the system's have megabytes. */
final class Trust {
    private Trust() {}

    /**
     * The certificates of the PEM file, or the system's if there is no file.
     *
     * @throws IllegalArgumentException if the file holds none
     * @throws UncheckedIOException if it cannot be read
     */
    static TrustOptions of(@Nullable Path pem) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(pem == null ? null : read(pem));
            TrustManager manager = factory.getTrustManagers()[0];
            return TrustOptions.wrap(manager);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    pem == null
                            ? "This Java's trusted certificates cannot be read: " + e.getMessage()
                            : pem + " is not a PEM file of certificates: " + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the trusted certificates from " + pem, e);
        }
    }

    private static KeyStore read(Path pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("trusted-" + store.size(), certificate);
            }
        }
        if (store.size() == 0) {
            throw new GeneralSecurityException("it holds none");
        }
        return store;
    }
}
