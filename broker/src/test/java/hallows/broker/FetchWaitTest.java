package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.Appender;
import hallows.log.Isolation;
import hallows.model.Outcome;
import hallows.model.PartitionId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

/// What a fetch waits for.
class FetchWaitTest {
    private static final long NOW_MILLIS = 1_767_225_600_000L;
    private static final long PRODUCER = 5;

    private final BrokerRig rig = new BrokerRig(1);
    private final PartitionId partition = BrokerRig.first(rig.create("t", 1));

    @Test
    void whoReadsWhatIsCommittedIsWokenByTheEndOfATransaction() {
        try (rig) {
            List<Fetch> committed = fetch(1_000, Isolation.COMMITTED);
            List<Fetch> uncommitted = fetch(1_000, Isolation.UNCOMMITTED);
            int bytes = 0;
            for (int sequence = 0; sequence < 3; sequence++) {
                ByteBuffer batch = transactional(sequence);
                bytes += batch.remaining();
                assertInstanceOf(Appended.Placed.class, rig.append(partition, batch));
            }
            rig.pass(Duration.ofMillis(100));
            assertEquals(1, uncommitted.size());
            assertEquals(0, committed.size());

            rig.on(0, this::commit);
            rig.pass(Duration.ofMillis(100));
            assertEquals(1, committed.size());
            assertTrue(committed.getFirst().parts().getFirst().bytes() > bytes);
            committed.getFirst().parts().forEach(Fetch.Position::discard);
            uncommitted.getFirst().parts().forEach(Fetch.Position::discard);
        }
    }

    private List<Fetch> fetch(int bytesMin, Isolation isolation) {
        List<Fetch> answered = new ArrayList<>();
        Fetch.Position position =
                new Fetch.Position(partition, new Fetch.Position.Place(0, 1 << 20, -1, -1));
        Fetch.Limits limits = new Fetch.Limits(bytesMin, 1 << 20, 20_000, isolation);
        rig.on(
                0,
                door -> door.send(new Fetch(limits, List.of(position), door.once(answered::add))));
        rig.pass(Duration.ofMillis(100));
        return answered;
    }

    private static ByteBuffer transactional(int sequence) {
        SimpleRecord record = new SimpleRecord(NOW_MILLIS, null, new byte[400]);
        return MemoryRecords.withTransactionalRecords(
                        Compression.NONE, PRODUCER, (short) 0, sequence, record)
                .buffer();
    }

    /// As a coordinator does.
    private void commit(Door door) {
        Partition led =
                Objects.requireNonNull(((BrokerShard) door.broker()).partitions().find(partition));
        LedLog log = Objects.requireNonNull(led.log());
        ByteBuffer marker =
                MemoryRecords.withEndTransactionMarker(
                                0,
                                NOW_MILLIS,
                                0,
                                PRODUCER,
                                (short) 0,
                                new EndTransactionMarker(ControlRecordType.COMMIT, 0))
                        .buffer();
        assertInstanceOf(
                Outcome.Staged.class,
                log.log().stage(BrokerRig.region(door, marker), Appender.marker(1), 0));
        log.logs().staged(log.log());
    }
}
