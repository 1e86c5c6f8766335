package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BrokerSettingsTest {
    @Test
    void anUnknownKeyIsNamedWithTheNearestOne() {
        assertEquals(
                List.of(
                        "there is no property 'num.partition'; did you mean 'num.partitions'?",
                        "there is no property 'x'"),
                BrokerSettings.of(Map.of("num.partition", "3", "x", "1")).complaints());
    }

    @Test
    void aWrongValueIsASentence() {
        List<String> complaints = BrokerSettings.of(Map.of("num.partitions", "none")).complaints();
        assertEquals(1, complaints.size());
    }

    @Test
    void aKeyWithoutEffectIsTold() {
        BrokerSettings settings =
                BrokerSettings.of(Map.of("num.io.threads", "3", "num.network.threads", "2"));
        assertEquals(
                List.of("of no effect in Hallows: num.io.threads"),
                settings.notices(Set.of("num.network.threads")));
    }
}
