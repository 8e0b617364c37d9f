package dev.ringpost.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportsTest {
    @Test
    void eachReportHasANumberOfItsOwnAndAccountsTakeTurns() {
        Reports reports = new Reports(Reports.started(), 3, List.of("acct_one", "acct_two"));
        byte[] request = reports.blank();

        reports.fill(request, 41);

        assertThat(new String(request, US_ASCII))
                .contains("b-000000000041", "b-000000000042", "b-000000000043")
                .containsSubsequence("acct_two", "acct_one", "acct_two")
                .doesNotContain("#", "@");
    }

    @Test
    void theLengthInTheHeadIsTheBodys() {
        String request = new String(new Reports(Reports.transcript(10_000), 1, List.of()).blank(), US_ASCII);

        String body = request.substring(request.indexOf("\r\n\r\n") + 4);
        assertThat(request).contains("content-length: " + body.length() + "\r\n");
        assertThat(body.length()).isBetween(9_000, 11_000);
    }

    @Test
    void aPayloadThatCarriesItsNumberIsRecognised() {
        Flights flights = new Flights(1);
        Reports reports = new Reports(Reports.started(), 1, List.of());
        byte[] request = reports.blank();
        reports.fill(request, flights.sent(1, System.nanoTime()));
        flights.accepted(1);
        assertThat(flights.waiting()).isEqualTo(1);

        flights.arrived(request, 0, request.length);
        flights.arrived(new byte[100], 0, 100);

        assertThat(flights.waiting()).isZero();
        assertThat(flights.takeLatencies().getTotalCount()).isEqualTo(1);
    }
}
