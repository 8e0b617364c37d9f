import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * An endpoint that takes only what the verifiers of docs/verifying.md take, each with every key. It prints its port; then
 * each line that it reads has the keys from now on, and is answered with their number.
 */
public final class Receiver {
    private static volatile List<String> keys = List.of();

    private interface Verify {
        void verify(String key, Map<String, String> headers, byte[] body) throws Exception;
    }

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", Receiver::receive);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        System.out.println(server.getAddress().getPort());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            keys = line.isEmpty() ? List.of() : List.of(line.split(" "));
            System.out.println(keys.size());
        }
        System.exit(0);
    }

    private static void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
            Set<Boolean> verdicts = new HashSet<>();
            for (String key : keys) {
                verdicts.add(takes(WithRingpost::verify, key, headers, body));
                verdicts.add(takes(ByHand::verify, key, headers, body));
            }
            int status = verdicts.size() != 1 ? 500 : verdicts.contains(true) ? 204 : 401;
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static boolean takes(Verify verifier, String key, Map<String, String> headers, byte[] body) {
        try {
            verifier.verify(key, headers, body);
            return true;
        } catch (Exception fault) {
            System.err.println(fault);
            return false;
        }
    }
}
