package dev.ringpost.dashboard.asset;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The files, in memory. Each has a hash of its content in its name, so that browsers keep it for ever. */
public final class Assets {
    private static final String FOLDER = "/assets/";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final int HASH_BYTES = 8;

    private final Map<Asset, Loaded> loaded;

    private Assets(Map<Asset, Loaded> loaded) {
        this.loaded = Collections.unmodifiableMap(loaded);
    }

    /** @throws IllegalStateException where the build has left one out */
    public static Assets load() {
        Map<Asset, Loaded> loaded = new EnumMap<>(Asset.class);
        for (Asset asset : Asset.values()) {
            byte[] bytes = read(asset);
            loaded.put(asset, new Loaded(asset, FOLDER + hashed(asset.file(), bytes), bytes, gzip(bytes)));
        }
        return new Assets(loaded);
    }

    /** Where the file is, for a link in a page. */
    public String path(Asset asset) {
        return of(asset).path;
    }

    public void addTo(Router router) {
        Map<String, Loaded> byPath =
                loaded.values().stream().collect(Collectors.toUnmodifiableMap(Loaded::path, Function.identity()));
        router.get(FOLDER + "*")
                .handler(routing -> serve(routing, byPath.get(routing.request().path())));
        router.head(FOLDER + "*")
                .handler(routing -> serve(routing, byPath.get(routing.request().path())));
    }

    private Loaded of(Asset asset) {
        Loaded found = loaded.get(asset);
        if (found == null) {
            throw new IllegalStateException("All assets are loaded");
        }
        return found;
    }

    private static void serve(RoutingContext routing, @Nullable Loaded found) {
        if (found == null) {
            routing.next();
            return;
        }
        String accepted = routing.request().getHeader("accept-encoding");
        boolean zipped = accepted != null && accepted.toLowerCase(Locale.ROOT).contains("gzip");
        byte[] bytes = zipped ? found.zipped : found.plain;
        HttpServerResponse response = routing.response()
                .putHeader("content-type", found.asset.mediaType())
                .putHeader("content-length", Integer.toString(bytes.length))
                .putHeader("cache-control", FOR_EVER)
                .putHeader("vary", "accept-encoding")
                .putHeader("x-content-type-options", "nosniff");
        if (zipped) {
            response.putHeader("content-encoding", "gzip");
        }
        if (routing.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(Buffer.buffer(bytes));
        }
    }

    private static byte[] read(Asset asset) {
        try (InputStream file = Assets.class.getResourceAsStream("/dashboard/" + asset.file())) {
            if (file == null) {
                throw new IllegalStateException("This build has no " + asset.file());
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(asset.file() + " can't be read from the jar", e);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream(bytes.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can always be written", e);
        }
        return zipped.toByteArray();
    }

    /** The name with a hash before its ending. */
    private static String hashed(String file, byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            int ending = file.lastIndexOf('.');
            return file.substring(0, ending) + "."
                    + HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES))
                    + file.substring(ending);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private record Loaded(Asset asset, String path, byte[] plain, byte[] zipped) {}
}
