package dev.ringpost.secret;

import dev.ringpost.id.PublicIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The key that everything secret in the store depends on: 32 random bytes in {@code master.key}, or given in base64 by
 * the environment variable {@code RINGPOST_MASTER_KEY}. It is used for nothing itself; each use has a key of its own,
 * derived by HKDF-SHA256 (RFC 5869).
 */
public final class MasterKey {
    private static final String FILE = "master.key";
    private static final int BYTES = 32;

    private final byte[] key;

    /** @param key 32 bytes */
    public MasterKey(byte[] key) {
        if (key.length != BYTES) {
            throw new BadMasterKey("The master key must have " + BYTES + " bytes, not " + key.length + ".");
        }
        this.key = key.clone();
    }

    /**
     * The key from the environment if there is one, else from the data folder, where it is made on the first start,
     * readable by its owner only.
     *
     * @param environment the value of {@code RINGPOST_MASTER_KEY}; null where it is not set
     * @throws BadMasterKey if the key can't be read, or the folder can't be written
     */
    public static MasterKey open(Path dataFolder, @Nullable String environment) {
        if (environment != null) {
            return new MasterKey(decode(environment, "RINGPOST_MASTER_KEY"));
        }
        Path file = dataFolder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                create(dataFolder, file);
            }
            return new MasterKey(decode(Files.readString(file), file.toString()));
        } catch (IOException e) {
            throw new BadMasterKey(
                    "Can't read or make the master key " + file + ": " + e.getMessage()
                            + ". Check the folder's permissions, and the space and the mount of its disk.",
                    e);
        }
    }

    /** Seals secrets for the store. */
    public SecretBox secretBox() {
        return new SecretBox(derive("ringpost secret box v1"));
    }

    /** Makes the keys that seal what is stored about calls. */
    public CallKeys callKeys() {
        return new CallKeys(derive("ringpost call keys v1"));
    }

    /** Hashes what calls are named by. */
    public CallNames callNames() {
        return new CallNames(derive("ringpost call names v1"));
    }

    /** Seals what is handed out to be brought back. */
    public SealedTokens sealedTokens() {
        return new SealedTokens(derive("ringpost sealed tokens v1"));
    }

    /** Makes the public ids: the same key, the same ids. */
    public PublicIds publicIds() {
        return new PublicIds(derive("ringpost public ids v1"));
    }

    byte[] derive(String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(key)
                            .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java 25 platform has HKDF-SHA256", e);
        }
    }

    /** Never the key: it must not reach a log. */
    @Override
    public String toString() {
        return "MasterKey";
    }

    private static byte[] decode(String text, String where) {
        try {
            return Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new BadMasterKey("The master key in " + where + " is not base64.", e);
        }
    }

    /** Written aside, synced and renamed: a crash leaves a whole key or none. */
    private static void create(Path folder, Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Path draft = folder.resolve(FILE + ".new");
        Files.deleteIfExists(draft);
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel =
                FileChannel.open(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            byte[] text = (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(text));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder)) {
            directory.force(true);
        }
    }
}
