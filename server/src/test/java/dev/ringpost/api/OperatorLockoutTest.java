package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.id.IdKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing that is asked of the API leaves it without an operator. */
class OperatorLockoutTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private final ApiClient operator = rig.operator();
    private final String own = "/v1/accounts/" + rig.ids.format(IdKind.ACCOUNT, operator.account());

    @Test
    void theOperatorsAccountStays() {
        assertThat(operator.delete(own).expect(409).problem()).isEqualTo("operator-needed");
        operator.get(own).expect(200);
    }

    @Test
    void theLastOperatorKeyStays() {
        String only = operator.get(own + "/keys").text("/items/0/id");
        assertThat(operator.delete(own + "/keys/" + only).expect(409).problem()).isEqualTo("operator-needed");
        String second = operator.post(own + "/keys", "{'scope': 'operator'}")
                .expect(201)
                .text("/id");
        operator.delete(own + "/keys/" + second).expect(204);
        operator.get(own).expect(200);
    }
}
