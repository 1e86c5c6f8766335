package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StorageStopTest {
    private static final String CLEAN = ".kafka_cleanshutdown";

    @Test
    void whatAllShardsHaveHandedOverIsStoppedInOrder() {
        try (BrokerRig rig = new BrokerRig(2)) {
            append(rig);
            assertTrue(rig.stop().hasStoppedWell());
            assertTrue(names(rig).contains(CLEAN));
            assertEquals(List.of(), rig.reports);
        }
    }

    /// What a shard that has failed had asked for may be underway still.
    @Test
    void afterTheFailureOfAShardAllStaysAsItIs() {
        try (BrokerRig rig = new BrokerRig(2)) {
            append(rig);
            rig.create("u", 100);
            rig.on(
                    1,
                    _ -> {
                        throw new IllegalStateException("planted");
                    });
            rig.until(() -> !rig.reports.isEmpty());
            assertFalse(rig.stop().hasStoppedWell());
            assertFalse(names(rig).contains(CLEAN));
        }
    }

    private static void append(BrokerRig rig) {
        assertInstanceOf(Appended.Placed.class, rig.append(BrokerRig.first(rig.create("t", 1))));
    }

    private static List<String> names(BrokerRig rig) {
        return rig.disk().list(BrokerRig.LOGS).orThrow();
    }
}
