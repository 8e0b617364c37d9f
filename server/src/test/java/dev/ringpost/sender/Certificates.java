package dev.ringpost.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority and what it signs, made with the JDK's keytool. */
final class Certificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    Certificates(Path folder) throws Exception {
        this.folder = folder;
        generate("ca", "ca", "-dname", "CN=Test CA", "-ext", "bc:c", "-validity", "2");
        keytool("-exportcert", "-rfc", "-alias", "ca", "-keystore", store("ca"), "-file", pem().toString());
    }

    /** The authority's certificate. */
    Path pem() {
        return folder.resolve("ca.pem");
    }

    /** Serves with a certificate that the authority signed. */
    ServerSocketFactory signed(String alias, String name, String... options) throws Exception {
        Files.copy(folder.resolve("ca.p12"), folder.resolve(alias + ".p12"));
        String[] all = concat(new String[] {"-dname", "CN=" + alias, "-ext", "san=" + name, "-signer", "ca"}, options);
        generate(alias, alias, all);
        keytool("-delete", "-alias", "ca", "-keystore", store(alias));
        return sockets(alias);
    }

    /** Serves with a certificate that it signed itself. */
    ServerSocketFactory selfSigned(String alias, String name) throws Exception {
        generate(alias, alias, "-dname", "CN=" + alias, "-ext", "san=" + name, "-validity", "2");
        return sockets(alias);
    }

    private ServerSocketFactory sockets(String alias) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(store(alias)))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    private void generate(String keystore, String alias, String... options) throws Exception {
        keytool(concat(
                new String[] {"-genkeypair", "-keyalg", "EC", "-alias", alias, "-keystore", store(keystore)}, options));
    }

    private String store(String name) {
        return folder.resolve(name + ".p12").toString();
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-storepass", PASSWORD, "-J-XX:TieredStopAtLevel=1", "-J-Xshare:auto"));
        Path output = folder.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
    }

    private static String[] concat(String[] first, String[] second) {
        String[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
