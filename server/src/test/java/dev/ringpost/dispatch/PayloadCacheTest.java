package dev.ringpost.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import org.junit.jupiter.api.Test;

class PayloadCacheTest {
    private static final long CALL = 7;
    private static final byte[] PAYLOAD = new byte[1000];

    private final PayloadCache payloads = new PayloadCache(10_000, 1 << 20);

    @Test
    void aPayloadGoesWithTheLastAttemptOfItsEvent() {
        Delivery one = delivery(1, 1);
        Delivery other = delivery(1, 2);
        payloads.put(one, PAYLOAD);
        payloads.put(other, PAYLOAD);

        attempt(one);
        assertThat(payloads.get(1)).isSameAs(PAYLOAD);
        attempt(other);
        assertThat(payloads.get(1)).isNull();
    }

    @Test
    void theOldestAreGivenUpForNewOnes() {
        for (int event = 1; event <= 10; event++) {
            payloads.put(delivery(event, 1), PAYLOAD);
        }

        assertThat(payloads.get(1)).isNull();
        assertThat(payloads.get(2)).isNotNull();
        assertThat(payloads.get(10)).isNotNull();
    }

    @Test
    void whatWasGivenUpMakesRoomNoSecondTime() {
        for (int event = 1; event <= 10; event++) {
            payloads.put(delivery(event, 1), PAYLOAD);
        }
        attempt(delivery(1, 1));
        payloads.put(delivery(11, 1), PAYLOAD);

        assertThat(payloads.get(2)).isNull();
        assertThat(payloads.get(3)).isNotNull();
    }

    @Test
    void ofAnErasedCallNothingIsKeptOrTaken() {
        payloads.put(delivery(1, 1), PAYLOAD);
        payloads.forget(CALL);
        payloads.put(delivery(2, 1), PAYLOAD);

        assertThat(payloads.get(1)).isNull();
        assertThat(payloads.get(2)).isNull();
    }

    private void attempt(Delivery delivery) {
        assertThat(payloads.mayGo(delivery, PAYLOAD)).isTrue();
        payloads.arrived(delivery, PAYLOAD);
    }

    private static Delivery delivery(long event, long endpoint) {
        return new Delivery(event, endpoint, 5, CALL, 1, EventType.CALL_STARTED);
    }
}
