package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BrokerSettingsTest {
    @Test
    void whatIsSaidLiesOverTheFile() {
        BrokerSettings settings =
                BrokerSettings.of(
                        "num.partitions=3\n# nothing\nnode.id = 4 \n", Map.of("node.id", "5"));
        assertEquals("3", settings.properties().value("num.partitions"));
        assertEquals("5", settings.properties().value("node.id"));
        assertEquals(List.of(), settings.complaints());
    }

    @Test
    void anUnknownKeyIsNamedWithTheNearestOne() {
        assertEquals(
                List.of(
                        "there is no property 'num.partition'; did you mean 'num.partitions'?",
                        "there is no property 'x'"),
                BrokerSettings.of("num.partition=3\nx=1", Map.of()).complaints());
    }

    @Test
    void aWrongValueIsASentence() {
        List<String> complaints = BrokerSettings.of("num.partitions=none", Map.of()).complaints();
        assertEquals(1, complaints.size());
    }

    @Test
    void aKeyWithoutEffectIsTold() {
        BrokerSettings settings =
                BrokerSettings.of("num.io.threads=3\nnum.network.threads=2", Map.of());
        assertEquals(
                List.of("property 'num.io.threads' has no effect in Hallows"),
                settings.notices(Set.of("num.network.threads")));
    }

    @Test
    void aTextThatIsNoListOfPropertiesIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> BrokerSettings.of("a=\\u12", Map.of()));
    }
}
